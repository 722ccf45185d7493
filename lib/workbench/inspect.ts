// What the views of objects, events and topology ask of the worker. Nothing changes.
import type { KubeObject } from '@/lib/kube/types';
import { kindCounts, tableWindow, type KindCount, type TableWindow } from './inspect-table';
import { objectDetail, type ObjectDetail } from './inspect-object';
import type { Inspected } from './inspected';
import { topologyOf, type Topology } from './topology';

/** Each question with its answer. */
export interface InspectAnswers {
  readonly kinds: readonly KindCount[];
  readonly table: TableWindow;
  readonly object: ObjectDetail | null;
  readonly topology: Topology;
}

export type InspectQuestion =
  | { readonly ask: 'kinds' }
  | {
      readonly ask: 'table';
      readonly kind: string;
      /** Only objects whose namespace or name holds it. */
      readonly query: string;
      /** The rows wanted. */
      readonly from: number;
      readonly count: number;
    }
  | { readonly ask: 'object'; readonly kind: string; readonly namespace: string; readonly name: string }
  /** "namespace/name" of the Service whose Pods are marked. */
  | { readonly ask: 'topology'; readonly service: string | null };

export type InspectAnswer = InspectAnswers[InspectQuestion['ask']];
export type InspectAnswerTo<Q extends InspectQuestion> = InspectAnswers[Q['ask']];

export function inspect(cluster: Inspected, question: InspectQuestion): InspectAnswer {
  switch (question.ask) {
    case 'kinds':
      return kindCounts(cluster);
    case 'table':
      return tableWindow(cluster, question);
    case 'object':
      return objectDetail(cluster, question.kind as KubeObject['kind'], question.namespace, question.name);
    case 'topology':
      return topologyOf(cluster, question.service);
  }
}
