// describe of Namespaces, ConfigMaps, Secrets, ServiceAccounts, Ingresses, HorizontalPodAutoscalers.
import { byBytes } from '../print/json';
import { pathOf } from '../api/mapper';
import { isNotFound } from '../run/errors';
import { listOf } from '../resources/select';
import type { KubeJson } from '../api/client';
import type { Session } from '../run/session';
import { describeEvents, eventsOf } from './events';
import { slicesOfService } from './service';
import { annotationLines, DescribeWriter, multiline, rfc1123 } from './writer';
import type { Describer } from './workloads';

export const describeNamespace: Describer = (k, object) => {
  const w = new DescribeWriter();
  const { metadata } = object;
  const status = (object['status'] ?? {}) as {
    phase?: string;
    conditions?: readonly Readonly<Record<string, string>>[];
  };
  w.pair(0, 'Name', metadata.name ?? '');
  multiline(w, 0, 'Labels', metadata.labels);
  annotationLines(w, 0, metadata.annotations);
  w.pair(0, 'Status', status.phase ?? '');
  if (status.conditions?.length) {
    w.raw('Conditions:\n  Type\tStatus\tLastTransitionTime\tReason\tMessage\n');
    w.line(1, '----\t------\t------------------\t------\t-------');
    for (const c of status.conditions)
      w.line(
        1,
        `${c['type'] ?? ''}\t${c['status'] ?? ''}\t${rfc1123(c['lastTransitionTime'])}\t${c['reason'] ?? ''}\t${c['message'] ?? ''}`,
      );
  }
  const list = (kind: string): readonly KubeJson[] => {
    const mapping = k.mapper.forKind('v1', kind);
    return mapping ? listOf(k, mapping, metadata.name ?? '', { limit: 500 }).items : [];
  };
  quotas(w, list('ResourceQuota'));
  if (list('LimitRange').length === 0) w.raw('\nNo LimitRange resource.\n');
  return w.text;
};

function quotas(w: DescribeWriter, list: readonly KubeJson[]): void {
  if (list.length === 0) {
    w.raw('\nNo resource quota.\n');
    return;
  }
  w.raw('\nResource Quotas\n');
  for (const quota of list) {
    const status = (quota['status'] ?? {}) as Readonly<Record<string, Readonly<Record<string, string>>>>;
    w.line(1, `Name:\t${quota.metadata.name ?? ''}`);
    w.line(1, 'Resource\tUsed\tHard');
    w.line(1, '--------\t---\t---');
    for (const name of Object.keys(status['hard'] ?? {}).sort(byBytes))
      w.line(1, `${name}\t${status['used']?.[name] ?? ''}\t${status['hard']?.[name] ?? ''}`);
  }
}

function head(object: KubeJson): DescribeWriter {
  const w = new DescribeWriter();
  const { metadata } = object;
  w.pair(0, 'Name', metadata.name ?? '');
  w.pair(0, 'Namespace', metadata.namespace ?? '');
  multiline(w, 0, 'Labels', metadata.labels);
  annotationLines(w, 0, metadata.annotations);
  return w;
}

export const describeConfigMap: Describer = (k, object, showEvents) => {
  const w = head(object);
  const data = (object['data'] ?? {}) as Readonly<Record<string, string>>;
  const binary = (object['binaryData'] ?? {}) as Readonly<Record<string, string>>;
  w.raw('\nData\n====\n');
  for (const [key, value] of Object.entries(data).sort(([a], [b]) => byBytes(a, b)))
    w.raw(`${key}:\n----\n${value}\n${k.differences.describeConfigMapGap ? '\n' : ''}`);
  w.raw(`\nBinaryData\n====\n`);
  for (const [key, value] of Object.entries(binary).sort(([a], [b]) => byBytes(a, b)))
    w.raw(`${key}: ${atob(value).length} bytes\n`);
  w.raw('\n');
  if (showEvents) describeEvents(w, eventsOf(k, object, 'ConfigMap'), k.now);
  return w.text;
};

export const describeSecret: Describer = (_, object) => {
  const w = head(object);
  const data = (object['data'] ?? {}) as Readonly<Record<string, string>>;
  w.raw(`\nType:\t${(object['type'] as string | undefined) ?? ''}\n\nData\n====\n`);
  for (const [key, value] of Object.entries(data).sort(([a], [b]) => byBytes(a, b)))
    w.raw(
      object['type'] === 'kubernetes.io/service-account-token' && key === 'token'
        ? `${key}:\t${atob(value)}\n`
        : `${key}:\t${atob(value).length} bytes\n`,
    );
  return w.text;
};

