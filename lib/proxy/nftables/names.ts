// Names of per-service chains and sets: pkg/proxy/nftables/proxier.go servicePortChainNameBase, servicePortEndpointChainNameBase.
import { hash8 } from '../name-hash';

/** knftables.NameLengthMax less the longest prefix (16). */
const BASE_MAX = 240;

// A pure function of its text; every node asks for the same ones.
const KEPT = 200_000;
const known = new Map<string, string>();

/** "HASH-text", cut to 240 characters. */
function hashAndTruncate(text: string): string {
  const kept = known.get(text);
  if (kept) return kept;
  if (known.size >= KEPT) known.clear();
  const whole = `${hash8(text)}-${text}`;
  const name = whole.length > BASE_MAX ? `${whole.slice(0, BASE_MAX - 3)}...` : whole;
  known.set(text, name);
  return name;
}

export interface ServicePortName {
  readonly namespace: string;
  readonly name: string;
  /** spec.ports[].name, "" if none. */
  readonly servicePort: string;
  /** Lower case. */
  readonly protocol: string;
}

const pathOf = (s: ServicePortName): string => `${s.namespace}/${s.name}/${s.protocol}/${s.servicePort}`;

/** "ULMVA6XW-ns1/svc1/tcp/p80" */
export const servicePortNameBase = (s: ServicePortName): string => hashAndTruncate(pathOf(s));

/** "5OJB2KTY-ns1/svc1/tcp/p80__10.180.0.1/80" */
export function endpointNameBase(s: ServicePortName, ip: string, port: number | string): string {
  return hashAndTruncate(`${pathOf(s)}__${ip.replaceAll(':', '.')}/${port}`);
}

/** kube-proxy's own fixed chains have no slash in their names. */
export const isServiceChain = (name: string): boolean => name.includes('/');
export const isAffinitySet = (name: string): boolean => name.startsWith('affinity-');
