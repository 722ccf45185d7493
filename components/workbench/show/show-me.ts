// "Show me": the reference solution of a task played where the learner would do it – typed into the editor and the terminal, selected in
// the chains, sent in the packet view. Every step is an action of the log like his own; Esc stops it, and what was done stays.
import { packetTarget, packetOf } from '@/lib/course/packet-target';
import type { ActionBody } from '@/lib/course/types';
import type { LessonStore } from '../lesson-store';
import { Pace } from './pace';
import { inTerminal } from './terminal-step';
import { typeInto } from './typing';

/** How a show ended. */
export type Ending = 'done' | 'stopped' | 'notDone' | 'failed';

/** What a change takes at most (ms); a step that takes longer is not waited for. */
const SETTLE_MS = 20_000;
const BETWEEN_MS = 700;

/** Plays the solution; one at a time. */
export async function showSolution(store: LessonStore, task: string, steps: number): Promise<Ending> {
  const pace = new Pace(window.matchMedia('(prefers-reduced-motion: reduce)').matches);
  const quiet = stopOnKeys(pace);
  const resets = store.getView().resets;
  const gone = store.subscribe(() => {
    const view = store.getView();
    if (view.resets !== resets || view.showing === null || view.status === 'failed') pace.stop();
  });
  try {
    for (let index = 0; index < steps && !pace.stopped; index++) {
      store.show({ showing: { task, step: index + 1, of: steps } });
      await settled(store, pace);
      const action = await store.inspect({ ask: 'step', task, index });
      if (action) await play(store, action, pace);
      await settled(store, pace);
      await pace.look(BETWEEN_MS);
    }
    if (pace.stopped) return 'stopped';
    return store.getView().done.includes(task) ? 'done' : 'notDone';
  } catch (error) {
    console.error(error);
    return 'failed';
  } finally {
    quiet();
    gone();
    store.show({ showing: null });
  }
}

async function play(store: LessonStore, action: ActionBody, pace: Pace): Promise<void> {
  switch (action.kind) {
    case 'apply': {
      const page = {
        text: (file: string) => store.getView().files.find(({ name }) => name === file)?.text ?? '',
        edit: (file: string, text: string) => store.edit(file, text),
        reveal: (file: string, line: number) => store.reveal(file, line),
      };
      return typeInto(page, action.file, action.text, pace);
    }
    case 'shell':
      return inTerminal(store, action.terminal, action.line, pace);
    case 'click':
      return select(store, action.target, pace);
    case 'predict':
    case 'answer':
      return answer(store, action, pace);
    case 'time':
      if ('advanceMs' in action) store.pass(action.advanceMs);
      else store.clock(action.clock);
      return undefined;
  }
}

/** A prediction that the learner has made stays his; an answer that he has given may be wrong, and the task wants the right one. */
async function answer(
  store: LessonStore,
  { kind, question, answer: given }: Extract<ActionBody, { readonly kind: 'predict' | 'answer' }>,
  pace: Pace,
): Promise<void> {
  if (kind === 'predict' && store.getView().memory.predictions[question] !== undefined) return;
  store.panes.show('lesson');
  const id = CSS.escape(question);
  document
    .querySelector(`[data-prediction="${id}"], [data-order="${id}"]`)
    ?.scrollIntoView({ block: 'center' });
  await pace.look(900);
  if (pace.stopped) return;
  if (kind === 'predict') store.predict(question, given);
  else store.answer(question, given);
}

async function select(store: LessonStore, target: string, pace: Pace): Promise<void> {
  const call = packetOf(target);
  if (call) {
    store.panes.show('packet');
    await pace.look(400);
    if (pace.stopped) return;
    store.click(packetTarget(call));
    store.show({ wantedPacket: { target } });
    return;
  }
  const name = target.slice(target.indexOf(':') + 1);
  store.lightChains(name);
  await pace.look(600);
  if (pace.stopped) return;
  const rule = store.getView().state?.graph.nodes.find((node) => node.name === name)?.rules[0];
  if (rule) store.lights.wantRule(rule.id);
  // A chain that the picture does not show now is selected all the same.
  const selected = (): boolean => store.getView().memory.clicks.at(-1) === target;
  if (!(rule && (await pace.until(selected, 600))) && !pace.stopped) store.click(target);
}

/** The worker has answered for all that was done. */
const settled = (store: LessonStore, pace: Pace): Promise<boolean> =>
  pace.until(() => store.getView().status === 'ready' && !store.getView().busy, SETTLE_MS);

/** Esc stops the show wherever the keyboard is; so does typing into a text, for then the learner has taken over. */
function stopOnKeys(pace: Pace): () => void {
  const hear = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      pace.stop();
    } else if (isText(event)) pace.stop();
  };
  window.addEventListener('keydown', hear, { capture: true });
  return () => window.removeEventListener('keydown', hear, { capture: true });
}

const isText = ({ key, target }: KeyboardEvent): boolean =>
  (key.length === 1 || key === 'Enter' || key === 'Backspace') &&
  target instanceof Element &&
  target.closest('.monaco-editor, .xterm, textarea, input') !== null;
