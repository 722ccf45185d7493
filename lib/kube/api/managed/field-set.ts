// Sets of field paths, as managedFields hold them (FieldsV1): sigs.k8s.io/structured-merge-diff/v4/fieldpath. A step of a path is
// written as in FieldsV1: "f:name", 'k:{"port":80,"protocol":"TCP"}', 'v:"item"'.

export interface FieldSet {
  /** Whether the path to here is in the set. */
  readonly member: boolean;
  readonly children: ReadonlyMap<string, FieldSet>;
}

export const NO_FIELDS: FieldSet = { member: false, children: new Map() };
export const LEAF: FieldSet = { member: true, children: new Map() };

export const isEmptySet = ({ member, children }: FieldSet): boolean => !member && children.size === 0;

/** A set from the sets below it; what is empty is left out. */
export function setOf(member: boolean, children: Iterable<readonly [string, FieldSet]>): FieldSet {
  const kept = new Map([...children].filter(([, child]) => !isEmptySet(child)));
  return member || kept.size > 0 ? { member, children: kept } : NO_FIELDS;
}

export function union(a: FieldSet, b: FieldSet): FieldSet {
  if (isEmptySet(a)) return b;
  if (isEmptySet(b)) return a;
  const children = new Map(a.children);
  for (const [step, child] of b.children) {
    const known = children.get(step);
    children.set(step, known ? union(known, child) : child);
  }
  return { member: a.member || b.member, children };
}

/** The paths of `a` that are not in `b`. */
export function difference(a: FieldSet, b: FieldSet): FieldSet {
  if (isEmptySet(a) || isEmptySet(b)) return a;
  return setOf(
    a.member && !b.member,
    [...a.children].map(([step, child]) => [step, difference(child, b.children.get(step) ?? NO_FIELDS)]),
  );
}

export function intersection(a: FieldSet, b: FieldSet): FieldSet {
  if (isEmptySet(a) || isEmptySet(b)) return NO_FIELDS;
  return setOf(
    a.member && b.member,
    [...a.children].map(([step, child]) => [step, intersection(child, b.children.get(step) ?? NO_FIELDS)]),
  );
}

export function sameSet(a: FieldSet, b: FieldSet): boolean {
  return (
    a.member === b.member &&
    a.children.size === b.children.size &&
    [...a.children].every(([step, child]) => {
      const other = b.children.get(step);
      return other !== undefined && sameSet(child, other);
    })
  );
}

/** The set with the paths that lead to its members: what is below keeps what is above. */
export function withParents({ member, children }: FieldSet): FieldSet {
  const below = [...children].map(([step, child]) => [step, withParents(child)] as const);
  return { member: member || children.size > 0, children: new Map(below) };
}

/** The set without everything at and below a path. */
export function without(set: FieldSet, [step, ...rest]: readonly string[]): FieldSet {
  const child = step === undefined ? undefined : set.children.get(step);
  if (step === undefined || !child) return step === undefined ? NO_FIELDS : set;
  const children = new Map(set.children).set(step, without(child, rest));
  return setOf(set.member, children);
}

export type FieldsV1 = { readonly [step: string]: FieldsV1 };

/** As managedFields write it: "." stands for the path itself if there is more below it. */
export function toFieldsV1(set: FieldSet): FieldsV1 {
  const steps = [...set.children.keys()].sort();
  const below = steps.map((step): [string, FieldsV1] => {
    const child = set.children.get(step) ?? LEAF;
    const fields = toFieldsV1(child);
    return [step, child.member && child.children.size > 0 ? { '.': {}, ...fields } : fields];
  });
  return Object.fromEntries(below);
}

export function fromFieldsV1(fields: FieldsV1): FieldSet {
  const children = Object.entries(fields).flatMap(([step, below]): [string, FieldSet][] => {
    if (step === '.') return [];
    const set = fromFieldsV1(below);
    const isLeaf = Object.keys(below).length === 0;
    return [[step, { member: isLeaf || Object.hasOwn(below, '.'), children: set.children }]];
  });
  return setOf(false, children);
}

/** The paths of a set as messages name them: .spec.ports[port=80,protocol="TCP"].targetPort */
export function pathsOf(set: FieldSet, prefix = ''): readonly string[] {
  const own = set.member && prefix !== '' ? [prefix] : [];
  const steps = [...set.children.keys()].sort();
  return [
    ...own,
    ...steps.flatMap((step) => pathsOf(set.children.get(step) ?? NO_FIELDS, prefix + stepText(step))),
  ];
}

function stepText(step: string): string {
  if (step.startsWith('f:')) return `.${step.slice(2)}`;
  if (step.startsWith('v:')) return `[=${step.slice(2)}]`;
  const keys = JSON.parse(step.slice(2)) as Readonly<Record<string, unknown>>;
  const parts = Object.keys(keys)
    .sort()
    .map((key) => `${key}=${JSON.stringify(keys[key])}`);
  return `[${parts.join(',')}]`;
}
