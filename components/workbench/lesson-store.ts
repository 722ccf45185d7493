// State of a lesson page outside React: the worker's client (loaded after the text), what is selected, and what is kept in the
// browser. Parts of the page subscribe to the fields that they show.
import type { LessonData } from '@/components/lesson/lesson-data';
import { besides, ONE_BRANCH, type Branches, type Timeline } from '@/lib/course/branches';
import { actionLog, LAB_SEED } from '@/lib/course/log';
import type { ClockMove } from '@/lib/course/types';
import { supportedMode, type ClusterProxyMode, type K8sVersion } from '@/lib/kube/version';
import type { FieldRef } from '@/lib/net/ruleset/types';
import type { AnswerTo, EditorQuestion } from '@/lib/workbench/editor-desk';
import type { ClientApi, ClientState, WorkbenchClient } from '@/lib/workbench/client';
import { arrive, fromStorage, type Arrival } from '@/lib/workbench/arrival';
import { changeCourse } from '@/lib/workbench/course-state';
import type { InspectAnswerTo, InspectQuestion } from '@/lib/workbench/inspect';
import { EMPTY_MEMORY, fromLog, wholeLog, type Memory } from '@/lib/workbench/memory';
import { isPermalink } from '@/lib/course/permalink-mark';
import { browserStorage, clearProgress, loadProgress, saveProgress } from '@/lib/workbench/progress';
import type { ChainFocus, RuleLocation, ServiceHit } from '@/lib/workbench/protocol';
import { TerminalHub } from '@/components/terminal/terminal-hub';
import { dropFragment, filesOf, linkedTask } from './lesson-files';
import { firstView, type LessonView } from './lesson-view';
import { Lights } from './lights';
import type { PaneId } from './panes/layout-state';
import { PaneStore } from './panes/pane-store';
import { Trail } from './trail';
import { wantedCrowd } from './crowd';

const loadClient = () => import('@/lib/workbench/client');
// The cluster starts beside the page's own awakening, not after it.
if (typeof window !== 'undefined')
  loadClient().then(
    ({ warmUp }) => warmUp(),
    () => undefined,
  );

const SAVE_AFTER_MS = 300;
/** Every task has so many hints (lib/course/words). */
export const HINTS = 3;

