// What checks may ask about names: every question that reached a DNS server of the cluster – from dig, from curl, from any program – and
// what it was answered.
import type { Answer, Question } from '@/lib/net/dns/message';
import type { MadeCall } from './calls';
import type { World } from './types';

export interface Lookup {
  /** Virtual time, ms. */
  readonly at: number;
  /** Who asked. */
  readonly from: MadeCall['from'];
  /** As it was asked, without the dot at the end: "web.default.svc.cluster.local". */
  readonly name: string;
  readonly type: Question['type'];
  readonly status: Answer['status'];
  /** Types and data of the answer's records, in order. */
  readonly records: readonly { readonly type: Question['type']; readonly data: string }[];
}

/** Questions in the order in which they were asked. */
export const lookups = (world: World): readonly Lookup[] =>
  world.connections.flatMap(({ at, call, said }) => {
    if (!said?.dns) return [];
    const { question, answer } = said.dns;
    return [
      {
        at,
        from: call.from,
        name: question.name.toLowerCase().replace(/\.$/, ''),
        type: question.type,
        status: answer.status,
        records: answer.answers.map(({ type, data }) => ({ type, data })),
      },
    ];
  });

/** The addresses in an answer. */
export const addressesIn = ({ records }: Lookup): readonly string[] =>
  records.filter(({ type }) => type === 'A').map(({ data }) => data);
