// Matches that the rule form keeps as words because kube-proxy does not write them: those that dumps of real nodes often have.
import type { Test } from './walk-env';

/** "80" or "80:90" as a test of a number. */
export function otherPortMatch(text: string): (port: number) => boolean {
  const [low = '', high = low] = text.split(':');
  const from = low === '' ? 0 : Number(low);
  const to = high === '' ? 65_535 : Number(high);
  return (port) => port >= from && port <= to;
}

/**
 * The test for the words of a match (`-m multiport --dports 80,443`). One that is not understood never matches: its rule then does
 * nothing, which the trace shows by not naming it.
 */
export function otherMatch(words: readonly string[]): Test | undefined {
  const [flag, module, ...rest] = words;
  if (flag !== '-m') return () => false;
  const negated = rest.includes('!');
  const value = (...names: readonly string[]): string | undefined => {
    const at = rest.findIndex((w) => names.includes(w));
    return at < 0 ? undefined : rest[at + 1];
  };
  switch (module) {
    case 'limit':
    case 'comment':
    case 'conntrack':
      return module === 'conntrack' ? () => false : undefined;
    case 'state': {
      const states = (value('--state') ?? '').split(',');
      return ({ tracking }) => states.includes(tracking?.state ?? 'UNTRACKED') !== negated;
    }
    case 'multiport':
      return multiport(value, negated);
    default:
      return () => false;
  }
}

function multiport(value: (...names: string[]) => string | undefined, negated: boolean): Test {
  const ranges = (text: string | undefined) => text?.split(',').map(otherPortMatch);
  const destination = ranges(value('--dports', '--destination-ports'));
  const source = ranges(value('--sports', '--source-ports'));
  const either = ranges(value('--ports'));
  return ({ tuple }) => {
    const d = tuple.destinationPort;
    const s = tuple.sourcePort;
    const holds =
      (destination?.some((r) => r(d)) ?? false) ||
      (source?.some((r) => r(s)) ?? false) ||
      (either?.some((r) => r(d) || r(s)) ?? false);
    return tuple.protocol !== 'icmp' && holds !== negated;
  };
}
