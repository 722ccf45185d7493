// Since when a change waits to be written: the earliest readiness change or creation that the last write did not cover. Models
// staging/src/k8s.io/endpointslice/util/trigger_time_tracker.go; kube-proxy's network programming latency is measured from it.
import { PersistentMap } from '@/lib/core/persistent-map';
import type { Pod, Service } from '@/lib/kube/types';
import { conditionOf, keyOf } from './objects';

interface Seen {
  readonly service: string;
  readonly pods: Readonly<Record<string, string>>;
}

export type TriggerTimes = PersistentMap<Seen>;
export const NO_TRIGGER_TIMES: TriggerTimes = PersistentMap.empty();

/** The earliest new change of a Service and its Pods (undefined: none), and what to remember. */
export function triggerTimeOf(
  times: TriggerTimes,
  service: Service,
  pods: readonly Pod[],
): { readonly time: string | undefined; readonly times: TriggerTimes } {
  const key = keyOf(service);
  const seen = times.get(key);
  const created = service.metadata.creationTimestamp ?? '';
  let time: string | undefined = seen?.service === created || created === '' ? undefined : created;
  const now: Record<string, string> = {};
  for (const pod of pods) {
    const at = conditionOf(pod.status?.conditions, 'Ready')?.lastTransitionTime;
    if (at === undefined) continue;
    const name = pod.metadata.name ?? '';
    now[name] = at;
    const before = seen?.pods[name];
    if ((before === undefined || at > before) && (time === undefined || at < time)) time = at;
  }
  return { time, times: times.set(key, { service: created, pods: now }) };
}
