// English that stays English in the Chinese text: names of programs, objects and fields, and the sentences that programs print.

/** What a learner sees on the screen of a program, word for word. */
const PRINTED = [
  'Could not resolve host',
  'Connection refused',
  'Connection timed out',
  'Connection reset by peer',
  'ICMP port unreachable',
  'No route to host',
  'Failed to connect to',
  'has no endpoints',
  'has no local endpoints',
  'nf_conntrack: table full, dropping packet',
];

/** Names that are several words. */
const NAMES = ['API server', 'Service VIP', 'TCP reset', 'Pod IP', 'Node IP', 'Kubernetes', 'Linux'];

const KEPT = [...PRINTED, ...NAMES];
const NAME =
  /^(?:[A-Z][A-Za-z]*|[a-z]+[A-Z][A-Za-z]*|[a-z]+-[a-z-]+|iptables|nftables|conntrack|kubectl|curl|dig|nft|rr|lc|or|and)$/;

/** Whether a run of Latin words consists of what is kept. */
export function isKept(run: string): boolean {
  const rest = KEPT.reduce((text, kept) => text.replaceAll(kept, ' '), run);
  return rest.split(/[\s,;:]+/).every((word) => word === '' || NAME.test(word));
}
