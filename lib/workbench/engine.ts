// The workbench behind the panes: one cluster, one lab being done, one Service in view. It runs in a worker (worker.ts), and just
// so in tests.
import { START_INSTANT } from '@/lib/course/log';
import { stateDigest } from '@/lib/course/digest';
import { LabRun } from '@/lib/course/runtime';
import type { Action, ClockMove, Lab, Lang, TerminalFiles } from '@/lib/course/types';
import { englishDescriptions } from '@/lib/kube/schema-docs/descriptions';
import type { Service } from '@/lib/kube/types';
import { supportedMode, DEFAULT_VERSION, LEARNER_VERSIONS } from '@/lib/kube/versions';
import type { ChainGraph } from '@/lib/net/ruleset/graph';
import type { FieldRef } from '@/lib/net/ruleset/types';
import { Terminals } from '@/lib/terminal/terminals';
import {
  Cluster,
  crowd,
  CROWD_LIMIT,
  extendedOrigin,
  followsFrom,
  parseManifests,
  type ManifestDocument,
} from '@/lib/sim';
import { answerEditor, type AnswerTo, type EditorQuestion } from './editor-desk';
import type {
  ChainFocus,
  Completion,
  ConsolePlace,
  OpenRequest,
  RuleLocation,
  ServiceHit,
  Workbench,
  WorkbenchState,
} from './protocol';
import { chainGraph, emptyGraph, rulesOfService } from './chain-graph';
import { inspect, type InspectAnswerTo, type InspectQuestion } from './inspect';
import { isLessonQuestion, LessonDesk } from './lesson-desk';
import { SpreadDesk } from './spread';
import { consolePlaces, TerminalDesk } from './terminal-desk';

/** A cluster without tasks. */
const NO_LAB: Lab = { id: '', versions: LEARNER_VERSIONS, start: [], tasks: [], solution: {}, wrong: [] };

export type FindLab = (id: string, folder: string | undefined) => Promise<Lab | undefined>;
const fromList: FindLab = async (id) => (await import('@/lib/course/labs')).labById(id);

export class WorkbenchEngine implements Workbench {
  #cluster: Cluster;
  #run: LabRun;
  #desk: TerminalDesk;
  #focus: ChainFocus = { node: '', service: null, family: 'IPv4' };
  #graph: ChainGraph | undefined;
  #revision = 0;
  /** The log as the page knows it. */
  #told: readonly Action[] = [];
  readonly #spreads = new SpreadDesk();
  #lesson: LessonDesk | undefined;
  readonly #clock: () => number;
  readonly #findLab: FindLab;

