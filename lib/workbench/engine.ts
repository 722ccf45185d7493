// The workbench behind the panes: one cluster, one lab, the editor's files. It runs in a worker (worker.ts), and as it is in tests.
import { DEFAULT_VERSION, type K8sVersion } from '@/lib/kube/versions';
import { labById } from '@/lib/course/labs';
import { evaluate, worldOf } from '@/lib/course/runtime';
import type { Action, ActionBody, Lab, TaskState } from '@/lib/course/types';
import { buildChainGraph, type ChainGraphInput, type PodPlace } from '@/lib/net/ruleset/graph-build';
import type { ChainGraph } from '@/lib/net/ruleset/graph';
import type { FieldRef } from '@/lib/net/ruleset/types';
import { Cluster, extendedOrigin, followsFrom, parseManifests, SERVICE_NAME_LABEL, type ClusterSnapshot } from '@/lib/sim';
import type { Problem } from '@/lib/sim/types';
import type { EndpointSlice, Service } from '@/lib/kube/types';
import type {
  ChainFocus,
  OpenRequest,
  RuleLocation,
  ServiceHit,
  SourceFile,
  Workbench,
  WorkbenchState,
} from './protocol';
import { serviceRuleIndex } from './service-rule-index';

const START_INSTANT = '2026-01-05T08:00:00Z';

/** What rewinding a lab needs: the cluster, and everything the learner has done so far. */
interface Checkpoint {
  readonly cluster: ClusterSnapshot;
  readonly files: ReadonlyMap<string, string>;
  readonly done: ReadonlySet<string>;
}

export class WorkbenchEngine implements Workbench {
  #cluster: Cluster = Cluster.create({ k8s: DEFAULT_VERSION, seed: 1, now: START_INSTANT });
  #k8s: K8sVersion = DEFAULT_VERSION;
  #lab: Lab | undefined;
  #start: Checkpoint | undefined;
  #files = new Map<string, string>();
  #problems = new Map<string, readonly Problem[]>();
  #sync: WorkbenchState['sync'] = 'applied';
  #focus: ChainFocus = { node: 'node-1', service: null, family: 'IPv4' };
  #graph: ChainGraph | undefined;
  #tasks: readonly TaskState[] = [];
  #predictions: Record<string, string> = {};
  #clicks = new Set<string>();
  #done = new Set<string>();
  #log: Action[] = [];
  #revision = 0;
  /** While a learner types in one file, each text is applied to the cluster as it was before the first of those keystrokes. */
  #burst: { readonly file: string; readonly before: ClusterSnapshot } | null = null;
  readonly #clock: () => number;

