// What the lesson asks about its tasks: the goal beside the present, the solution step by step, and the next step to show. Answers are
// worked out on clusters apart (sandbox.ts) and kept a task long.
import type { LabRun } from '@/lib/course/runtime';
import type { ActionBody } from '@/lib/course/types';
import type { Cluster } from '@/lib/sim';
import { goalOf, goalView, type Goal, type GoalView } from './goal';
import { atTask, like, type Beginning } from './sandbox';
import { planOf, type PlanStep } from './solution-plan';

/** Each question with its answer; null: there is none (no such task, or a cluster too large to be built twice). */
export interface LessonAnswers {
  readonly goal: GoalView | null;
  readonly plan: readonly PlanStep[] | null;
  /** The action that a step of the solution stands for now. */
  readonly step: ActionBody | null;
}

export type LessonQuestion =
  | { readonly ask: 'goal' | 'plan'; readonly task: string }
  | { readonly ask: 'step'; readonly task: string; readonly index: number };

export const isLessonQuestion = (question: { readonly ask: string }): question is LessonQuestion =>
  question.ask === 'goal' || question.ask === 'plan' || question.ask === 'step';

export class LessonDesk {
  readonly #beginning: Beginning;
  readonly #run: LabRun;
  readonly #cluster: Cluster;
  readonly #large: boolean;
  readonly #goals = new Map<string, Goal | undefined>();
  readonly #plans = new Map<string, readonly PlanStep[]>();

  constructor(beginning: Beginning, run: LabRun, cluster: Cluster, large: boolean) {
    this.#beginning = beginning;
    this.#run = run;
    this.#cluster = cluster;
    this.#large = large || beginning.lab.size === 'large';
  }

  /** The learner begins anew: what was worked out from where he was is forgotten. */
  forget(): void {
    this.#goals.clear();
    this.#plans.clear();
  }

  answer(question: LessonQuestion): LessonAnswers[LessonQuestion['ask']] {
    const { task } = question;
    if (!this.#beginning.lab.tasks.some(({ id }) => id === task)) return null;
    if (question.ask === 'step') return this.#step(task, question.index);
    if (this.#large) return null;
    return question.ask === 'goal' ? this.#goal(task) : this.#plan(task);
  }

  #step(task: string, index: number): ActionBody | null {
    const step = this.#run.solution(task)[index];
    return step === undefined ? null : this.#run.resolve(step);
  }

  #goal(task: string): GoalView | null {
    if (!this.#goals.has(task)) {
      const own = like(this.#beginning, this.#run);
      const goal = own && goalOf(own, task);
      this.#goals.set(task, goal ?? goalOf(atTask(this.#beginning, task), task));
    }
    const goal = this.#goals.get(task);
    return goal ? goalView(goal, this.#cluster) : null;
  }

  #plan(task: string): readonly PlanStep[] {
    const known = this.#plans.get(task);
    if (known) return known;
    const { lang } = this.#beginning;
    const own = like(this.#beginning, this.#run);
    const reference = atTask(this.#beginning, task);
    const plan = planOf(task, reference, own, { lang, k8s: this.#cluster.k8s });
    this.#plans.set(task, plan);
    return plan;
  }
}
