// Which chains and sets of a table are used by its rules and elements: the kernel deletes no object that is.
import type { NftElement, NftStatement, NftTable } from './types';

export interface NftReferences {
  chain(name: string): boolean;
  set(name: string): boolean;
}

/** Walks the whole table; for single deletions. */
export function references(table: NftTable): NftReferences {
  const chains = new Set<string>();
  const sets = new Set<string>();
  for (const chain of table.chains.values())
    for (const rule of chain.rules) for (const s of rule.statements) note(s, chains, sets);
  for (const set of table.sets.values())
    for (const { verdict } of set.elements.values()) noteVerdict(verdict, chains);
  return { chain: (name) => chains.has(name), set: (name) => sets.has(name) };
}

/** Adds what statements name, as "chain NAME" and "set NAME". */
export function noteUses(statements: readonly NftStatement[], uses: Set<string>): void {
  const chains = new Set<string>();
  const sets = new Set<string>();
  for (const s of statements) note(s, chains, sets);
  for (const name of chains) uses.add(`chain ${name}`);
  for (const name of sets) uses.add(`set ${name}`);
}

function noteVerdict(verdict: NftElement['verdict'], chains: Set<string>): void {
  if (verdict && 'chain' in verdict) chains.add(verdict.chain);
}

function note(s: NftStatement, chains: Set<string>, sets: Set<string>): void {
  if (s.kind === 'verdict') noteVerdict(s.verdict, chains);
  else if (s.kind === 'vmap') sets.add(s.map);
  else if (s.kind === 'vmap-literal') for (const e of s.entries) noteVerdict(e.verdict, chains);
  else if (s.kind === 'dynset') sets.add(s.set);
  else if (s.kind === 'match' && s.right.kind === 'set') sets.add(s.right.name);
}
