// `nft list …`
import type { TokenReader } from '@/lib/net/nft/lexer';
import { listChain, listHeads, listRuleset, listSet, listTable, type ListOptions } from '@/lib/net/nft/list';
import type { Numeric } from '@/lib/net/nft/numeric';
import { isXtTable } from '@/lib/net/nft/xtables';
import type { NftChain, NftRuleset, NftTable } from '@/lib/net/nft/types';
import { ruleHandles } from './handles';
import { isFamily, namedTable, NO_FILE } from './names';
import { NftFault } from './fault';

interface Asked {
  readonly handles: boolean;
  readonly terse: boolean;
  readonly stateless: boolean;
  readonly numeric: Numeric | undefined;
  readonly now: number;
}

export interface Listing {
  readonly text: string;
  /** What nft says on stderr of tables that iptables manages. */
  readonly warnings: string;
}

/** Reads what is to be listed, after the word list. */
export function listCommand(r: TokenReader, tables: NftRuleset, asked: Asked): Listing {
  const what = r.next('an object').text;
  const options = (table: NftTable): ListOptions => ({
    now: asked.now,
    terse: asked.terse,
    stateless: asked.stateless,
    ...(asked.numeric ? { numeric: asked.numeric } : {}),
    ...(asked.handles ? { handles: ruleHandles(table), tableHandle: tables.indexOf(table) + 1 } : {}),
  });
  switch (what) {
    case 'ruleset':
      return whole(
        ofFamily(r, tables),
        (t) => listRuleset([t], options(t)),
        (t) => warning(t),
      );
    case 'tables':
      return whole(ofFamily(r, tables), (t) => `table ${t.family} ${t.name}\n`);
    case 'table': {
      const { table } = namedTable(r, tables);
      return { text: listTable(table, options(table)), warnings: warning(table) };
    }
    case 'chains':
    case 'sets':
    case 'maps':
      return whole(ofFamily(r, tables), (t) => listHeads(t, what, options(t)));
    case 'chain':
    case 'set':
    case 'map':
      return oneObject(r, what, tables, options);
    default:
      r.position--;
      return r.fail(`"${what}" cannot be listed`);
  }
}

const whole = (
  tables: NftRuleset,
  print: (table: NftTable) => string,
  warn: (table: NftTable) => string = () => '',
): Listing => ({ text: tables.map(print).join(''), warnings: tables.map(warn).join('') });

/** nft src/rule.c table_print_xt: of tables in which rules are made of iptables' extensions, as far as they are listed. */
function warning(table: NftTable, chain?: NftChain): string {
  const meant = isXtTable(table) && (chain ? table.translated.has(chain.name) : table.translated.size > 0);
  return meant
    ? `# Warning: table ${table.family} ${table.name} is managed by iptables-nft, do not touch!\n`
    : '';
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
): Listing {
  const { table } = namedTable(r, tables);
  const name = r.next(`a ${what}`);
  if (what === 'chain') {
    const chain = table.chains.get(name.text);
    if (!chain) throw new NftFault(NO_FILE, name);
    return { text: listChain(table, chain, options(table)), warnings: warning(table, chain) };
  }
  const set = table.sets.get(name.text);
  if (!set || (set.mapTo === undefined) !== (what === 'set')) throw new NftFault(NO_FILE, name);
  return { text: listSet(table, set, options(table)), warnings: '' };
}
