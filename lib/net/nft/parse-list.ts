// `nft list ruleset` read back into the form.
import { err, ok, type Result } from '@/lib/core/result';
import { applyOperations } from './apply';
import type { NftParseError } from './lexer';
import { printOperation, type NftTransaction } from './operations';
import { parseTransaction } from './parse-transaction';
import type { NftRuleset, NftTable } from './types';
import { tableKey } from './types';

/** The tables that a text makes out of nothing. */
export function parseRuleset(text: string): Result<NftRuleset, NftParseError> {
  const parsed = parseTransaction(text);
  return parsed.ok ? carriedOut([], parsed.value) : parsed;
}

/** The tables after transactions, all or none of them. */
export function carriedOut(
  tables: NftRuleset,
  transactions: readonly NftTransaction[],
): Result<NftRuleset, NftParseError> {
  const byKey = new Map<string, NftTable>(tables.map((t) => [tableKey(t), t]));
  for (const { family, table: name, operations } of transactions) {
    const key = tableKey({ family, name });
    const done = applyOperations(family, name, byKey.get(key), operations());
    if (!done.ok) {
      const { operation, errno } = done.refusal;
      const where = printOperation(operation, `${family} ${name}`);
      return err({ line: 1, column: 1, message: `Could not process rule: ${errno}: ${where}` });
    }
    if (done.table) byKey.set(key, done.table);
    else byKey.delete(key);
  }
  return ok([...byKey.values()]);
}
