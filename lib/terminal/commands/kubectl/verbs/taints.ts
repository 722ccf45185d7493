// Taints on the command line: k8s.io/kubectl pkg/cmd/taint/utils.go.
import { Failure } from '../run/errors';
import { qualifiedNameProblem } from './label-syntax';

export interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: string;
  readonly timeAdded?: string;
}

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

function parsed(spec: string): Taint {
  const [head = '', effect = '', ...more] = spec.split(':');
  // Without an effect all of it is the key.
  const [key = '', value = '', ...rest] = spec.includes(':') ? head.split('=') : [spec];
  if (more.length > 0 || rest.length > 0) throw new Failure(`invalid taint spec: ${spec}`);
  if (effect !== '' && !EFFECTS.includes(effect))
    throw new Failure(`invalid taint effect: ${effect}, unsupported taint effect`);
  const problem = qualifiedNameProblem(key);
  if (problem !== undefined) throw new Failure(`invalid taint spec: ${spec}, ${problem}`);
  return { key, ...(value === '' ? {} : { value }), effect };
}

/** What to add and what to remove. */
export function taintChanges(specs: readonly string[]): {
  readonly add: readonly Taint[];
  readonly remove: readonly Taint[];
} {
  const add: Taint[] = [];
  const remove: Taint[] = [];
  for (const spec of specs) {
    if (spec.endsWith('-')) {
      remove.push(parsed(spec.slice(0, -1)));
      continue;
    }
    const taint = parsed(spec);
    if (taint.effect === '') throw new Failure(`invalid taint spec: ${spec}`);
    if (add.some((t) => t.key === taint.key && t.effect === taint.effect))
      throw new Failure(
        `duplicated taints with the same key and effect: {${taint.key} ${taint.value ?? ''} ${taint.effect} <nil>}`,
      );
    add.push(taint);
  }
  return { add, remove };
}

/** The taints after the change and what is said of it. */
export function withTaints(
  node: string,
  before: readonly Taint[],
  add: readonly Taint[],
  remove: readonly Taint[],
  overwrite: boolean,
): { readonly taints: readonly Taint[]; readonly operation: string } {
  const same = (a: Taint, b: Taint): boolean => a.key === b.key && a.effect === b.effect;
  const clash = overwrite ? [] : add.filter((t) => before.some((b) => same(b, t)));
  if (clash.length > 0)
    throw new Failure(
      `node ${node} already has ${clash.map((t) => t.key).join(',')} taint(s) with same effect(s) and --overwrite is false`,
    );
  const gone = (t: Taint): boolean =>
    remove.some((r) => r.key === t.key && (r.effect === '' || r.effect === t.effect));
  const missing = remove.filter(
    (r) => !before.some((b) => b.key === r.key && (r.effect === '' || r.effect === b.effect)),
  );
  const [first] = missing;
  if (first)
    throw new Failure(`taint "${first.key}${first.effect === '' ? '' : `:${first.effect}`}" not found`);
  const kept = before.filter((t) => !gone(t) && !add.some((a) => same(a, t)));
  const modified = add.some((a) => before.some((b) => same(a, b)));
  const operation =
    remove.length > 0 && add.length === 0
      ? 'untainted'
      : modified || (remove.length > 0 && add.length > 0)
        ? 'modified'
        : 'tainted';
  return { taints: [...add, ...kept], operation };
}
