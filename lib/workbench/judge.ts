// What somebody said of a packet beside what happened – with the rules' own probabilities, for where lots are drawn a guess may be right by
// luck. Pure and small: the page itself compares.
import type { Trace } from '@/lib/net/datapath/trace';
import type { Reason } from '@/lib/net/ruleset/types';
import type { PacketTrace } from './packet';

/** 'lot': one of several endpoints, by lot; 'error': refused or unreachable; 'silence': no answer; else the endpoint's "IP:port". */
export type End = 'lot' | 'error' | 'silence' | (string & {});

export interface Prediction {
  readonly end: End;
  /** The client's address as the server sees it; absent if no server is reached. */
  readonly source?: string;
}

/** One of the ways that the packet can go. */
export interface Way {
  readonly end: End;
  readonly probability: number;
}

/** Where a packet ended, in the terms of a prediction. */
export function endOf({ verdict, endpoint }: Pick<Trace, 'verdict' | 'endpoint'>): End {
  if (verdict === 'delivered') return endpoint ?? '';
  return verdict === 'dropped' ? 'silence' : 'error';
}

/** 'lot': it might have been so; the lot fell otherwise. */
export type Mark = 'right' | 'lot' | 'wrong';

export interface Judgement {
  readonly mark: Mark;
  /** A judged.… code of the packet catalogue. */
  readonly reason: Reason;
}

export interface Judged {
  readonly end: Judgement;
  /** Absent where no server was reached, or nothing was said. */
  readonly source?: Judgement;
}

/** Compares what was said with the way that the packet went; `ways` as they were before it was sent. */
export function judge(said: Prediction, ways: readonly Way[], trace: PacketTrace): Judged {
  const end = judgeEnd(said.end, ways, trace);
  if (trace.verdict !== 'delivered' || said.source === undefined) return { end };
  const seen = trace.sourceIPSeen ?? '';
  return {
    end,
    source: { mark: said.source === seen ? 'right' : 'wrong', reason: sourceReason(trace, seen) },
  };
}

function judgeEnd(said: End, ways: readonly Way[], trace: PacketTrace): Judgement {
  const actual = endOf(trace);
  const open = ways.filter(({ end }) => end !== 'error' && end !== 'silence');
  const shareOf = (end: End): number => ways.find((way) => way.end === end)?.probability ?? 0;
  const say = (mark: Mark, code: string, params: Reason['params'] = {}): Judgement => ({
    mark,
    reason: { code: `judged.${code}`, params: { end: actual, said, ...params } },
  });
  if (actual === 'error' || actual === 'silence') return say(said === actual ? 'right' : 'wrong', actual);
  if (said === 'lot')
    return open.length > 1 ? say('right', 'lot', { n: open.length }) : say('wrong', 'noLot');
  if (said === 'error' || said === 'silence') return say('wrong', 'answered');
  if (said === actual)
    return shareOf(actual) > 0.999_999
      ? say('right', 'only')
      : say('right', 'luck', { share: shareOf(actual) });
  const share = shareOf(said);
  return share > 0 ? say('lot', 'otherLot', { share }) : say('wrong', 'never');
}

/** Why the server sees the address that it sees. */
function sourceReason({ steps }: PacketTrace, seen: string): Reason {
  const request = steps.filter((step) => step.leg === 'request');
  const at = request.findLastIndex(
    ({ effect }) => effect.code === 'step.masquerade' || effect.code === 'step.snat',
  );
  const step = request[at];
  if (!step) return { code: 'judged.kept', params: { seen } };
  const marked = request.slice(0, at).findLast(({ effect }) => effect.code === 'step.mark');
  const by =
    marked && request.slice(0, request.indexOf(marked)).findLast(({ effect }) => effect.code === 'step.jump');
  const params = { seen, node: step.node, chain: step.chain ?? '' };
  return by?.chain === undefined
    ? { code: 'judged.rewritten', params }
    : { code: 'judged.masqueraded', params: { ...params, by: by.chain } };
}
