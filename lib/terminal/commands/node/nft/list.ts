// `nft list …`
import type { TokenReader } from '@/lib/net/nft/lexer';
import { listChain, listHeads, listRuleset, listSet, listTable, type ListOptions } from '@/lib/net/nft/list';
import type { NftRuleset, NftTable } from '@/lib/net/nft/types';
import { ruleHandles } from './handles';
import { isFamily, namedTable, NO_FILE } from './names';
import { NftFault } from './fault';

interface Asked {
  readonly handles: boolean;
  readonly terse: boolean;
  readonly stateless: boolean;
  readonly now: number;
}

/** Reads what is to be listed, after the word list. */
export function listCommand(r: TokenReader, tables: NftRuleset, asked: Asked): string {
  const what = r.next('an object').text;
  const options = (table: NftTable): ListOptions => ({
    now: asked.now,
    terse: asked.terse,
    stateless: asked.stateless,
    ...(asked.handles ? { handles: ruleHandles(table), tableHandle: tables.indexOf(table) + 1 } : {}),
  });
  switch (what) {
    case 'ruleset':
      return ofFamily(r, tables)
        .map((t) => listRuleset([t], options(t)))
        .join('');
    case 'tables':
      return ofFamily(r, tables)
        .map((t) => `table ${t.family} ${t.name}\n`)
        .join('');
    case 'table': {
      const { table } = namedTable(r, tables);
      return listTable(table, options(table));
    }
    case 'chains':
    case 'sets':
    case 'maps':
      return ofFamily(r, tables)
        .map((t) => listHeads(t, what, options(t)))
        .join('');
    case 'chain':
    case 'set':
    case 'map':
      return oneObject(r, what, tables, options);
    default:
      r.position--;
      return r.fail(`"${what}" cannot be listed`);
  }
}

function ofFamily(r: TokenReader, tables: NftRuleset): NftRuleset {
  if (!isFamily(r.word())) return tables;
  const family = r.next().text;
  return tables.filter((t) => t.family === family);
}

function oneObject(
  r: TokenReader,
  what: 'chain' | 'set' | 'map',
  tables: NftRuleset,
  options: (table: NftTable) => ListOptions,
): string {
  const { table } = namedTable(r, tables);
  const name = r.next(`a ${what}`);
  if (what === 'chain') {
    const chain = table.chains.get(name.text);
    if (!chain) throw new NftFault(NO_FILE, name);
    return listChain(table, chain, options(table));
  }
  const set = table.sets.get(name.text);
  if (!set || (set.mapTo === undefined) !== (what === 'set')) throw new NftFault(NO_FILE, name);
  return listSet(table, set, options(table));
}
