// BusyBox's nslookup (networking/nslookup.c, FEATURE_NSLOOKUP_BIG): every question of the search path is asked, and every answer shown.
import { parseIp } from '@/lib/core/ip';
import {
  canonicalName,
  RECORD_TYPES,
  reverseName,
  type Answer,
  type RecordType,
} from '@/lib/net/dns/message';
import { askServer, resolve, resolverOf } from '../../net/resolver';
import type { CommandContext, Process } from '../../types';

/** Milliseconds that each server has for all answers. */
const PATIENCE_MS = 5000;

export function* nslookup(context: CommandContext): Process {
  const types: RecordType[] = [];
  const words: string[] = [];
  for (const word of context.args) {
    const [, type] = /^-(?:ty?p?e?|q\w*)=(\w*)$/.exec(word) ?? [];
    if (type !== undefined && !RECORD_TYPES.includes(type.toUpperCase())) {
      yield { kind: 'stderr', text: `nslookup: invalid query type "${type}"\n` };
      return 1;
    }
    if (type !== undefined) types.push(type.toUpperCase() as RecordType);
    else if (!word.startsWith('-')) words.push(word);
  }
  const [name, given] = words;
  if (name === undefined || words.length > 2) {
    yield { kind: 'stderr', text: 'Usage: nslookup [-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]\n' };
    return 1;
  }
  const config = resolverOf(context);
  const pointer = types.length === 0 ? reverseName(name) : undefined;
  const searches =
    given === undefined && pointer === undefined && !name.includes('.') && config.search.length > 0;
  const names = searches ? config.search.map((domain) => `${name}.${domain}`) : [pointer ?? name];
  const asked = pointer ? (['PTR'] as const) : types.length ? types : (['A', 'AAAA'] as const);
  for (const server of given === undefined ? config.nameservers : [given]) {
    const address = parseIp(server) ? server : (yield* resolve(server, context))?.addresses[0];
    if (address === undefined) {
      yield { kind: 'stderr', text: `nslookup: bad address '${server}'\n` };
      return 1;
    }
    const queries = asked.flatMap((type) => names.map((n) => ({ name: n.replace(/\.$/, ''), type })));
    const results = queries.map(({ name: n, type }) => ({
      name: n,
      result: askServer({ name: canonicalName(n), type }, address, context),
    }));
    if (results.some(({ result }) => result === 'refused')) {
      yield { kind: 'stderr', text: `nslookup: write to '${server}': Connection refused\n` };
      continue;
    }
    const answers = results.flatMap(({ name: n, result }) =>
      typeof result === 'string' ? [] : [{ name: n, answer: result }],
    );
    if (answers.length === 0) {
      yield { kind: 'wait', ms: PATIENCE_MS };
      continue;
    }
    const numeric = address.includes(':') ? `[${address}]` : address;
    const told = answers.map(({ name: n, answer }) => `${answerText(n, answer)}\n`).join('');
    yield { kind: 'stdout', text: `Server:\t\t${server}\nAddress:\t${numeric}:53\n\n${told}` };
    return answers.every(({ answer }) => answer.status === 'NOERROR') ? 0 : 1;
  }
  yield { kind: 'stdout', text: ';; connection timed out; no servers could be reached\n\n' };
  return 1;
}

const KINDS: Readonly<Partial<Record<RecordType, string>>> = {
  CNAME: 'canonical name',
  PTR: 'name',
  SRV: 'service',
  MX: 'mail exchanger',
  NS: 'nameserver',
  TXT: 'text',
};

function answerText(name: string, { status, authoritative, answers }: Answer): string {
  if (status !== 'NOERROR') return `** server can't find ${name}: ${status}\n`;
  const plain = (text: string): string => text.replace(/\.$/, '');
  const lines = answers.map((a) =>
    a.type === 'A' || a.type === 'AAAA'
      ? `Name:\t${plain(a.name)}\nAddress: ${a.data}\n`
      : `${plain(a.name)}\t${KINDS[a.type] ?? a.type.toLowerCase()} = ${plain(a.data)}\n`,
  );
  return (authoritative ? '' : 'Non-authoritative answer:\n') + lines.join('');
}
