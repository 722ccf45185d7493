import { contains, parseCidr, parseIp } from '@/lib/core/ip';

/** Whether a CIDR's text holds an address; false if either is none. */
export function cidrContains(range: string, address: string): boolean {
  const cidr = parseCidr(range);
  const ip = parseIp(address);
  return cidr !== undefined && ip !== undefined && contains(cidr, ip);
}
