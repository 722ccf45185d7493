// Labs: data and pure functions. A lab file imports these types and the check helpers, nothing else.
import type { Reason } from '@/lib/net/ruleset/types';
import type { K8sVersion } from '@/lib/kube/versions';
import type { KubeObject } from '@/lib/kube/types';
import type { RuleSet } from '@/lib/net/ruleset/types';

/** One entry of the action log (CONTRACTS: the list from which everything a learner did can be replayed). */
export type Action = { readonly at: number } & ActionBody;

export type ActionBody =
  | { readonly kind: 'apply'; readonly file: string; readonly text: string }
  | { readonly kind: 'click'; readonly target: string }
  | { readonly kind: 'predict'; readonly question: string; readonly answer: string }
  | { readonly kind: 'answer'; readonly question: string; readonly answer: string }
  | { readonly kind: 'time'; readonly advanceMs: number };

/** A step of a reference solution or of a wrong attempt. */
export type Step = ActionBody;

export interface ActionLog {
  readonly format: 1;
  /** Raised when old logs would replay differently. */
  readonly engine: number;
  readonly k8s: K8sVersion;
  readonly seed: number;
  readonly lab?: string;
  readonly actions: readonly Action[];
}

export interface LabFile {
  readonly name: string;
  readonly text: string;
}

/** What a check may look at. Reading never changes the cluster. */
export interface World {
  readonly k8s: K8sVersion;
  list<T extends KubeObject>(kind: T['kind'], namespace?: string): readonly T[];
  get<T extends KubeObject>(kind: T['kind'], namespace: string, name: string): T | undefined;
  /** The node's rules, IPv4. */
  rules(node: string): RuleSet;
  readonly nodes: readonly string[];
  readonly predictions: Readonly<Record<string, string>>;
  readonly answers: Readonly<Record<string, string>>;
  readonly clicks: readonly string[];
}

export type CheckResult = true | Reason;
export type Check = (world: World) => CheckResult;

export interface Task {
  readonly id: string;
  readonly check: Check;
  /** Common mistakes, answered by name: the first whose `when` holds is shown instead of the check's own reason. */
  readonly mistakes?: readonly { readonly id: string; readonly when: (world: World) => boolean }[];
}

export interface Lab {
  readonly id: string;
  readonly versions: readonly K8sVersion[];
  /** Files of the editor at the start. */
  readonly start: readonly LabFile[];
  /** Objects of the cluster that the editor does not show. */
  readonly background?: readonly LabFile[];
  readonly tasks: readonly Task[];
  /** By task id. */
  readonly solution: Readonly<Record<string, readonly Step[]>>;
  readonly wrong: readonly {
    readonly name: string;
    readonly steps: readonly Step[];
    readonly failsAt: string;
    readonly mistake?: string;
  }[];
  readonly size?: 'normal' | 'large';
}

/** lab.zh.yaml, lab.en.yaml: the words of a lab. */
export interface LabWords {
  readonly title: string;
  readonly goal: string;
  readonly tasks: Readonly<
    Record<string, { readonly title: string; readonly text: string; readonly hints: readonly [string, string, string] }>
  >;
  readonly mistakes: Readonly<Record<string, string>>;
  readonly reasons: Readonly<Record<string, string>>;
  readonly predictions: Readonly<Record<string, { readonly question: string; readonly options: readonly string[]; readonly explain: string }>>;
}

export interface TaskState {
  readonly id: string;
  readonly done: boolean;
  /** Why not yet: a reason's code with values, or a mistake's id. */
  readonly reason?: Reason;
  readonly mistake?: string;
}
