'use client';
// A step of a packet as a sentence: what the list draws, told.
import { useCallback } from 'react';
import { useMessages } from '@/lib/i18n/client';
import type { PacketStep } from '@/lib/workbench/packet';
import { isPolicy, placeOf, whereOf } from './steps';

export type Telling = (step: PacketStep, before?: PacketStep['packet']) => string;

/** "On node-1, in KUBE-SERVICES #3, the packet goes on in KUBE-SVC-…." With the packet before it, a rewriting tells both ends. */
export function useTelling(): Telling {
  const t = useMessages('packet');
  const words = useMessages('trace');
  return useCallback(
    (step, before) => {
      const where = isPolicy(step.effect.code) ? '' : whereOf(step);
      const what = words(step.effect.code as Parameters<typeof words>[0], step.effect.params);
      const place = placeOf(step);
      const params = { node: step.node, where, what };
      const answer = step.leg === 'answer';
      const onNode = where ? (answer ? 'tellAnswer' : 'tellOn') : answer ? 'tellAnswerRoute' : 'tellRoute';
      const atBalancer = answer ? 'tellBalancerAnswer' : 'tellBalancer';
      const text = t(place === 'node' ? onNode : place === 'network' ? 'tellNetwork' : atBalancer, params);
      if (!before || samePacket(before, step.packet)) return text;
      const { source, destination } = step.packet;
      return `${text} ${t('tellRewritten', { source, destination })}`;
    },
    [t, words],
  );
}

const samePacket = (a: PacketStep['packet'], b: PacketStep['packet']): boolean =>
  a.source === b.source && a.destination === b.destination;
