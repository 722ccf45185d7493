// The goal of a task beside the present state. The goal is what the reference solution makes of the learner's own cluster; it is played
// on a cluster apart, which the log brings to the same state, so that nothing here is disturbed.
import { calls } from '@/lib/course/calls';
import type { ActionBody, World } from '@/lib/course/types';
import type { Cluster } from '@/lib/sim';
import { shapeOf, type ShapeBox, type ShapeRow } from './goal-shape';
import type { Sandbox } from './sandbox';

/** A line of a box now and at the goal; absent where there is none. */
export interface GoalRow {
  readonly field: ShapeRow['field'];
  readonly name: string;
  readonly now?: Amount;
  readonly goal?: Amount;
}
export type Amount = Pick<ShapeRow, 'value' | 'rules'>;

export interface GoalBox {
  readonly kind: string;
  readonly name: string;
  readonly now: boolean;
  readonly goal: boolean;
  /** Something about the object differs that is not drawn. */
  readonly differs: boolean;
  readonly rows: readonly GoalRow[];
}

/** What the learner will have done, worded by the page (lesson.deed…). */
export interface Deed {
  readonly code: 'predict' | 'select' | 'packet' | 'call' | 'run' | 'wait' | 'answer' | 'edit';
  readonly params: Readonly<Record<string, string>>;
}

export interface GoalView {
  readonly boxes: readonly GoalBox[];
  readonly deeds: readonly Deed[];
}

/** The goal of a task as far as it does not depend on the present. */
export interface Goal {
  readonly shape: ReadonlyMap<string, ShapeBox>;
  /** Boxes that the solution changes. */
  readonly touched: ReadonlySet<string>;
  readonly deeds: readonly Deed[];
}

/** Plays the task's solution; undefined if it cannot be played from here or does not lead to the goal. */
export function goalOf(sandbox: Sandbox, task: string): Goal | undefined {
  const { run, cluster } = sandbox;
  const before = shapeOf(cluster);
  const deeds: Deed[] = [];
  try {
    for (const step of run.solution(task)) {
      const made = calls(run.world).length;
      const action = run.resolve(step);
      run.play(action);
      deeds.push(...deedsOf(action, run.world, made));
    }
  } catch {
    // A step that sets a field in a text that nobody can read.
    return undefined;
  }
  if (run.tasks.find(({ id }) => id === task)?.done !== true) return undefined;
  const shape = shapeOf(cluster);
  const keys = [...new Set([...before.keys(), ...shape.keys()])];
  const touched = new Set(keys.filter((key) => !same(before.get(key), shape.get(key))));
  return { shape, touched, deeds: [...new Map(deeds.map((deed) => [JSON.stringify(deed), deed])).values()] };
}

/** The goal beside the cluster as it stands. */
export function goalView({ shape, touched, deeds }: Goal, cluster: Cluster): GoalView {
  const now = shapeOf(cluster);
  // Services first, as the drawing's centre.
  const keys = [...touched].sort(
    (a, b) => Number(b.startsWith('Service/')) - Number(a.startsWith('Service/')),
  );
  const boxes = keys.flatMap((key): GoalBox[] => {
    const [have, want] = [now.get(key), shape.get(key)];
    const box = want ?? have;
    if (!box) return [];
    return [
      {
        kind: box.kind,
        name: box.name,
        now: have !== undefined,
        goal: want !== undefined,
        differs: have?.spec !== want?.spec,
        rows: rowsOf(have, want),
      },
    ];
  });
  return { boxes, deeds };
}

const same = (a: ShapeBox | undefined, b: ShapeBox | undefined): boolean =>
  a?.spec === b?.spec && JSON.stringify(a?.rows) === JSON.stringify(b?.rows);

function rowsOf(now: ShapeBox | undefined, goal: ShapeBox | undefined): readonly GoalRow[] {
  const rows = new Map<string, GoalRow>();
  const key = ({ field, name }: ShapeRow): string => `${field} ${name}`;
  const amount = ({ value, rules }: ShapeRow): Amount => ({
    value,
    ...(rules === undefined ? {} : { rules }),
  });
  for (const row of now?.rows ?? [])
    rows.set(key(row), { field: row.field, name: row.name, now: amount(row) });
  for (const row of goal?.rows ?? [])
    rows.set(key(row), { field: row.field, name: row.name, ...rows.get(key(row)), goal: amount(row) });
  const order = (row: GoalRow): number => FIELDS.indexOf(row.field);
  return [...rows.values()].sort((a, b) => order(a) - order(b));
}
const FIELDS: readonly ShapeRow['field'][] = ['type', 'port', 'ready', 'unready', 'count', 'chain'];

/** `made`: how many connections there were before the action. */
function deedsOf(action: ActionBody, world: World, made: number): readonly Deed[] {
  const call = calls(world).slice(made).at(-1);
  const outcome = call?.answered === true ? 'answered' : 'unanswered';
  switch (action.kind) {
    case 'predict':
      return [{ code: 'predict', params: { question: action.question } }];
    case 'answer':
      return [{ code: 'answer', params: {} }];
    case 'time':
      return [{ code: 'wait', params: {} }];
    case 'apply':
      return [{ code: 'edit', params: { file: action.file } }];
    case 'shell':
      return call
        ? [{ code: 'call', params: { outcome, from: sourceOf(call.from) } }]
        : [{ code: 'run', params: { terminal: action.terminal } }];
    case 'click': {
      if (!action.target.startsWith('packet:'))
        return [{ code: 'select', params: { what: action.target.slice(0, action.target.indexOf(':')) } }];
      // A packet that is no TCP connection has no answer to speak of.
      return [
        { code: 'packet', params: { outcome: call ? outcome : 'sent', from: packetSource(action.target) } },
      ];
    }
  }
}

const sourceOf = (from: { readonly pod?: string; readonly node?: string }): string =>
  from.pod !== undefined ? 'pod' : from.node !== undefined ? 'node' : 'outside';

const packetSource = (target: string): string => {
  const kind = /^packet:(\w+)\//.exec(target)?.[1];
  return kind === 'pod' || kind === 'node' ? kind : 'outside';
};
