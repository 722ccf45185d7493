// Tables as commands name them.
import type { Token, TokenReader } from '@/lib/net/nft/lexer';
import type { NftRuleset, NftTable } from '@/lib/net/nft/types';
import { NftFault } from './fault';

export const NO_FILE = 'No such file or directory';
const FAMILIES = new Set<string>(['ip', 'ip6', 'inet', 'arp', 'bridge', 'netdev']);

export const isFamily = (word: string): boolean => FAMILIES.has(word);

/** [FAMILY] TABLE: the table; ip where no family is said. */
export function namedTable(
  r: TokenReader,
  tables: NftRuleset,
  message = NO_FILE,
): { readonly table: NftTable; readonly token: Token } {
  const family = isFamily(r.word()) ? r.next().text : 'ip';
  const token = r.next('a table');
  const table = tables.find((t) => t.family === family && t.name === token.text);
  if (!table) throw new NftFault(message, token);
  return { table, token };
}