  /** `clock` (ms) only measures how long an edit takes; `findLab` brings labs where not all of them are at hand. */
  constructor(clock: () => number, findLab: FindLab = fromList) {
    this.#clock = clock;
    this.#findLab = findLab;
    this.#cluster = Cluster.create({
      k8s: DEFAULT_VERSION,
      seed: 1,
      now: START_INSTANT,
      descriptions: englishDescriptions,
    });
    [this.#run, this.#desk] = newRun(NO_LAB, this.#cluster, 'en');
  }

  async open(request: OpenRequest): Promise<WorkbenchState> {
    const started = this.#clock();
    const lab = (request.lab === null ? undefined : await this.#findLab(request.lab, request.folder)) ?? {
      ...NO_LAB,
      start: request.files ?? [],
    };
    const newCluster = (): Cluster =>
      Cluster.create({
        k8s: request.k8s,
        proxyMode: supportedMode(request.k8s, request.proxyMode ?? 'iptables'),
        seed: request.seed,
        now: START_INSTANT,
        descriptions: englishDescriptions,
      });
    this.#cluster = newCluster();
    if (request.crowd !== undefined) this.#cluster.join(crowd(Math.min(request.crowd, CROWD_LIMIT)));
    [this.#run, this.#desk] = newRun(lab, this.#cluster, request.lang);
    const { log = [], lang } = request;
    const beginning = { lab, lang, newCluster, newTerminals };
    this.#lesson = new LessonDesk(beginning, this.#run, this.#cluster, request.crowd !== undefined);
    this.#run.resume({ log, drafts: request.files ?? [], done: request.done ?? [] });
    this.#desk.resumed();
    this.#told = [];
    this.#focus = { node: this.#cluster.nodes[0] ?? '', service: this.#editedService(), family: 'IPv4' };
    this.#graph = undefined;
    return this.#state(started);
  }

  async edit(file: string, text: string): Promise<WorkbenchState> {
    const started = this.#clock();
    if (this.#run.type(file, text) === 'applied')
      this.#focus = { ...this.#focus, service: this.#editedService(file) ?? this.#focus.service };
    return this.#state(started);
  }

  /** The learner stopped typing: what is applied now is what the next edit starts from. */
  commit(): void {
    this.#run.commit();
  }

  async focus(focus: Partial<ChainFocus>): Promise<WorkbenchState> {
    const started = this.#clock();
    this.#focus = { ...this.#focus, ...focus };
    this.#graph = undefined;
    return this.#state(started);
  }

  async searchServices(query: string, limit: number): Promise<readonly ServiceHit[]> {
    const wanted = query.trim().toLowerCase();
    const hits: ServiceHit[] = [];
    for (const service of this.#cluster.api.list<Service>('Service')) {
      const hit = serviceHit(service);
      if (wanted && ![hit.service, hit.clusterIP].some((t) => t.toLowerCase().includes(wanted))) continue;
      hits.push(hit);
      if (hits.length >= limit) break;
    }
    return hits;
  }

  async locate(origin: readonly FieldRef[]): Promise<readonly RuleLocation[]> {
    const refs = extendedOrigin(origin, this.#cluster.api);
    const found = new Map<string, RuleLocation>();
    for (const [file, text] of this.#run.files)
      for (const document of parseManifests(file, text).documents)
        for (const ref of refs) {
          const at = names(document, ref) ? document.locate(ref.path) : undefined;
          if (at?.exact) found.set(`${file}:${at.line}`, { file, startLine: at.line, endLine: at.endLine });
        }
    const order = (a: RuleLocation, b: RuleLocation): number =>
      a.file === b.file ? a.startLine - b.startLine : a.file < b.file ? -1 : 1;
    return [...found.values()].sort(order);
  }

  async rulesAt(file: string, line: number, column: number): Promise<readonly string[]> {
    for (const { object, fieldAt } of parseManifests(file, this.#run.files.get(file) ?? '').documents) {
      const path = object && fieldAt(line, column);
      if (!object || path === undefined) continue;
      const { namespace = 'default', name = '' } = object.metadata;
      const field: FieldRef = { kind: object.kind, namespace, name, path };
      const rules = this.#graph?.nodes.flatMap((n) => n.rules) ?? [];
      return rules
        .filter((r) => followsFrom(extendedOrigin(r.origin, this.#cluster.api), field))
        .map((r) => r.id);
    }
    return [];
  }

  async inspect<Q extends InspectQuestion>(question: Q): Promise<InspectAnswerTo<Q>> {
    const answer = isLessonQuestion(question)
      ? (this.#lesson?.answer(question) ?? null)
      : inspect(this.#cluster, question, this.#spreads);
    return answer as InspectAnswerTo<Q>;
  }

  async consult<Q extends EditorQuestion>(question: Q): Promise<AnswerTo<Q>> {
    const faulty = new Set(this.#run.problems.filter((p) => p.severity !== 'warning').map((p) => p.file));
    const applied = [...this.#run.files].filter(([name]) => !faulty.has(name));
    const files = applied.map(([name, text]) => ({ name, text }));
    return answerEditor(this.#cluster, files, question) as AnswerTo<Q>;
  }

  async predict(question: string, answer: string): Promise<WorkbenchState> {
    const started = this.#clock();
    this.#run.perform({ kind: 'predict', question, answer });
    return this.#state(started);
  }

  async answer(question: string, answer: string): Promise<WorkbenchState> {
    const started = this.#clock();
    this.#run.perform({ kind: 'answer', question, answer });
    return this.#state(started);
  }

  async click(target: string): Promise<WorkbenchState> {
    const started = this.#clock();
    this.#run.perform({ kind: 'click', target });
    return this.#state(started);
  }

  async undo(): Promise<WorkbenchState> {
    const started = this.#clock();
    this.#run.undo();
    return this.#state(started);
  }

  async redo(): Promise<WorkbenchState> {
    const started = this.#clock();
    this.#run.redo();
    return this.#state(started);
  }

  async shell(terminal: string, line: string): Promise<WorkbenchState> {
    const started = this.#clock();
    this.#desk.line(terminal, line);
    return this.#state(started);
  }

  async pass(until: number): Promise<WorkbenchState> {
    const started = this.#clock();
    const advanceMs = Math.max(0, until - this.#cluster.now);
    if (advanceMs > 0) this.#run.perform({ kind: 'time', advanceMs });
    return this.#state(started);
  }

  async clock(move: ClockMove): Promise<WorkbenchState> {
    const started = this.#clock();
    this.#run.perform({ kind: 'time', clock: move });
    return this.#state(started);
  }

  async complete(terminal: string, text: string, cursor: number): Promise<Completion> {
    return this.#desk.complete(terminal, text, cursor);
  }

  async consoles(query: string, limit: number): Promise<readonly ConsolePlace[]> {
    return consolePlaces(this.#cluster, query, limit);
  }

  async digest(): Promise<string> {
    this.#run.commit();
    return stateDigest(this.#cluster);
  }

  async reset(task?: string): Promise<WorkbenchState> {
    const started = this.#clock();
    this.#run.reset(task);
    this.#lesson?.forget();
    this.#focus = { ...this.#focus, service: this.#editedService() };
    return this.#state(started);
  }

  async solve(task: string): Promise<WorkbenchState> {
    const started = this.#clock();
    for (const step of this.#run.solution(task)) this.#run.play(step);
    return this.#state(started);
  }

  /** Services that the picture does not show, and their rules. */
  #otherServices(): WorkbenchState['services'] {
    const { node, service, family } = this.#focus;
    const [namespace = '', name = ''] = service?.split('/') ?? [];
    const exists = service !== null && this.#cluster.api.get('Service', namespace, name) !== undefined;
    return {
      total: this.#cluster.count('Service') - (exists ? 1 : 0),
      rules: this.#cluster.ruleCount(node, family) - rulesOfService(this.#cluster, this.#focus),
    };
  }

  /** A Service that came by another way than the editor comes into view if none is there. */
  #followService(): void {
    const { api } = this.#cluster;
    const exists = (name: string | null): boolean => {
      const [namespace = '', service = ''] = name?.split('/') ?? [];
      return api.get('Service', namespace, service) !== undefined;
    };
    if (exists(this.#focus.service)) return;
    const edited = this.#editedService();
    const own = api
      .list<Service>('Service', 'default')
      .filter(({ metadata }) => metadata.name !== 'kubernetes');
    const [first] = own;
    const found = exists(edited) ? edited : first && serviceHit(first).service;
    if (found != null) this.#focus = { ...this.#focus, service: found };
  }

  /** The first Service of a file, or of all files. */
  #editedService(file?: string): string | null {
    for (const [name, text] of this.#run.files) {
      if (file !== undefined && name !== file) continue;
      for (const { object } of parseManifests(name, text).documents)
        if (object?.kind === 'Service')
          return `${object.metadata.namespace ?? 'default'}/${object.metadata.name ?? ''}`;
    }
    return null;
  }

  /** What the page does not know of the log; actions that it knows are the same objects. */
  #logTail(): WorkbenchState['log'] {
    const { log } = this.#run;
    let from = 0;
    while (from < log.length && log[from] === this.#told[from]) from++;
    this.#told = log;
    return { from, actions: log.slice(from), full: this.#run.logFull };
  }

  #state(started: number): WorkbenchState {
    this.#desk.wake();
    this.#followService();
    this.#graph = chainGraph(this.#cluster, this.#focus, this.#graph) ?? this.#graph;
    const { problems, world } = this.#run;
    const worst = (severity: string): boolean => problems.some((p) => p.severity === severity);
    return {
      revision: ++this.#revision,
      k8s: this.#cluster.k8s,
      nodes: this.#cluster.nodes,
      focus: this.#focus,
      graph: this.#graph ?? emptyGraph(this.#focus),
      sync: worst('error') ? 'invalid' : worst('info') ? 'incomplete' : 'applied',
      problems,
      files: [...this.#run.files].map(([name, text]) => ({ name, text })),
      tasks: this.#run.tasks,
      predictions: world.predictions,
      answers: world.answers,
      clicks: world.clicks,
      log: this.#logTail(),
      canUndo: this.#run.canUndo,
      canRedo: this.#run.canRedo,
      services: this.#otherServices(),
      terminals: this.#desk.state(),
      now: this.#cluster.now,
      clock: {
        held: this.#cluster.held,
        next: this.#cluster.next ?? null,
        changes: this.#cluster.changes.total,
      },
      tookMs: this.#clock() - started,
    };
  }
}

const newTerminals = (cluster: Cluster, files: TerminalFiles): Terminals => new Terminals(cluster, files);

function newRun(lab: Lab, cluster: Cluster, lang: Lang): [LabRun, TerminalDesk] {
  let terminals: Terminals | undefined;
  const run = new LabRun(lab, cluster, lang, (files) => (terminals = newTerminals(cluster, files)));
  return [
    run,
    new TerminalDesk(terminals ?? new Terminals(cluster, NO_FILES), (action) => void run.perform(action)),
  ];
}

const NO_FILES = { list: () => [], read: () => undefined, write: () => false };

function names({ object }: ManifestDocument, ref: FieldRef): boolean {
  return (
    object?.kind === ref.kind &&
    object.metadata.name === ref.name &&
    (object.metadata.namespace ?? 'default') === ref.namespace
  );
}

function serviceHit({ spec, metadata }: Service): ServiceHit {
  return {
    service: `${metadata.namespace ?? ''}/${metadata.name ?? ''}`,
    type: spec.type ?? 'ClusterIP',
    clusterIP: spec.clusterIP ?? '',
    ports: (spec.ports ?? [])
      .map((p) => `${p.port}${p.nodePort ? `:${p.nodePort}` : ''}/${p.protocol ?? 'TCP'}`)
      .join(','),
  };
}
