// Files that the system itself shows: names, resolvers, releases. Made when they are read, from the cluster as it is then.
import type { Node, Pod, Service } from '@/lib/kube/types';
import type { Cluster } from '@/lib/sim';
import { toolsOn } from '../images';
import type { Console } from '../types';
import type { SystemFiles } from './machine-files';
import { sysctlPath, sysctlsOf } from './sysctls';
import { recentFiles } from './xt-recent';

const RELEASE = `PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
NAME="Debian GNU/Linux"
VERSION_ID="12"
VERSION="12 (bookworm)"
VERSION_CODENAME=bookworm
ID=debian
`;
const LOCAL_HOSTS = `127.0.0.1\tlocalhost
::1\tlocalhost ip6-localhost ip6-loopback
fe00::0\tip6-localnet
fe00::0\tip6-mcastprefix
fe00::1\tip6-allnodes
fe00::2\tip6-allrouters
`;
/** The resolver outside the cluster. */
export const OUTSIDE_RESOLVER = '192.168.10.1';
export const CLUSTER_DOMAIN = 'cluster.local';

export function systemFiles(console: Console, cluster: Cluster): SystemFiles {
  const files = new Map<string, () => string>();
  const tools = toolsOn(console, cluster);
  const release = tools ? tools.release : RELEASE;
  if (release !== undefined) files.set('/etc/os-release', () => release);
  if (console.kind === 'pod') {
    const pod = (): Pod | undefined => cluster.api.get<Pod>('Pod', console.namespace, console.name);
    files.set('/etc/hostname', () => `${pod()?.spec.hostname ?? console.name}\n`);
    files.set('/etc/hosts', () => podHosts(pod()));
    files.set('/etc/resolv.conf', () => podResolvConf(pod(), cluster));
    return files;
  }
  const name = console.kind === 'node' ? console.name : 'control';
  const node = console.kind === 'node' ? cluster.api.get<Node>('Node', '', name) : undefined;
  if (node)
    for (const [setting, value] of sysctlsOf(node, cluster))
      files.set(sysctlPath(setting), () => `${value()}\n`);
  if (node) for (const [path, text] of recentFiles(node, cluster)) files.set(path, text);
  files.set('/etc/hostname', () => `${name}\n`);
  files.set('/etc/hosts', () => machineHosts(name, cluster));
  files.set('/etc/resolv.conf', () => `nameserver ${OUTSIDE_RESOLVER}\n`);
  return files;
}

/** kubelet: pkg/kubelet/kubelet_pods.go nodeHostsFileContent, managedHostsFileContent. */
function podHosts(pod: Pod | undefined): string {
  const ips = pod?.status?.podIPs?.map((p) => p.ip) ?? [];
  const name = pod?.spec.hostname ?? pod?.metadata.name ?? '';
  const { subdomain } = pod?.spec ?? {};
  const names = subdomain
    ? `${name}.${subdomain}.${pod?.metadata.namespace ?? 'default'}.svc.${CLUSTER_DOMAIN}\t${name}`
    : name;
  return `# Kubernetes-managed hosts file.\n${LOCAL_HOSTS}${ips.map((ip) => `${ip}\t${names}\n`).join('')}`;
}

/** kubelet: pkg/kubelet/network/dns/dns.go, by dnsPolicy. */
export function podResolvConf(pod: Pod | undefined, cluster: Cluster): string {
  const spec = pod?.spec as
    | (Pod['spec'] & {
        readonly dnsPolicy?: string;
        readonly dnsConfig?: {
          readonly nameservers?: readonly string[];
          readonly searches?: readonly string[];
          readonly options?: readonly { readonly name?: string; readonly value?: string }[];
        };
      })
    | undefined;
  const policy = spec?.dnsPolicy ?? 'ClusterFirst';
  const clusterFirst =
    policy === 'ClusterFirstWithHostNet' || (policy === 'ClusterFirst' && !spec?.hostNetwork);
  const dns = cluster.api.get<Service>('Service', 'kube-system', 'kube-dns')?.spec.clusterIP ?? '10.96.0.10';
  const namespace = pod?.metadata.namespace ?? 'default';
  const config = spec?.dnsConfig;
  const servers = policy === 'None' ? [] : [clusterFirst ? dns : OUTSIDE_RESOLVER];
  const searches = clusterFirst
    ? [`${namespace}.svc.${CLUSTER_DOMAIN}`, `svc.${CLUSTER_DOMAIN}`, CLUSTER_DOMAIN]
    : [];
  const options = new Map<string, string>(clusterFirst ? [['ndots', '5']] : []);
  for (const { name = '', value = '' } of config?.options ?? []) options.set(name, value);
  const allSearches = [...new Set([...searches, ...(config?.searches ?? [])])];
  const allServers = [...new Set([...servers, ...(config?.nameservers ?? [])])];
  return [
    ...(allSearches.length ? [`search ${allSearches.join(' ')}`] : []),
    ...allServers.map((s) => `nameserver ${s}`),
    ...(options.size
      ? [`options ${[...options].map(([n, v]) => (v === '' ? n : `${n}:${v}`)).join(' ')}`]
      : []),
    '',
  ].join('\n');
}

function machineHosts(name: string, cluster: Cluster): string {
  const nodes = cluster.api.list<Node>('Node').flatMap((node) => {
    const ip = node.status?.addresses?.find((a) => a.type === 'InternalIP')?.address;
    return ip ? [`${ip}\t${node.metadata.name ?? ''}\n`] : [];
  });
  return `127.0.0.1\tlocalhost\n127.0.1.1\t${name}\n${nodes.join('')}`;
}
