// Priorities of base chains by name, as `nft list` prints them.
import type { NftBase, NftFamily } from './types';

/** Named priorities of ip, ip6 and inet (nftables src/rule.c std_prios): dstnat and srcnat only where they belong. */
const STANDARD: readonly {
  readonly name: string;
  readonly value: number;
  readonly hook?: NftBase['hook'];
}[] = [
  { name: 'raw', value: -300 },
  { name: 'mangle', value: -150 },
  { name: 'dstnat', value: -100, hook: 'prerouting' },
  { name: 'filter', value: 0 },
  { name: 'security', value: 50 },
  { name: 'srcnat', value: 100, hook: 'postrouting' },
];

export function priorityText(priority: number, hook: NftBase['hook'], family: NftFamily): string {
  if (!['ip', 'ip6', 'inet'].includes(family)) return String(priority);
  const near = STANDARD.find(
    (s) => Math.abs(priority - s.value) <= 10 && (s.hook === undefined || s.hook === hook),
  );
  if (!near) return String(priority);
  const offset = priority - near.value;
  if (offset === 0) return near.name;
  return `${near.name} ${offset < 0 ? '-' : '+'} ${Math.abs(offset)}`;
}

/** The number of a named priority. */
export const standardPriority = (name: string): number | undefined =>
  STANDARD.find((s) => s.name === name)?.value;
