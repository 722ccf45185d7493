// Names outside the cluster. There is no internet here: names of the public kind have an address of those that are kept for
// documentation (RFC 5737, RFC 3849), always the same for a name; nobody answers there unless the cluster says so.
import type { Answer, Question, ResourceRecord } from './message';

const PUBLIC = ['com', 'org', 'net', 'io', 'dev', 'edu', 'gov', 'cn'];
const TTL = 300;

/** What the resolver outside the cluster answers. */
export function outsideAnswer(question: Question): Answer {
  const name = question.name.toLowerCase();
  const labels = name.slice(0, -1).split('.');
  const none: Answer = {
    status: 'NXDOMAIN',
    authoritative: false,
    recursive: true,
    answers: [],
    authority: [
      {
        name: '.',
        ttl: TTL,
        type: 'SOA',
        data: 'a.root-servers.net. nstld.verisign-grs.com. 2026010100 1800 900 604800 86400',
      },
    ],
    additional: [],
  };
  if (labels.length < 2 || !PUBLIC.includes(labels.at(-1) ?? '')) return none;
  const answers: ResourceRecord[] = [];
  if (question.type === 'A')
    answers.push({ name: question.name, ttl: TTL, type: 'A', data: `203.0.113.${1 + (hash(name) % 254)}` });
  if (question.type === 'AAAA')
    answers.push({
      name: question.name,
      ttl: TTL,
      type: 'AAAA',
      data: `2001:db8::${(1 + (hash(name) % 254)).toString(16)}`,
    });
  return { ...none, status: 'NOERROR', answers, authority: [] };
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const c of text) value = Math.imul(value ^ c.charCodeAt(0), 0x01000193) >>> 0;
  return value;
}
