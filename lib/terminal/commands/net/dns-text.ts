// Answers in the layout of dig (bin/dig/dig.c, lib/dns/masterdump.c).
import { messageSize, type Answer, type Question, type ResourceRecord } from '@/lib/net/dns/message';
import { strftime } from '../../text/dates';

/** Fills up to a column with tabs, at least one blank. */
function indent(text: string, column: number): string {
  let width = 0;
  for (const c of text) width = c === '\t' ? (Math.floor(width / 8) + 1) * 8 : width + 1;
  if (width >= column) return `${text} `;
  let out = text;
  while (width < column) {
    out += '\t';
    width = (Math.floor(width / 8) + 1) * 8;
  }
  return out;
}

/** A record as a line of a zone file. */
export function recordLine({ name, ttl, type, data }: ResourceRecord): string {
  return indent(indent(indent(indent(name, 24) + ttl, 32) + 'IN', 40) + type, 48) + data;
}

export interface DigOutput {
  readonly question: Question;
  readonly answer: Answer;
  /** What was typed behind dig. */
  readonly command: string;
  readonly server: string;
  readonly port: number;
  readonly id: number;
  readonly now: number;
  readonly tcp: boolean;
}

/** The whole output of one question. */
export function digText({ question, answer, command, server, port, id, now, tcp }: DigOutput): string {
  const { answers, authority, additional } = answer;
  const flags = ['qr', ...(answer.authoritative ? ['aa'] : []), 'rd', ...(answer.recursive ? ['ra'] : [])];
  const local = question.name.toLowerCase().endsWith('.local.');
  const section = (title: string, records: readonly ResourceRecord[]): string[] =>
    records.length ? [`;; ${title} SECTION:`, ...records.map(recordLine), ''] : [];
  return [
    '',
    `; <<>> DiG ${VERSION} <<>> ${command}`,
    ';; global options: +cmd',
    ';; Got answer:',
    ...(local
      ? [
          ';; WARNING: .local is reserved for Multicast DNS',
          ';; You are currently testing what happens when an mDNS query is leaked to DNS',
        ]
      : []),
    `;; ->>HEADER<<- opcode: QUERY, status: ${answer.status}, id: ${id}`,
    `;; flags: ${flags.join(' ')}; QUERY: 1, ANSWER: ${answers.length}, AUTHORITY: ${authority.length}, ADDITIONAL: ${additional.length + 1}`,
    ...(answer.recursive ? [] : [';; WARNING: recursion requested but not available']),
    '',
    ';; OPT PSEUDOSECTION:',
    '; EDNS: version: 0, flags:; udp: 1232',
    `; COOKIE: ${cookie(id)}${answer.recursive ? ' (good)' : ' (echoed)'}`,
    ';; QUESTION SECTION:',
    `${indent(indent(`;${question.name}`, 32) + 'IN', 40)}${question.type}`,
    '',
    ...section('ANSWER', answers),
    ...section('AUTHORITY', authority),
    ...section('ADDITIONAL', additional),
    ';; Query time: 0 msec',
    `;; SERVER: ${server}#${port}(${server}) (${tcp ? 'TCP' : 'UDP'})`,
    `;; WHEN: ${strftime('%a %b %d %H:%M:%S UTC %Y', now)}`,
    `;; MSG SIZE  rcvd: ${messageSize(question, answer)}`,
    '',
    '',
  ].join('\n');
}

export const VERSION = '9.18.28-1~deb12u2-Debian';

/** Eight bytes that belong to a query. */
function cookie(id: number): string {
  let value = (id * 2_654_435_761) >>> 0;
  let out = '';
  for (let i = 0; i < 2; i++) {
    value = (Math.imul(value, 1_664_525) + 1_013_904_223) >>> 0;
    out += value.toString(16).padStart(8, '0');
  }
  return out;
}
