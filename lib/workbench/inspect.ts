// What the views of objects, events and topology ask of the worker. Nothing changes.
import type { Result } from '@/lib/core/result';
import type { KubeObject } from '@/lib/kube/types';
import type { ClusterProxyMode } from '@/lib/kube/versions';
import type { Reason } from '@/lib/net/ruleset/types';
import { backingOf, type Backing } from './backing';
import { lookupCost, type LookupCost } from '@/lib/sim';
import { changeViews, type ChangeView } from './change-views';
import { flowOf, type Flow } from './flow';
import { fieldHistory, type FieldHistory } from './field-history';
import type { Journey, JourneyQuestion } from '@/lib/course/journey';
import { journeyIn } from './journey';
import { kindCounts, tableWindow, type KindCount, type TableWindow } from './inspect-table';
import { objectDetail, type ObjectDetail } from './inspect-object';
import {
  lastSent,
  packetEnds,
  sendPacket,
  type PacketEnds,
  type PacketFrom,
  type PacketTo,
  type PacketTrace,
} from './packet';
import { predictionChoices, type PredictionChoices } from './prediction';
import { SpreadDesk, type Spread, type SpreadQuestion } from './spread';
import type { Inspected } from './inspected';
import type { LessonAnswers, LessonQuestion } from './lesson-desk';
import { topologyOf, type Topology } from './topology';
import { watchCost, type WatchCost } from './watch-cost';

/** Each question with its answer. */
export interface InspectAnswers extends LessonAnswers {
  readonly kinds: readonly KindCount[];
  readonly table: TableWindow;
  readonly object: ObjectDetail | null;
  /** null: there is no such object. */
  readonly fields: readonly FieldHistory[] | null;
  readonly topology: Topology;
  readonly backing: Backing;
  readonly ends: PacketEnds;
  readonly packet: Result<PacketTrace, Reason>;
  readonly sent: Result<PacketTrace, Reason>;
  readonly packets: Result<Spread, Reason>;
  readonly prediction: Result<PredictionChoices, Reason>;
  readonly changes: readonly ChangeView[];
  readonly flow: Flow;
  readonly journey: Journey | null;
  readonly watch: WatchCost;
  /** null: this version does not know the mode. */
  readonly lookup: LookupCost | null;
}

/** What the views ask of the cluster, and what the lesson asks about its tasks. */
export type InspectQuestion = ClusterQuestion | LessonQuestion;

export type ClusterQuestion =
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
  /** An object with its events, or field by field. */
  | {
      readonly ask: 'object' | 'fields';
      readonly kind: string;
      readonly namespace: string;
      readonly name: string;
    }
  /** "namespace/name" of the Service whose Pods are marked; `flow`: whose endpoints are on their way into the rules. */
  | { readonly ask: 'topology' | 'ends' | 'flow'; readonly service: string | null }
  /** "namespace/name" of the Service whose selector is held against the Pods. */
  | { readonly ask: 'backing'; readonly service: string }
  /** `turn` counts the sendings: each draws lots of its own. `sent`: the packet that was sent last, as it went. */
  | {
      readonly ask: 'packet' | 'sent';
      readonly from: PacketFrom;
      readonly to: PacketTo;
      readonly turn: number;
    }
  /** The next part of many packets (spread.ts): asked again until all are sent. */
  | ({ readonly ask: 'packets' } & SpreadQuestion)
  /** What can be said about a packet before it is sent. */
  | { readonly ask: 'prediction'; readonly from: PacketFrom; readonly to: PacketTo }
  /** The newest connection from such a caller to a Service that arrived, place by place. */
  | ({ readonly ask: 'journey' } & JourneyQuestion)
  /** What so many Services cost a node in a mode, in the cluster's version. */
  | { readonly ask: 'lookup'; readonly mode: ClusterProxyMode; readonly services: number }
  /** What each watcher was sent about a Service's endpoints after change number `since`. */
  | { readonly ask: 'watch'; readonly service: string; readonly since: number }
  /** What was written last, the newest first; `about` narrows it down to objects and components that hold the text. */
  | { readonly ask: 'changes'; readonly limit: number; readonly about: string };

export type InspectAnswer = InspectAnswers[InspectQuestion['ask']];
export type InspectAnswerTo<Q extends InspectQuestion> = InspectAnswers[Q['ask']];

/** `spreads` keeps the sending of many packets that is under way. */
export function inspect(
  cluster: Inspected,
  question: ClusterQuestion,
  spreads: SpreadDesk = new SpreadDesk(),
): InspectAnswer {
  switch (question.ask) {
    case 'kinds':
      return kindCounts(cluster);
    case 'table':
      return tableWindow(cluster, question);
    case 'object':
      return objectDetail(cluster, question.kind as KubeObject['kind'], question.namespace, question.name);
    case 'fields': {
      const object = cluster.api.get(question.kind as KubeObject['kind'], question.namespace, question.name);
      return object ? fieldHistory(cluster.changes, object) : null;
    }
    case 'topology':
      return topologyOf(cluster, question.service);
    case 'journey':
      return journeyIn(cluster, question);
    case 'flow':
      return flowOf(cluster, question.service);
    case 'backing':
      return backingOf(cluster, question.service);
    case 'ends':
      return packetEnds(cluster, question.service);
    case 'packet':
      return sendPacket(cluster, question.from, question.to, question.turn);
    case 'sent':
      return (
        lastSent(cluster, question.from, question.to) ?? sendPacket(cluster, question.from, question.to, 0)
      );
    case 'packets':
      return spreads.next(cluster, question);
    case 'prediction':
      return predictionChoices(cluster, question.from, question.to);
    case 'changes':
      return changeViews(cluster.changes, question.limit, question.about);
    case 'lookup':
      // The first run of a program is slow whatever it does; a small one before keeps that out of the figures.
      lookupCost(cluster.k8s, question.mode, 100);
      return lookupCost(cluster.k8s, question.mode, question.services, () => performance.now()) ?? null;
    case 'watch':
      return watchCost(cluster, question.service, question.since);
  }
}
