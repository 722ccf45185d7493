// How far a rollout is: k8s.io/kubectl pkg/polymorphichelpers/rollout_status.go.
import type { KubeJson } from '../api/client';
import { Failure } from '../run/errors';

export interface RolloutState {
  readonly text: string;
  readonly done: boolean;
}

type Numbers = Readonly<Record<string, unknown>>;

const num = (value: unknown): number => (typeof value === 'number' ? value : 0);
const partsOf = (object: KubeJson): { spec: Numbers; status: Numbers; name: string; generation: number } => ({
  spec: (object['spec'] ?? {}) as Numbers,
  status: (object['status'] ?? {}) as Numbers,
  name: object.metadata.name ?? '',
  generation: object.metadata.generation ?? 0,
});

const going = (text: string): RolloutState => ({ text, done: false });

export function deploymentStatus(object: KubeJson, revision: number): RolloutState {
  const { spec, status, name, generation } = partsOf(object);
  if (revision > 0) {
    const has = Number(object.metadata.annotations?.['deployment.kubernetes.io/revision'] ?? '0');
    if (has !== revision)
      throw new Failure(`desired revision (${revision}) is different from the running revision (${has})`);
  }
  if (generation > num(status['observedGeneration']))
    return going('Waiting for deployment spec update to be observed...\n');
  const conditions = (status['conditions'] ?? []) as readonly { type: string; reason?: string }[];
  if (conditions.some((c) => c.type === 'Progressing' && c.reason === 'ProgressDeadlineExceeded'))
    throw new Failure(`deployment "${name}" exceeded its progress deadline`);
  const [updated, replicas] = [num(status['updatedReplicas']), num(spec['replicas'])];
  const waiting = `Waiting for deployment "${name}" rollout to finish:`;
  if (spec['replicas'] !== undefined && updated < replicas)
    return going(`${waiting} ${updated} out of ${replicas} new replicas have been updated...\n`);
  if (num(status['replicas']) > updated)
    return going(`${waiting} ${num(status['replicas']) - updated} old replicas are pending termination...\n`);
  if (num(status['availableReplicas']) < updated)
    return going(
      `${waiting} ${num(status['availableReplicas'])} of ${updated} updated replicas are available...\n`,
    );
  return { text: `deployment "${name}" successfully rolled out\n`, done: true };
}

export function daemonSetStatus(object: KubeJson): RolloutState {
  const { spec, status, name, generation } = partsOf(object);
  const strategy = spec['updateStrategy'] as { type?: string } | undefined;
  if (strategy?.type !== 'RollingUpdate')
    throw new Failure(`rollout status is only available for RollingUpdate strategy type`);
  if (generation > num(status['observedGeneration']))
    return going('Waiting for daemon set spec update to be observed...\n');
  const desired = num(status['desiredNumberScheduled']);
  const updated = num(status['updatedNumberScheduled']);
  const waiting = `Waiting for daemon set "${name}" rollout to finish:`;
  if (updated < desired)
    return going(`${waiting} ${updated} out of ${desired} new pods have been updated...\n`);
  if (num(status['numberAvailable']) < desired)
    return going(
      `${waiting} ${num(status['numberAvailable'])} of ${desired} updated pods are available...\n`,
    );
  return { text: `daemon set "${name}" successfully rolled out\n`, done: true };
}

export function statefulSetStatus(object: KubeJson): RolloutState {
  const { spec, status, name, generation } = partsOf(object);
  const strategy = spec['updateStrategy'] as { type?: string } | undefined;
  if (strategy?.type !== 'RollingUpdate')
    throw new Failure(`rollout status is only available for RollingUpdate strategy type`);
  if (generation > num(status['observedGeneration']))
    return going('Waiting for statefulset spec update to be observed...\n');
  const replicas = num(spec['replicas']);
  if (num(status['readyReplicas']) < replicas)
    return going(`Waiting for ${replicas - num(status['readyReplicas'])} pods to be ready...\n`);
  if (status['updateRevision'] !== status['currentRevision'])
    return going(
      `waiting for statefulset rolling update to complete ${num(status['updatedReplicas'])} pods at revision ${String(status['updateRevision'] as string)}...\n`,
    );
  return {
    text: `statefulset rolling update complete ${num(status['currentReplicas'])} pods at revision ${String((status['currentRevision'] ?? '') as string)}...\n`
      .replace(
        /^statefulset .* 0 pods at revision \.\.\.\n$/,
        `statefulset rolling update complete 0 pods at revision ...\n`,
      )
      .replace(/^$/, name),
    done: true,
  };
}
