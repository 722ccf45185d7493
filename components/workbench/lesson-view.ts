// What the parts of a lesson page read of its state.
import type { LessonData } from '@/components/lesson/lesson-data';
import { ONE_BRANCH, type Branches } from '@/lib/course/branches';
import type { ClusterProxyMode, K8sVersion } from '@/lib/kube/versions';
import type { ClientState } from '@/lib/workbench/client';
import type { ArrivalNotice } from '@/lib/workbench/arrival';
import { EMPTY_MEMORY, type Memory } from '@/lib/workbench/memory';
import type { RuleLocation, SourceFile, WorkbenchState } from '@/lib/workbench/protocol';

export interface LessonView {
  readonly status: 'idle' | ClientState['status'];
  readonly failure: 'crashed' | 'stuck' | 'load' | null;
  readonly busy: boolean;
  readonly state: WorkbenchState | null;
  readonly memory: Memory;
  /** The editor's files: the newest text of each. */
  readonly files: readonly SourceFile[];
  readonly k8s: K8sVersion;
  readonly proxyMode: ClusterProxyMode;
  /** nftables was asked for in a version that has no such mode; this is the version. */
  readonly modeRefused: K8sVersion | null;
  /** Ids of finished tasks. */
  readonly done: readonly string[];
  readonly hints: Readonly<Record<string, number>>;
  /** Other ways that the lab went. */
  readonly branches: Branches;
  /** Editor lines that the selected rule follows from. */
  readonly highlights: readonly RuleLocation[];
  /** A line to bring into view; `cursor`: the editor's cursor goes there too. */
  readonly reveal: { readonly file: string; readonly line: number; readonly cursor?: true } | undefined;
  /** Rules that the editor's cursor or a link of the lesson points at. */
  readonly litRules: readonly string[];
  /** Of these, those that the chains or the editor pointed at: a packet's hops through them are marked. */
  readonly marked: readonly string[];
  /** The rule that the chains shall select; a new object asks again. */
  readonly wantedRule: { readonly rule: string } | undefined;
  /** The browser refused to keep progress. */
  readonly unsaved: boolean;
  /** What the learner has to know about the state that the page began with. */
  readonly arrival: ArrivalNotice | null;
  /** The state on show is that of a link: nothing is kept until the learner decides. */
  readonly visiting: boolean;
  /** The task that the address leads to, until it is done. */
  readonly chosen: string | null;
  /** The solution that is being played, and its step, from 1. */
  readonly showing: { readonly task: string; readonly step: number; readonly of: number } | null;
  /** The packet that the packet view shall show as sent; a new object asks again. */
  readonly wantedPacket: { readonly target: string } | undefined;
  /** Guarding predictions that the learner passed without an answer. */
  readonly skipped: readonly string[];
  /** The learner's note on the lesson is open. */
  readonly noteOpen: boolean;
  /** Counts resets of the lab or of a task: what waits to be applied is dropped. */
  readonly resets: number;
  /** What a screen reader should say next. */
  readonly notice: string;
}

/** Before the browser's storage was read and the cluster started. */
export function firstView(lesson: LessonData): LessonView {
  return {
    status: 'idle',
    failure: null,
    busy: false,
    state: null,
    memory: EMPTY_MEMORY,
    files: lesson.files,
    k8s: lesson.k8s,
    proxyMode: 'iptables',
    modeRefused: null,
    done: [],
    hints: {},
    branches: ONE_BRANCH,
    highlights: [],
    reveal: undefined,
    litRules: [],
    marked: [],
    wantedRule: undefined,
    unsaved: false,
    arrival: null,
    visiting: false,
    chosen: null,
    showing: null,
    wantedPacket: undefined,
    skipped: [],
    noteOpen: false,
    resets: 0,
    notice: '',
  };
}
