// How much of a solution is shown: an edit comes line by line, any other step at once.
import type { PlanStep } from '@/lib/workbench/solution-plan';

const sizeOf = (step: PlanStep): number => (step.kind === 'edit' ? step.lines.length : 1);

/** How many pieces there are to reveal. */
export const unitsOf = (plan: readonly PlanStep[]): number =>
  plan.reduce((sum, step) => sum + sizeOf(step), 0);

/** The first pieces; the last edit may be cut short. */
export function revealed(plan: readonly PlanStep[], units: number): readonly PlanStep[] {
  let left = units;
  return plan.flatMap((step): readonly PlanStep[] => {
    const size = sizeOf(step);
    const take = Math.min(left, size);
    left -= take;
    if (take <= 0) return [];
    return [step.kind === 'edit' ? { ...step, lines: step.lines.slice(0, take) } : step];
  });
}
