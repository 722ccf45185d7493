// The status that a kubelet reports for a Pod. Models pkg/kubelet/kubelet_pods.go generateAPIPodStatus and status/generate.go.
import type { Condition, Container, Node, Pod, PodStatus } from '@/lib/kube/types';
import { gateEnabled, type K8sVersion } from '@/lib/kube/versions';
import { byText, conditionOf, equalJson, timestamp } from '@/lib/kube/controllers/objects';
import { hex64 } from './hex64';
import { normalizedImage } from './images';
import type { Life } from './life';
import { containerId, isUnstarted, lifeStates, shownAttempt, unstarted } from './life-status';

/** What the kubelet knows of a Pod's containers at one moment. */
export interface PodState {
  /** Addresses of the sandbox; none before it is there. */
  readonly ips: readonly string[];
  /** When the containers started (ms); undefined while they are being created. */
  readonly startedAt: number | undefined;
  /** Its startup probe, if it has one, has succeeded. */
  started(container: Container): boolean;
  ready(container: Container): boolean;
  /** By container, if any of them does more than run. */
  readonly lives?: Readonly<Record<string, Life>>;
}

interface PodCondition extends Condition {
  readonly lastProbeTime: null;
}

/** The node's addresses that Pods see as the host's: one a family. */
export function hostIps(node: Node): readonly string[] {
  const internal = (node.status?.addresses ?? [])
    .filter((a) => a.type === 'InternalIP')
    .map((a) => a.address);
  const families = [internal.find((ip) => !ip.includes(':')), internal.find((ip) => ip.includes(':'))];
  return families
    .filter((ip) => ip !== undefined)
    .toSorted((a, b) => internal.indexOf(a) - internal.indexOf(b));
}

/** The whole status of a Pod that is bound to a node. */
export function podStatus(pod: Pod, node: Node, state: PodState, now: number, k8s: K8sVersion): PodStatus {
  const hosts = hostIps(node);
  const before = pod.status ?? {};
  const qosClass = (before as { readonly qosClass?: string }).qosClass ?? qosClassOf(pod);
  const showHostIps = gateEnabled(k8s, 'PodHostIPs') && hosts.length > 0;
  return {
    ...before,
    phase: phaseOf(pod, state),
    conditions: conditions(pod, state, now, k8s),
    ...(hosts[0] === undefined ? {} : { hostIP: hosts[0] }),
    ...(showHostIps ? { hostIPs: hosts.map((ip) => ({ ip })) } : {}),
    ...(state.ips[0] === undefined ? {} : { podIP: state.ips[0], podIPs: state.ips.map((ip) => ({ ip })) }),
    startTime: before.startTime ?? timestamp(now),
    containerStatuses: pod.spec.containers
      .map((c) => containerStatus(pod, c, state, k8s))
      .sort((a, b) => byText(a.name, b.name)),
    qosClass,
  } as PodStatus;
}

/** getPhase, for Pods without init containers. */
function phaseOf({ spec }: Pod, { startedAt, lives }: PodState): NonNullable<PodStatus['phase']> {
  if (startedAt === undefined) return 'Pending';
  if (!lives) return 'Running';
  const all = Object.values(lives);
  if (all.some((life) => isUnstarted(life))) return 'Pending';
  const running = all.some(({ phase }) => phase === 'running' || phase === 'stopping');
  if (running || (spec.restartPolicy ?? 'Always') === 'Always') return 'Running';
  if (all.every(({ last }) => last?.exitCode === 0)) return 'Succeeded';
  return spec.restartPolicy === 'Never' ? 'Failed' : 'Running';
}