export class LessonStore {
  readonly lesson: LessonData;
  readonly panes = new PaneStore();
  readonly trail = new Trail();
  readonly lights = new Lights({
    view: () => this.#view,
    set: (part) => this.#set(part),
    locate: (origin) => this.locate(origin),
    rulesAt: async (...place) => await this.#client?.api.rulesAt(...place),
    toNode: (node) => this.focus({ node }),
    trail: this.trail,
  });
  readonly terminal = new TerminalHub({
    shell: (terminal, line) => this.#ask((api) => api.shell(terminal, line)),
    complete: async (terminal, text, cursor) =>
      (await this.#client?.api.complete(terminal, text, cursor)) ?? { from: cursor, candidates: [] },
    consoles: async (query, limit) => (await this.#client?.api.consoles(query, limit)) ?? [],
    openFile: (path) => this.#openFile(path),
    toEditor: () => this.panes.show('editor'),
  });
  #view: LessonView;
  readonly #listeners = new Set<() => void>();
  #client: WorkbenchClient | null = null;
  #unsubscribe: () => void = () => undefined;
  #early: ((api: ClientApi) => void)[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running = false;

  constructor(lesson: LessonData) {
    this.lesson = lesson;
    this.#view = firstView(lesson);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly getView = (): LessonView => this.#view;

  /** Restores what the browser kept and starts the cluster. Returns how to stop it. */
  start(): () => void {
    this.#running = true;
    this.panes.load(browserStorage());
    changeCourse({ last: this.lesson.id }, browserStorage());
    this.#set({ status: 'opening', chosen: linkedTask(window.location.hash, this.lesson.tasks) });
    if (isPermalink(window.location.hash)) void this.#arriveByLink();
    else {
      this.#begin(fromStorage(this.lesson.id, browserStorage()));
      void this.#load();
    }
    const flush = (): void => this.#save();
    const followLink = (): void => {
      const { hash } = window.location;
      if (isPermalink(hash)) window.location.reload();
      this.#set({ chosen: linkedTask(hash, this.lesson.tasks) });
    };
    window.addEventListener('pagehide', flush);
    window.addEventListener('hashchange', followLink);
    return () => {
      this.#running = false;
      window.removeEventListener('pagehide', flush);
      window.removeEventListener('hashchange', followLink);
      this.#save();
      this.#unsubscribe();
      this.#client?.api.close();
      this.#client = null;
    };
  }

  async #arriveByLink(): Promise<void> {
    const { id, versions } = this.lesson;
    const arrival = await arrive(id, versions, window.location.hash, browserStorage());
    if (!this.#running) return;
    // The address of one's own state is the lesson's; a reload leads to what the browser keeps.
    if (!arrival.visiting) dropFragment();
    this.#begin(arrival);
    await this.#load();
    if (arrival.notice === 'shared' && !arrival.visiting) this.#saveSoon();
  }

  #begin({ progress, notice, visiting }: Arrival): void {
    this.#set({ arrival: notice ?? null, visiting });
    if (!progress) return;
    const { log, drafts, done } = progress.memory;
    const { hints, branches = ONE_BRANCH } = progress;
    const k8s = this.lesson.versions.includes(progress.k8s) ? progress.k8s : this.lesson.k8s;
    const proxyMode = supportedMode(k8s, progress.proxyMode);
    const memory: Memory = { ...fromLog(log, drafts), log, drafts, done };
    this.#set({ memory, hints, branches, k8s, proxyMode, files: filesOf(this.lesson.files, memory), done });
  }

  /** The state of a link becomes one's own; what was one's own before stays as a branch. */
  keepShared(): void {
    dropFragment();
    const own = loadProgress(this.lesson.id, browserStorage());
    if (own.kind === 'ok') {
      const { memory, branches = ONE_BRANCH } = own.progress;
      const { branches: all } = besides({ branches, log: memory.log }, this.#view.memory.log);
      this.#set({ branches: all });
    }
    this.#set({ visiting: false, arrival: null });
    this.#saveSoon();
  }
  /** Back from the state of a link to one's own. */
  leaveShared(): void {
    dropFragment();
    window.location.reload();
  }
  closeNotice(): void {
    this.#set({ arrival: null });
  }

  clock(move: ClockMove): void {
    this.#ask((api) => api.clock(move));
  }
  pass(ms: number): void {
    this.#ask((api) => api.pass(ms));
  }
  undo(): void {
    this.#ask((api) => api.undo());
  }
  redo(): void {
    this.#ask((api) => api.redo());
  }
  /** Goes another way: a new branch, or one that was kept. Ticked tasks stay ticked. */
  goTo(turn: (timeline: Timeline) => Timeline): void {
    const { memory, branches, resets } = this.#view;
    const before: Timeline = { branches, log: wholeLog(memory) };
    const { log, ...after } = turn(before);
    if (after.branches === branches) return;
    const next: Memory = { ...EMPTY_MEMORY, ...fromLog(log), log, done: memory.done };
    this.#set({ ...after, memory: next, resets: resets + 1, highlights: [], litRules: [] });
    this.#open();
    this.#saveSoon();
  }
  /** Renames or deletes branches. */
  editBranches(edit: (branches: Branches) => Branches): void {
    this.#set({ branches: edit(this.#view.branches) });
    this.#saveSoon();
  }
  /** The address of the state as it stands. */
  async share(): Promise<string> {
    const { toFragment } = await import('@/lib/course/permalink');
    const { k8s, proxyMode, memory } = this.#view;
    const { origin, pathname } = window.location;
    return origin + pathname + toFragment(actionLog(this.lesson.id, k8s, memory.log, LAB_SEED, proxyMode));
  }
  /** A fingerprint of the state as it stands. */
  async digest(): Promise<string> {
    return (await this.#client?.api.digest()) ?? '';
  }

  edit(file: string, text: string): void {
    if (!this.#client) {
      const { memory, files } = this.#view;
      const newer = files.map((f) => (f.name === file ? { name: file, text } : f));
      const drafts = [...memory.drafts.filter((f) => f.name !== file), { name: file, text }];
      this.#set({ files: newer, memory: { ...memory, files: newer, drafts } });
    }
    this.#ask((api) => api.edit(file, text));
  }
  predict(question: string, answer: string): void {
    this.#ask((api) => api.predict(question, answer));
  }
  answer(question: string, answer: string): void {
    this.#ask((api) => api.answer(question, answer));
  }
  click(target: string): void {
    this.#ask((api) => api.click(target));
  }
  focus(focus: Partial<ChainFocus>): void {
    this.#ask((api) => api.focus(focus));
  }
  solve(task: string): void {
    this.#ask((api) => api.solve(task));
  }
  resetTask(task: string): void {
    this.#set({ hints: { ...this.#view.hints, [task]: 0 }, resets: this.#view.resets + 1, chosen: null });
    this.#ask((api) => api.reset(task));
  }
  resetLab(): void {
    if (!this.#view.visiting) clearProgress(this.lesson.id, browserStorage());
    const resets = this.#view.resets + 1;
    this.#set({ hints: {}, highlights: [], litRules: [], reveal: undefined, resets });
    this.#ask((api) => api.reset());
  }

  readonly search = async (query: string, limit: number): Promise<readonly ServiceHit[]> =>
    (await this.#client?.api.search(query, limit)) ?? [];
  readonly locate = async (origin: readonly FieldRef[]): Promise<readonly RuleLocation[]> =>
    (await this.#client?.api.locate(origin)) ?? [];

  /** What the editor asks of the cluster; undefined while it does not run. */
  readonly consult = async <Q extends EditorQuestion>(question: Q): Promise<AnswerTo<Q> | undefined> =>
    await this.#client?.api.consult(question);

  /** Lights up the rules of the chains whose names begin so; how many chains that are. */
  lightChains(prefix: string): number {
    const chains = (this.#view.state?.graph.nodes ?? []).filter((node) => node.name.startsWith(prefix));
    this.#set({ litRules: chains.flatMap((node) => node.rules.map((rule) => rule.id)) });
    this.panes.show('views');
    this.panes.change((layout) => ({ ...layout, tab: 'chains' }));
    return chains.length;
  }

  /** Brings a line into view in the editor; `pane` is what comes to the front where there is room for one. */
  reveal(file: string, line: number, pane: PaneId = 'editor'): void {
    this.#set({ reveal: { file, line } });
    this.panes.show(pane);
  }
  /** Puts the editor's cursor on a line. */
  goToLine(file: string, line: number): void {
    this.#set({ reveal: { file, line, cursor: true } });
    this.panes.show('editor');
  }
  /** One hint more; after the last of them one line more of the solution, of which there are `of`. */
  openHint(task: string, of = 0): void {
    const before = this.#view.hints[task] ?? 0;
    const open = Math.max(before, Math.min(HINTS + of, before + 1));
    this.#set({ hints: { ...this.#view.hints, [task]: open } });
    this.#saveSoon();
  }
  /** Passes a guarding prediction without an answer, for this visit. */
  skip(question: string): void {
    this.#set({ skipped: [...this.#view.skipped, question] });
  }
  openNote(noteOpen: boolean): void {
    this.#set({ noteOpen });
  }
  /** What is shown of a solution that is played. */
  show(part: Partial<Pick<LessonView, 'showing' | 'wantedPacket'>>): void {
    this.#set(part);
  }
  announce(notice: string): void {
    this.#set({ notice });
  }

  /** Runs a line in a terminal, where the learner sees it. */
  runCommand(line: string, terminal = 'control'): void {
    this.panes.show('terminal');
    this.terminal.type(terminal, line);
  }
  /** Brings the console of a machine to the front. */
  openConsole(terminal: string): void {
    this.panes.show('terminal');
    this.terminal.request(terminal);
  }
  /** The file that a program in a terminal waits for was closed with this text. */
  closeFile(terminal: string, text: string): void {
    this.terminal.saved(terminal, text);
    this.openConsole(terminal);
  }
  inspect<Q extends InspectQuestion>(question: Q): Promise<InspectAnswerTo<Q> | undefined> {
    return this.#client?.api.inspect(question) ?? Promise.resolve(undefined);
  }
  #openFile(path: string): void {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (this.#view.files.some((file) => file.name === name)) this.reveal(name, 1);
  }

  /** The same lab in another version, with the learner's files. */
  setVersion(k8s: K8sVersion): void {
    this.#reopen(k8s, this.#view.proxyMode);
  }
  /** kube-proxy's mode; a mode that the version has not is refused with a sentence. */
  setMode(mode: ClusterProxyMode): void {
    this.#reopen(this.#view.k8s, mode);
  }

  #reopen(k8s: K8sVersion, mode: ClusterProxyMode): void {
    const proxyMode = supportedMode(k8s, mode);
    const modeRefused = proxyMode === mode ? null : k8s;
    const { k8s: before, proxyMode: modeBefore } = this.#view;
    this.#set({ k8s, proxyMode, modeRefused, highlights: [], litRules: [] });
    if (k8s === before && proxyMode === modeBefore) return;
    this.#open();
    this.#saveSoon();
  }

  restart(): void {
    if (this.#client) this.#client.api.restart();
    else {
      this.#set({ status: 'opening', failure: null });
      void this.#load();
    }
  }

  async #load(): Promise<void> {
    try {
      const { createWorkbenchClient } = await loadClient();
      if (!this.#running || this.#client) return;
      const client = createWorkbenchClient();
      this.#client = client;
      this.#unsubscribe = client.subscribe(() => this.#adopt(client.getState()));
      this.#open();
      for (const question of this.#early.splice(0)) question(client.api);
    } catch (error) {
      console.error(error);
      this.#set({ status: 'failed', failure: 'load' });
    }
  }

  #open(): void {
    const { k8s, proxyMode, memory } = this.#view;
    const { drafts, log, done } = memory;
    const crowd = wantedCrowd();
    this.#client?.api.open({
      lab: this.lesson.id,
      folder: this.lesson.folder,
      k8s,
      proxyMode,
      seed: LAB_SEED,
      lang: this.lesson.lang,
      files: drafts,
      log,
      done,
      ...(crowd > 0 ? { crowd } : {}),
    });
  }

  #ask(question: (api: ClientApi) => void): void {
    if (this.#client) question(this.#client.api);
    else this.#early.push(question);
  }

  #adopt({ status, failure, busy, state, memory }: ClientState): void {
    const { memory: before, done, chosen } = this.#view;
    // A task that a link led to and that is done by now needs no way to its start any more.
    const reached = chosen !== null && !done.includes(chosen) && memory.done.includes(chosen);
    const files = filesOf(this.lesson.files, memory);
    const same = memory.done.length === done.length && memory.done.every((id, i) => id === done[i]);
    if (state) this.terminal.adopt(state);
    this.#set({ status, failure, busy, state, memory, files, done: same ? done : memory.done });
    if (reached) this.#set({ chosen: null });
    if (state) this.lights.adopted(state.graph);
    if (memory !== before) this.#saveSoon();
  }

  #saveSoon(): void {
    if (this.#view.visiting) return;
    this.#timer ??= setTimeout(() => this.#save(), SAVE_AFTER_MS);
  }

  #save(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { k8s, proxyMode, memory, hints, branches } = this.#view;
    const progress = { k8s, proxyMode, memory, hints, branches };
    const kept = saveProgress(this.lesson.id, progress, browserStorage());
    if (kept === this.#view.unsaved) this.#set({ unsaved: !kept });
  }

  #set(part: Partial<LessonView>): void {
    this.#view = { ...this.#view, ...part };
    for (const listener of this.#listeners) listener();
  }
}
