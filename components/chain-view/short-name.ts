// Names as they fit into a box; the whole name is always in the title, the drawer and the text view.

/** kube-proxy's nftables names: endpoint-5OJB2KTY-ns1/svc1/tcp/p80__10.180.0.1/80. */
const NFT_HASHED = /^(service|local|external|firewall|endpoint|affinity)-([A-Z2-7]{8})-./;
const HASHED = /^KUBE-((?:SVC|SVL|EXT|FW|SEP)-)([A-Z0-9]+)$/;

/** "KUBE-SVC-BN4YOQVCCNELCXQK" → "SVC-BN4Y…CXQK", "KUBE-SEP-3ZSH…" → "SEP-3ZSH…"; other chains keep their name. */
export function shortChain(name: string): string {
  const [, prefix, start = ''] = NFT_HASHED.exec(name) ?? [];
  // An endpoint's share stands beside its name.
  if (prefix !== undefined) return `${prefix}-${start.slice(0, prefix === 'endpoint' ? 2 : 4)}…`;
  const match = HASHED.exec(name);
  if (!match) return name;
  const [, kind = '', hash = ''] = match;
  if (hash.length <= 9) return kind + hash;
  return kind === 'SEP-' ? `${kind}${hash.slice(0, 4)}…` : `${kind}${hash.slice(0, 4)}…${hash.slice(-4)}`;
}

/** "→ KUBE-MARK-MASQ" → "→ MASQ", "→ KUBE-SVC-BN4YOQVCCNELCXQK" → "→ SVC-BN4Y…CXQK". */
export function shortAction(action: string): string {
  if (!action.startsWith('→ ')) return action;
  const chain = action.slice(2);
  return `→ ${chain === 'KUBE-MARK-MASQ' ? 'MASQ' : shortChain(chain).replace(/^KUBE-/, '')}`;
}

/** Keeps the end of a Pod's name, which tells it from its siblings: "my-web-app-6d4cf56db6-w9z4t" → "my-web…w9z4t". */
export function shortPod(name: string, length: number): string {
  if (name.length <= length) return name;
  const end = name.slice(name.lastIndexOf('-') + 1).slice(-Math.floor(length / 2));
  return `${name.slice(0, length - end.length - 1)}…${end}`;
}

/** Cut at the end. */
export const cut = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, Math.max(1, length - 1))}…`;

/** "0.3333333333" → "0.3333", "0.5000000000" → "0.5": as much as fits on an edge. */
export function shortProbability(probability: string): string {
  const value = Number(probability);
  if (!Number.isFinite(value)) return probability;
  return probability.includes('.') ? probability.slice(0, 6).replace(/\.?0+$/, '') : probability;
}