function conditions(pod: Pod, state: PodState, now: number, k8s: K8sVersion): readonly Condition[] {
  const unready = pod.spec.containers
    .filter((c) => state.startedAt === undefined || !state.ready(c))
    .map((c) => c.name);
  const phase = phaseOf(pod, state);
  const problem =
    phase === 'Succeeded'
      ? { reason: 'PodCompleted', message: '' }
      : phase === 'Failed'
        ? { reason: 'PodFailed', message: '' }
        : unready.length > 0
          ? {
              reason: 'ContainersNotReady',
              message: `containers with unready status: [${unready.join(' ')}]`,
            }
          : undefined;
  const sandbox = condition(pod, 'PodReadyToStartContainers', state.ips.length > 0, now);
  const own = [
    ...(gateEnabled(k8s, 'PodReadyToStartContainersCondition') ? [sandbox] : []),
    condition(pod, 'Initialized', true, now),
    condition(pod, 'Ready', problem ?? gateProblem(pod), now),
    condition(pod, 'ContainersReady', problem, now),
    condition(pod, 'PodScheduled', true, now),
  ];
  const names = new Set(own.map((c) => c.type));
  return [...own, ...(pod.status?.conditions ?? []).filter((c) => !names.has(c.type))];
}

/** A condition; true and undefined mean that it holds. Its time is that of its last change. */
function condition(
  pod: Pod,
  type: string,
  what: { readonly reason: string; readonly message: string } | undefined | boolean,
  now: number,
): PodCondition {
  const problem = typeof what === 'object' ? what : undefined;
  const status = what === false || problem ? 'False' : 'True';
  const known = conditionOf(pod.status?.conditions, type);
  const since = known?.status === status ? known.lastTransitionTime : undefined;
  return { type, status, lastProbeTime: null, lastTransitionTime: since ?? timestamp(now), ...problem };
}

function gateProblem(pod: Pod): { readonly reason: string; readonly message: string } | undefined {
  for (const { conditionType } of pod.spec.readinessGates ?? []) {
    const gate = conditionOf(pod.status?.conditions, conditionType);
    if (gate?.status === 'True') continue;
    const message = gate
      ? `the status of pod readiness gate "${conditionType}" is not "True", but ${gate.status}`
      : `corresponding condition of pod readiness gate "${conditionType}" does not exist.`;
    return { reason: 'ReadinessGatesNotReady', message };
  }
  return undefined;
}

function containerStatus(pod: Pod, container: Container, state: PodState, k8s: K8sVersion) {
  const life = state.lives?.[container.name];
  const image = container.image ?? '';
  const common = { name: container.name, lastState: {}, restartCount: life?.restarts ?? 0 };
  if (state.startedAt === undefined || (life && isUnstarted(life)))
    return {
      ...common,
      image,
      imageID: '',
      ready: false,
      started: false,
      state: {
        waiting:
          life && state.startedAt !== undefined
            ? unstarted(life, image, k8s)
            : { reason: 'ContainerCreating' },
      },
    };
  const name = normalizedImage(image);
  return {
    ...common,
    containerID: containerId(pod, container, life ? shownAttempt(life) : 0),
    image: name,
    imageID: imageId(name),
    ready: state.ready(container),
    started: state.started(container),
    ...(life
      ? lifeStates(life, pod, container)
      : { state: { running: { startedAt: timestamp(state.startedAt) } } }),
  };
}

const imageIds = new Map<string, string>();

/** repository@digest: computed once for each of the few images that a cluster runs. */
function imageId(name: string): string {
  const known = imageIds.get(name);
  if (known !== undefined) return known;
  const id = `${name.replace(/[:@][^/]*$/, '')}@sha256:${hex64(name)}`;
  if (imageIds.size < 1000) imageIds.set(name, id);
  return id;
}

type Resources = Readonly<
  Record<'requests' | 'limits', Readonly<Record<string, string | number>> | undefined>
>;

/** Guaranteed, Burstable or BestEffort (pkg/apis/core/v1/helper/qos). */
function qosClassOf(pod: Pod): string {
  const all = pod.spec.containers.map(
    (c) => (c as { readonly resources?: Partial<Resources> }).resources ?? {},
  );
  const named = (r: Partial<Resources>): boolean =>
    Object.keys({ ...r.requests, ...r.limits }).some((k) => k === 'cpu' || k === 'memory');
  if (!all.some(named)) return 'BestEffort';
  const guaranteed = ({ requests, limits }: Partial<Resources>): boolean =>
    limits?.['cpu'] !== undefined &&
    limits['memory'] !== undefined &&
    equalJson({ ...limits, ...requests }, limits);
  return all.every(guaranteed) ? 'Guaranteed' : 'Burstable';
}
