// A line of a solution, typed into its console as a learner would, and waited for until the next can be typed. A program that waits for
// what will not come is ended, as somebody at the keyboard would.
import type { LessonStore } from '../lesson-store';
import type { Pace } from './pace';

/** A console opens, its scripts included, within so long (ms). */
const OPEN_MS = 15_000;
/** A program that waits for time is waited for so long; one that waits for events or for input is ended sooner. */
const RUN_MS = 60_000;
const WATCH_MS = 2_500;

export async function inTerminal(
  store: LessonStore,
  terminal: string,
  text: string,
  pace: Pace,
): Promise<void> {
  const hub = store.terminal;
  store.openConsole(terminal);
  for (const line of text.split('\n')) {
    if (!(await pace.until(() => hub.standing(terminal) === 'ready', OPEN_MS))) {
      // A console that does not come: the line still counts, and is printed when it does.
      if (!pace.stopped) hub.send(terminal, line);
      continue;
    }
    await pace.look(300);
    hub.begin(terminal);
    for await (const piece of pace.pieces(line)) hub.spell(terminal, piece, false);
    if (pace.stopped) return;
    hub.spell(terminal, '', true);
    await finished(store, terminal, pace);
  }
}

async function finished(store: LessonStore, terminal: string, pace: Pace): Promise<void> {
  const hub = store.terminal;
  const waits = (): boolean => ['event', 'input', 'edit'].includes(hub.standing(terminal));
  const ready = (): boolean => hub.standing(terminal) === 'ready';
  // The line is on its way: until it is, the console still stands as before.
  await pace.until(() => !ready(), 1_000);
  for (let turn = 0; turn < 20 && !pace.stopped; turn++) {
    await pace.until(() => ready() || waits(), RUN_MS);
    if (ready() || pace.stopped) return;
    // A watch is worth a look before it is ended.
    if (await pace.until(() => !waits(), WATCH_MS)) continue;
    if (pace.stopped) return;
    if (hub.standing(terminal) === 'input') hub.endInput(terminal);
    else hub.interrupt(terminal);
    await pace.until(() => !waits(), WATCH_MS);
  }
}
