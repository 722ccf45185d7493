// Names of the per-service chains: pkg/proxy/iptables/proxier.go portProtoHash, servicePortPolicyClusterChain and its kin.
import { hash16 } from '../name-hash';

// The hash is a pure function of its text and every node asks for the same ones.
const KEPT = 200_000;
const known = new Map<string, string>();
function keptHash(text: string): string {
  const kept = known.get(text);
  if (kept) return kept;
  if (known.size >= KEPT) known.clear();
  const name = hash16(text);
  known.set(text, name);
  return name;
}

/** The four chains that a service port may have; `portName` is "ns/name:port", `protocol` in lower case. */
export function serviceChains(
  portName: string,
  protocol: string,
): { svc: string; svl: string; ext: string; fw: string } {
  const hash = keptHash(portName + protocol);
  return { svc: `KUBE-SVC-${hash}`, svl: `KUBE-SVL-${hash}`, ext: `KUBE-EXT-${hash}`, fw: `KUBE-FW-${hash}` };
}

/** `endpoint` is "ip:port". */
export const endpointChain = (portName: string, protocol: string, endpoint: string): string =>
  'KUBE-SEP-' + keptHash(portName + protocol + endpoint);

/** Chains of these prefixes belong to Services: kube-proxy deletes those it does not know. */
export const isServiceChain = (chain: string): boolean => /^KUBE-(SVC|SVL|EXT|FW|SEP)-/.test(chain);

/** 1/n as kube-proxy prints it: fmt.Sprintf("%0.10f"). */
export const probability = (n: number): string => (1 / n).toFixed(10);
