// Handles of rules, by which `nft delete rule` names them. The form keeps handles of chains and sets only; those of rules follow from
// their places and hold until the table changes.
import type { TokenReader } from '@/lib/net/nft/lexer';
import { numberOf } from '@/lib/net/nft/parse-expr';
import type { NftRule, NftRuleset, NftTable } from '@/lib/net/nft/types';
import { namedTable, NO_FILE } from './names';
import { NftFault } from './fault';

/** The handle of each rule of a table. */
export function ruleHandles(table: NftTable): ReadonlyMap<NftRule, number> {
  const handles = new Map<NftRule, number>();
  let next = table.handles;
  const chains = [...table.chains.values()].sort((a, b) => a.handle - b.handle);
  for (const chain of chains) for (const rule of chain.rules) handles.set(rule, ++next);
  return handles;
}

/** delete rule [FAMILY] TABLE CHAIN handle N */
export function deleteByHandle(r: TokenReader, tables: NftRuleset): NftRuleset {
  r.next();
  r.next();
  const { table } = namedTable(r, tables, `Could not process rule: ${NO_FILE}`);
  const name = r.next('a chain');
  r.expect('handle');
  const at = r.peek();
  const wanted = numberOf(r);
  const chain = table.chains.get(name.text);
  if (!chain) throw new NftFault(`Could not process rule: ${NO_FILE}`, name);
  const handles = ruleHandles(table);
  const rules = chain.rules.filter((rule) => handles.get(rule) !== wanted);
  if (rules.length === chain.rules.length) throw new NftFault(`Could not process rule: ${NO_FILE}`, at);
  const { name: own, base, comment, handle } = chain;
  const next = {
    name: own,
    handle,
    rules,
    ...(base ? { base } : {}),
    ...(comment === undefined ? {} : { comment }),
  };
  return tables.map((t) => (t === table ? { ...t, chains: t.chains.set(own, next) } : t));
}
