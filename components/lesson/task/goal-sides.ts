// How a line of the drawing differs from its twin on the other side.
import type { Amount, GoalBox, GoalRow } from '@/lib/workbench/goal';

export type Side = 'now' | 'goal';
export type SideChange = 'same' | 'added' | 'removed';

const same = (a: Amount | undefined, b: Amount | undefined): boolean =>
  a?.value === b?.value && a?.rules === b?.rules;

/** A line that differs goes on the one side and comes on the other. */
export function changeOf({ now, goal }: GoalRow, side: Side): SideChange {
  if (same(now, goal)) return 'same';
  return side === 'now' ? 'removed' : 'added';
}

/** Nothing about the object differs from the goal. */
export const isThere = (box: GoalBox): boolean =>
  box.now === box.goal && !box.differs && box.rows.every(({ now, goal }) => same(now, goal));
