'use client';
// Measurements of a page: asked of the worker one by one, kept as long as the version stays. Each is noted as something the learner did.
import { useState } from 'react';
import { useLesson, useLessonStore } from '@/components/workbench/lesson-context';
import type { ClusterProxyMode, K8sVersion } from '@/lib/kube/versions';
import type { LookupCost } from '@/lib/sim';

export interface Measurement extends LookupCost {
  readonly mode: ClusterProxyMode;
}

export interface Measurements {
  readonly made: readonly Measurement[];
  readonly state: 'idle' | 'measuring' | 'failed';
  /** The size measured last; null before any. */
  readonly last: number | null;
  readonly lacksNftables: boolean;
  readonly measure: (services: number) => void;
}

interface Kept {
  readonly k8s: K8sVersion;
  readonly made: readonly Measurement[];
  readonly last: number | null;
  readonly lacksNftables: boolean;
}

export function useMeasurements(): Measurements {
  const store = useLessonStore();
  const k8s = useLesson((view) => view.k8s);
  const [kept, setKept] = useState<Kept>({ k8s, made: [], last: null, lacksNftables: false });
  const [state, setState] = useState<Measurements['state']>('idle');
  const own = kept.k8s === k8s ? kept : { k8s, made: [], last: null, lacksNftables: false };
  const measure = async (services: number): Promise<void> => {
    setState('measuring');
    const found: Measurement[] = [];
    let lacksNftables = false;
    for (const mode of ['iptables', 'nftables'] as const) {
      const cost = await store.inspect({ ask: 'lookup', mode, services });
      if (cost === undefined) return setState('failed');
      if (cost === null) lacksNftables = true;
      else {
        found.push({ ...cost, mode });
        store.click(`measure:${mode}/${services}`);
      }
    }
    const others = own.made.filter((m) => m.services !== services);
    setKept({
      k8s,
      lacksNftables,
      last: services,
      made: [...others, ...found].sort((a, b) => a.services - b.services),
    });
    setState('idle');
  };
  return {
    made: own.made,
    last: own.last,
    lacksNftables: own.lacksNftables,
    state,
    measure: (services) => void measure(services).catch(() => setState('failed')),
  };
}
