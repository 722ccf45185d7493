// DNS as tcpdump prints it (print-domain.c): "4660+ A? web.default.svc.cluster.local. (47)".
import type { Answer, Question, ResourceRecord } from '@/lib/net/dns/message';
import { messageSize } from '@/lib/net/dns/message';

/** messageSize counts the OPT record with the cookie that dig sends along. */
const OPT_AND_COOKIE = 23;
const NOTHING: Answer = {
  status: 'NOERROR',
  authoritative: false,
  recursive: false,
  answers: [],
  authority: [],
  additional: [],
};
const RCODES: Readonly<Record<Answer['status'], string>> = {
  NOERROR: '',
  NXDOMAIN: ' NXDomain',
  SERVFAIL: ' ServFail',
  REFUSED: ' Refused',
};

export function dnsQuery(question: Question, id: number): { readonly text: string; readonly size: number } {
  const size = messageSize(question, NOTHING) - OPT_AND_COOKIE;
  return { text: `${id}+ ${question.type}? ${question.name} (${size})`, size };
}

export function dnsResponse(question: Question, answer: Answer, id: number) {
  const { status, authoritative, recursive, answers, authority, additional } = answer;
  const size = messageSize(question, answer) - OPT_AND_COOKIE;
  const head = `${id}${RCODES[status]}${authoritative ? '*' : ''}${recursive ? '' : '-'}`;
  const counts = `${answers.length}/${authority.length}/${additional.length}`;
  const records = (one: (record: ResourceRecord) => string): string =>
    answers.length ? ` ${answers.map(one).join(', ')}` : '';
  return {
    text: `${head} ${counts}${records(({ type, data }) => `${type} ${data}`)} (${size})`,
    longText: `${head} q: ${question.type}? ${question.name} ${counts}${records(({ name, type, data }) => `${name} ${type} ${data}`)} (${size})`,
    size,
  };
}
