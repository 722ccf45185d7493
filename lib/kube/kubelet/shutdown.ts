// How long a Pod takes to stop. Models pkg/kubelet/kuberuntime killContainer: the preStop hook and the process share the grace period.
import type { Container, Pod } from '@/lib/kube/types';
import { behaviourOf } from './images';

interface WithLifecycle extends Container {
  readonly lifecycle?: {
    readonly preStop?: {
      readonly exec?: { readonly command?: readonly string[] };
      readonly sleep?: { readonly seconds?: number };
    };
  };
}

/** Milliseconds that the preStop hook takes: a sleep action, or a command with sleep in it. */
export function preStopMs(container: Container): number {
  const preStop = (container as WithLifecycle).lifecycle?.preStop;
  const slept = /\bsleep\s+(\d+(?:\.\d+)?)/.exec(preStop?.exec?.command?.join(' ') ?? '')?.[1];
  return (preStop?.sleep?.seconds ?? Number(slept ?? 0)) * 1000;
}

/** Milliseconds that one container takes to stop while its Pod stays. */
export function stopContainerMs(container: Container, { spec }: Pod): number {
  const grace = (spec.terminationGracePeriodSeconds ?? 30) * 1000;
  return Math.min(preStopMs(container) + behaviourOf(container).shutdownMs, grace);
}

/** Milliseconds from the deletion to the end of the last container. */
export function stopMs(pod: Pod): number {
  const grace = pod.metadata.deletionGracePeriodSeconds ?? pod.spec.terminationGracePeriodSeconds ?? 30;
  const longest = Math.max(...pod.spec.containers.map((c) => preStopMs(c) + behaviourOf(c).shutdownMs));
  return Math.min(longest, grace * 1000);
}