  /** `clock` (ms) only measures how long an edit takes. */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  async open(request: OpenRequest): Promise<WorkbenchState> {
    const started = this.#clock();
    this.#k8s = request.k8s;
    this.#lab = request.lab === null ? undefined : labById(request.lab);
    this.#cluster = Cluster.create({ k8s: request.k8s, seed: request.seed, now: START_INSTANT });
    this.#burst = null;
    this.#log = [];
    this.#problems.clear();
    this.#graph = undefined;
    this.#files = new Map();
    this.#focus = { node: this.#cluster.nodes[0] ?? '', service: null, family: 'IPv4' };
    for (const { name, text } of this.#lab?.background ?? []) this.#cluster.applyText(name, text);
    for (const { name, text } of this.#lab?.start ?? []) this.#apply(name, text);
    this.#predictions = {};
    this.#clicks = new Set();
    this.#done = new Set();
    this.#start = this.#checkpoint();
    for (const { name, text } of request.files ?? [])
      if (!this.#lab || this.#files.has(name)) if (this.#files.get(name) !== text) this.#apply(name, text);
    this.#predictions = { ...request.progress?.predictions };
    this.#clicks = new Set(request.progress?.clicks);
    this.#done = new Set(request.progress?.done);
    this.#burst = null;
    return this.#state(started);
  }

  async edit(file: string, text: string): Promise<WorkbenchState> {
    const started = this.#clock();
    if (this.#burst?.file === file) this.#cluster.restore(this.#burst.before);
    else this.#burst = { file, before: this.#cluster.snapshot() };
    this.#apply(file, text);
    return this.#state(started);
  }

  /** The learner stopped typing: what is applied now is what the next edit starts from. */
  commit(): void {
    if (!this.#burst) return;
    const { file } = this.#burst;
    this.#record({ kind: 'apply', file, text: this.#files.get(file) ?? '' });
    this.#burst = null;
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
    for (const [file, text] of this.#files)
      for (const { object, locate } of parseManifests(file, text).documents)
        for (const ref of refs) {
          if (!object || object.kind !== ref.kind || object.metadata.name !== ref.name) continue;
          if ((object.metadata.namespace ?? 'default') !== ref.namespace) continue;
          const at = locate(ref.path);
          if (at) found.set(`${file}:${at.line}`, { file, startLine: at.line, endLine: at.endLine });
        }
    return [...found.values()].sort((a, b) => (a.file === b.file ? a.startLine - b.startLine : a.file < b.file ? -1 : 1));
  }

  async rulesAt(file: string, line: number, column: number): Promise<readonly string[]> {
    for (const { object, fieldAt } of parseManifests(file, this.#files.get(file) ?? '').documents) {
      const path = object && fieldAt(line, column);
      if (!object || path === undefined) continue;
      const field: FieldRef = {
        kind: object.kind,
        namespace: object.metadata.namespace ?? 'default',
        name: object.metadata.name ?? '',
        path,
      };
      const rules = this.#graph?.nodes.flatMap((n) => n.rules) ?? [];
      return rules.filter((r) => followsFrom(extendedOrigin(r.origin, this.#cluster.api), field)).map((r) => r.id);
    }
    return [];
  }

  async predict(question: string, answer: string): Promise<WorkbenchState> {
    const started = this.#clock();
    this.commit();
    this.#predictions = { ...this.#predictions, [question]: answer };
    this.#record({ kind: 'predict', question, answer });
    return this.#state(started);
  }

  async click(target: string): Promise<WorkbenchState> {
    const started = this.#clock();
    if (!this.#clicks.has(target)) {
      this.commit();
      this.#clicks.add(target);
      this.#record({ kind: 'click', target });
    }
    return this.#state(started);
  }

  async reset(): Promise<WorkbenchState> {
    const started = this.#clock();
    const start = this.#start;
    if (start) {
      this.#cluster.restore(start.cluster);
      this.#files = new Map(start.files);
      this.#done = new Set();
      this.#predictions = {};
      this.#clicks = new Set();
      this.#problems.clear();
      this.#sync = 'applied';
      this.#burst = null;
      this.#log = [];
    }
    return this.#state(started);
  }

  async solve(task: string): Promise<WorkbenchState> {
    const started = this.#clock();
    this.commit();
    for (const step of this.#lab?.solution[task] ?? []) this.#play(step);
    return this.#state(started);
  }

  #play(step: ActionBody): void {
    if (step.kind === 'apply') this.#apply(step.file, step.text);
    else if (step.kind === 'predict') this.#predictions = { ...this.#predictions, [step.question]: step.answer };
    else if (step.kind === 'click') this.#clicks.add(step.target);
    else if (step.kind === 'time') this.#cluster.advance(step.advanceMs);
    this.#record(step);
  }

  #apply(file: string, text: string): void {
    this.#files.set(file, text);
    const { outcome, problems, documents } = this.#cluster.applyText(file, text);
    this.#problems.set(file, problems);
    this.#sync = outcome;
    const service = documents.find((d) => d.object?.kind === 'Service')?.object;
    if (outcome === 'applied' && service)
      this.#focus = { ...this.#focus, service: `${service.metadata.namespace ?? 'default'}/${service.metadata.name ?? ''}` };
  }

  #record(action: ActionBody): void {
    this.#log.push({ at: this.#cluster.now - Date.parse(START_INSTANT), ...action });
  }

  #checkpoint(): Checkpoint {
    return { cluster: this.#cluster.snapshot(), files: new Map(this.#files), done: new Set(this.#done) };
  }

  #state(started: number): WorkbenchState {
    const { node, service, family } = this.#focus;
    const rules = this.#cluster.rules(node, family);
    if (rules)
      this.#graph = buildChainGraph({
        rules,
        service,
        node,
        podOf: podsOf(this.#cluster, service),
        serviceRules: (name) => serviceRuleIndex(this.#cluster, node, name, family, rules),
        ...(this.#graph ? { previous: this.#graph } : {}),
      });
    this.#judge();
    const worst = [...this.#problems.values()].flat();
    return {
      revision: ++this.#revision,
      k8s: this.#k8s,
      nodes: this.#cluster.nodes,
      focus: this.#focus,
      graph: this.#graph ?? EMPTY_GRAPH,
      sync: worst.some((p) => p.severity === 'error') ? 'invalid' : worst.some((p) => p.severity === 'info') ? 'incomplete' : this.#sync,
      problems: worst,
      files: [...this.#files].map(([name, text]): SourceFile => ({ name, text })),
      tasks: this.#tasks,
      services: { total: this.#cluster.count('Service'), rules: this.#cluster.ruleCount(node, family) },
      tookMs: this.#clock() - started,
    };
  }

  #judge(): void {
    if (!this.#lab) return;
    const world = worldOf(this.#cluster, { predictions: this.#predictions, answers: {}, clicks: [...this.#clicks] });
    this.#tasks = evaluate(this.#lab, world, this.#done);
    this.#done = new Set(this.#tasks.filter((t) => t.done).map((t) => t.id));
  }
}

const EMPTY_GRAPH: ChainGraph = {
  node: '',
  family: 'IPv4',
  service: null,
  nodes: [],
  edges: [],
  removed: { nodes: [], edges: [], rules: [] },
  delta: { added: 0, removed: 0 },
};

function serviceHit(service: Service): ServiceHit {
  const { spec, metadata } = service;
  return {
    service: `${metadata.namespace ?? ''}/${metadata.name ?? ''}`,
    type: spec.type ?? 'ClusterIP',
    clusterIP: spec.clusterIP ?? '',
    ports: (spec.ports ?? []).map((p) => `${p.port}${p.nodePort ? `:${p.nodePort}` : ''}/${p.protocol ?? 'TCP'}`).join(','),
  };
}

/** Pods by IP, as the focused Service's slices name them. */
function podsOf(cluster: Cluster, service: string | null): ChainGraphInput['podOf'] {
  const [namespace = '', name = ''] = service?.split('/') ?? [];
  const places = new Map<string, PodPlace>();
  for (const slice of cluster.api.labelled<EndpointSlice>('EndpointSlice', namespace, { [SERVICE_NAME_LABEL]: name }))
    for (const endpoint of slice.endpoints ?? [])
      for (const ip of endpoint.addresses)
        if (endpoint.targetRef?.name)
          places.set(ip, {
            namespace: endpoint.targetRef.namespace ?? namespace,
            name: endpoint.targetRef.name,
            ...(endpoint.nodeName ? { nodeName: endpoint.nodeName } : {}),
          });
  return (ip) => places.get(ip);
}
