// Whether a kube-proxy starts with the configuration that its Pod mounts, and what it says if it does not. Models cmd/kube-proxy/app
// options.go (Complete, Validate) and pkg/proxy/apis/config/validation (validateProxyModeLinux). A kube-proxy that runs goes on with
// what it has read: the kubelet swaps the files of a ConfigMap under its watch, and it does not notice.
import { parseDocument } from 'yaml';
import type { ConfigMap, Container, Pod } from '@/lib/kube/types';
import { gateEnabled, minorOf, nftablesSupport, type K8sVersion } from '@/lib/kube/versions';
import type { End } from './command';
import { imageName } from './images';

type Fields = Readonly<Record<string, unknown>>;
const fields = (value: unknown): Fields =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Fields) : {};

interface Read {
  readonly text: string;
  readonly config: unknown;
  readonly line: number | undefined;
}
/** Every node reads the same text. */
let latest: Read | undefined;

function read(text: string): Read {
  if (latest?.text === text) return latest;
  const document = parseDocument(text);
  const [error] = document.errors;
  latest = {
    text,
    config: error ? {} : document.toJS(),
    line: error ? (error.linePos?.[0].line ?? 1) : undefined,
  };
  return latest;
}

/** The value of a configuration's text; {} if it cannot be read. */
export const readKubeProxyConfig = (text: string): unknown => read(text).config;

/** The error with which kube-proxy ends at once; undefined: it starts. */
export function kubeProxyFault(text: string, k8s: K8sVersion): string | undefined {
  const { config, line } = read(text);
  if (line !== undefined) return `failed complete: yaml: line ${line}: did not find expected key`;
  const gates = fields(fields(config)['featureGates']) as Readonly<Record<string, boolean>>;
  const gate = 'NFTablesProxyMode';
  if (gates[gate] !== undefined && nftablesSupport(k8s) === 'none')
    return `failed complete: unrecognized feature gate: ${gate}`;
  const mode = fields(config)['mode'] ?? '';
  const modes = ['iptables', 'ipvs', ...(gateEnabled(k8s, gate, gates) ? ['nftables'] : [])];
  if (mode === '' || modes.some((m) => m === mode)) return undefined;
  return `failed validate: KubeProxyConfiguration.Mode.ProxyMode: Invalid value: ${JSON.stringify(mode)}: must be ${modes.join(', ')} or blank (blank means the best-available proxy [currently iptables])`;
}

/** The text of the configuration that a container of kube-proxy is given; undefined: it is none, or has no ConfigMap. */
export function kubeProxyConfigOf(
  { metadata, spec }: Pod,
  { image = '', command = [], args = [], ...container }: Container,
  configMap: (namespace: string, name: string) => ConfigMap | undefined,
): string | undefined {
  if (imageName(image) !== 'kube-proxy') return undefined;
  const path = [...command, ...args].find((word) => word.startsWith('--config='))?.slice('--config='.length);
  const { volumeMounts = [] } = container as {
    readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
  };
  const mount = volumeMounts.find((m) => path?.startsWith(`${m.mountPath}/`));
  const { volumes = [] } = spec as {
    readonly volumes?: readonly { readonly name: string; readonly configMap?: { readonly name?: string } }[];
  };
  const name = volumes.find((v) => v.name === mount?.name)?.configMap?.name;
  if (path === undefined || mount === undefined || name === undefined) return undefined;
  return configMap(metadata.namespace ?? '', name)?.data?.[path.slice(mount.mountPath.length + 1)];
}

/** How such a process ends, before it could be seen to run. */
export function kubeProxyEnd(text: string | undefined, k8s: K8sVersion): End | undefined {
  const fault = text === undefined ? undefined : kubeProxyFault(text, k8s);
  return fault === undefined ? undefined : { afterMs: 0, exitCode: 1, lines: [] };
}

/** Its last line, as klog writes it (k8s.io/component-base/cli/run.go). */
export function kubeProxyLastLine(fault: string, at: number, k8s: K8sVersion): string {
  const time = new Date(at).toISOString();
  const stamp = `${time.slice(5, 7)}${time.slice(8, 10)} ${time.slice(11, 23)}000`;
  return `E${stamp}       1 run.go:${minorOf(k8s) >= 30 ? 72 : 74}] "command failed" err=${JSON.stringify(fault)}`;
}
