// The variables of a container: the image's, the Service variables of its namespace (pkg/kubelet/envvars/envvars.go), and its own.
import type { Pod, Service } from '@/lib/kube/types';
import type { Cluster } from '@/lib/sim';
import type { Console } from './types';

/** What `env` in a container shows, but for PATH and HOME. Empty if there is no such Pod. */
export function podEnvironment(
  { namespace, name, container }: Extract<Console, { kind: 'pod' }>,
  cluster: Cluster,
): Readonly<Record<string, string>> {
  const pod = cluster.api.get<Pod>('Pod', namespace, name);
  if (!pod) return {};
  const own = pod.spec.containers.find((c) => c.name === container) ?? pod.spec.containers[0];
  const services = serviceVariables(pod, cluster);
  const env: Record<string, string> = { HOSTNAME: pod.spec.hostname ?? name };
  // makeEnvironmentVariables (pkg/kubelet/kubelet_pods.go): its own come first, and may name the Services'.
  for (const { name: key, value = '' } of own?.env ?? []) env[key] = expanded(value, { ...services, ...env });
  return { ...env, ...Object.fromEntries(Object.entries(services).filter(([key]) => !(key in env))) };
}

/** $(NAME) in a value is the variable's value; $$(NAME) is the text itself. */
const expanded = (value: string, env: Readonly<Record<string, string>>): string =>
  value.replace(/\$(\$?)\(([^()]*)\)/g, (all, escape: string, name: string) =>
    escape ? `$(${name})` : (env[name] ?? all),
  );

/** Services of the Pod's namespace that existed when it started, and default/kubernetes. */
function serviceVariables(pod: Pod, cluster: Cluster): Record<string, string> {
  const started = pod.status?.startTime ?? '';
  const namespace = pod.metadata.namespace ?? 'default';
  const links = (pod.spec as { readonly enableServiceLinks?: boolean }).enableServiceLinks !== false;
  const env: Record<string, string> = {};
  const master = cluster.api.get<Service>('Service', 'default', 'kubernetes');
  const services = links ? cluster.api.list<Service>('Service', namespace) : [];
  for (const service of master && !services.includes(master) ? [master, ...services] : services) {
    const { clusterIP } = service.spec;
    if (!clusterIP || clusterIP === 'None') continue;
    const created = service.metadata.creationTimestamp ?? '';
    if (service !== master && started !== '' && created > started) continue;
    Object.assign(env, variablesOf(service, clusterIP));
  }
  return env;
}

function variablesOf({ metadata, spec }: Service, clusterIP: string): Record<string, string> {
  const prefix = (metadata.name ?? '').toUpperCase().replaceAll('-', '_');
  const ports = spec.ports ?? [];
  const [first] = ports;
  const env: Record<string, string> = {
    [`${prefix}_SERVICE_HOST`]: clusterIP,
    [`${prefix}_SERVICE_PORT`]: String(first?.port ?? ''),
  };
  for (const { name, port } of ports)
    if (name) env[`${prefix}_SERVICE_PORT_${name.toUpperCase().replaceAll('-', '_')}`] = String(port);
  const host = clusterIP.includes(':') ? `[${clusterIP}]` : clusterIP;
  for (const [i, { port, protocol = 'TCP' }] of ports.entries()) {
    const low = protocol.toLowerCase();
    const own = `${prefix}_PORT_${port}_${protocol}`;
    if (i === 0) env[`${prefix}_PORT`] = `${low}://${host}:${port}`;
    env[own] = `${low}://${host}:${port}`;
    env[`${own}_PROTO`] = low;
    env[`${own}_PORT`] = String(port);
    env[`${own}_ADDR`] = clusterIP;
  }
  return env;
}