export const describeServiceAccount: Describer = (k, object, showEvents) => {
  const w = head(object);
  const names = (field: string): readonly string[] =>
    ((object[field] ?? []) as readonly { name: string }[]).map((s) => s.name);
  const list = (title: string, values: readonly string[]): void => {
    w.raw(`${title}:\t${values[0] ?? '<none>'}\n`);
    for (const value of values.slice(1)) w.raw(`\t${value}\n`);
  };
  list('Image pull secrets', names('imagePullSecrets'));
  list('Mountable secrets', names('secrets'));
  list('Tokens', []);
  if (showEvents) describeEvents(w, eventsOf(k, object, 'ServiceAccount'), k.now);
  return w.text;
};

interface Backend {
  readonly service?: {
    readonly name: string;
    readonly port?: { readonly name?: string; readonly number?: number };
  };
}

interface IngressSpec {
  readonly ingressClassName?: string;
  readonly defaultBackend?: Backend;
  readonly tls?: readonly { readonly hosts?: readonly string[]; readonly secretName?: string }[];
  readonly rules?: readonly {
    readonly host?: string;
    readonly http?: { readonly paths?: readonly { readonly path?: string; readonly backend: Backend }[] };
  }[];
}

export const describeIngress: Describer = (k, object, showEvents) => {
  const w = new DescribeWriter();
  const { metadata } = object;
  const spec = (object['spec'] ?? {}) as IngressSpec;
  const status = (object['status'] ?? {}) as {
    loadBalancer?: { ingress?: readonly { ip?: string; hostname?: string }[] };
  };
  w.pair(0, 'Name', metadata.name ?? '');
  multiline(w, 0, 'Labels', metadata.labels);
  w.pair(0, 'Namespace', metadata.namespace ?? '');
  w.pair(0, 'Address', (status.loadBalancer?.ingress ?? []).map((i) => i.ip ?? i.hostname ?? '').join(','));
  w.pair(0, 'Ingress Class', spec.ingressClassName ?? '<none>');
  const backend = (b: Backend): string => backendText(k, metadata.namespace ?? '', b);
  w.pair(0, 'Default backend', spec.defaultBackend ? backend(spec.defaultBackend) : '<default>');
  if (spec.tls?.length) {
    w.raw('TLS:\n');
    for (const { hosts = [], secretName } of spec.tls)
      w.line(1, secretName ? `${secretName} terminates ${hosts.join(',')}` : `SNI routes ${hosts.join(',')}`);
  }
  w.raw('Rules:\n  Host\tPath\tBackends\n');
  w.line(1, '----\t----\t--------');
  let rules = 0;
  for (const { host, http } of spec.rules ?? []) {
    if (!http) continue;
    rules++;
    w.line(1, `${host || '*'}\t`);
    for (const path of http.paths ?? []) w.line(2, `\t${path.path ?? ''} \t${backend(path.backend)}`);
  }
  if (rules === 0) w.line(1, `*\t*\t${spec.defaultBackend ? backend(spec.defaultBackend) : '<default>'}`);
  annotationLines(w, 0, metadata.annotations);
  if (showEvents) describeEvents(w, eventsOf(k, object, 'Ingress'), k.now);
  return w.text;
};

function sliceBackend(k: Session, namespace: string, service: NonNullable<Backend['service']>): string {
  const mapping = k.mapper.forKind('v1', 'Service');
  if (!mapping) return '';
  try {
    const object = k.client.get(pathOf(mapping, namespace, service.name));
    const spec = (object['spec'] ?? {}) as { ports?: readonly { name?: string; port: number }[] };
    const port = spec.ports?.find((p) =>
      service.port?.name ? p.name === service.port.name : p.port === service.port?.number,
    );
    return slicesOfService(k, namespace, service.name)(port?.name === undefined ? {} : { name: port.name });
  } catch (error) {
    if (!isNotFound(error)) throw error;
    return `<error: services "${service.name}" not found>`;
  }
}

function backendText(k: Session, namespace: string, { service }: Backend): string {
  if (!service) return '';
  const port = service.port?.name || (service.port?.number ?? 0);
  const name = `${service.name}:${port}`;
  if (k.differences.describeServiceReadsSlices) return `${name} (${sliceBackend(k, namespace, service)})`;
  const mapping = k.mapper.forKind('v1', 'Endpoints');
  if (!mapping) return `${name} ()`;
  try {
    const endpoints = k.client.get(pathOf(mapping, namespace, service.name));
    const subsets = (endpoints['subsets'] ?? []) as readonly {
      addresses?: readonly { ip: string }[];
      ports?: readonly { name?: string; port: number }[];
    }[];
    const list = subsets.flatMap(({ addresses = [], ports = [] }) =>
      ports.flatMap((p) => addresses.map((a) => `${a.ip}:${p.port}`)),
    );
    const shown = list.slice(0, 3).join(',');
    return `${name} (${list.length > 3 ? `${shown} + ${list.length - 3} more...` : shown})`;
  } catch (error) {
    if (!isNotFound(error)) throw error;
    return `${name} (<error: endpoints "${service.name}" not found>)`;
  }
}
