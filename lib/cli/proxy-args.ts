// Arguments that commands about kube-proxy share.
import type { IPFamily } from '@/lib/kube/types';
import { DEFAULT_VERSION, parseVersion, RULES_VERSIONS, type K8sVersion } from '@/lib/kube/versions';
import { proxyConfig } from '@/lib/proxy/config';
import { knowsNftables, nftablesAvailability } from '@/lib/proxy/nftables/availability';
import { UsageError } from './io';

/** The mode that was asked for, else the configuration's; a UsageError if this version of kube-proxy has it not. */
export function modeOf(
  given: string | undefined,
  config: unknown,
  version: K8sVersion,
): 'iptables' | 'nftables' {
  const mode = given ?? proxyConfig(config).mode;
  if (mode === 'iptables') return mode;
  if (mode === 'ipvs') throw new UsageError('mode ipvs is not modelled yet; use --mode iptables or nftables');
  if (mode !== 'nftables') throw new UsageError(`unknown mode "${mode}"; use iptables or nftables`);
  if (!knowsNftables(version))
    throw new UsageError(`kube-proxy ${version} has no nftables mode; use --k8s 1.29 or later`);
  const available = nftablesAvailability(version, proxyConfig(config).featureGates);
  if (given === undefined && !available.ok) throw new UsageError(available.error);
  return mode;
}

export function versionOf(text: string | undefined): K8sVersion {
  if (text === undefined) return DEFAULT_VERSION;
  const version = parseVersion(text);
  if (!version)
    throw new UsageError(`Kubernetes ${text} is not known; use one of ${RULES_VERSIONS.join(', ')}`);
  return version;
}

export function familyOf(text = 'IPv4'): IPFamily {
  if (text === 'IPv4' || text === 'IPv6') return text;
  throw new UsageError(`--ip-family "${text}"; use IPv4 or IPv6`);
}

export function seedOf(text = '1'): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError(`--seed "${text}" is no whole number`);
}
