// kubectl expose: k8s.io/kubectl pkg/cmd/expose/expose.go.
import type { KubeJson } from '../api/client';
import { pathOf } from '../api/mapper';
import { compactJson } from '../print/json';
import { printerFor } from '../print/printer';
import { asFailure, Failure, throwAll } from '../run/errors';
import type { Session } from '../run/session';
import { dryRunOf, dryRunParameter, refuseKustomize, withDryRun } from '../run/write-options';
import { withLastApplied } from '../apply/last-applied';
import { mergePatched } from '../apply/merge-patch';
import type { Info } from '../resources/info';
import { fetched } from '../resources/select';
import { labelsOf } from './parse-labels';

const EXPOSABLE = ['ReplicationController', 'Service', 'Pod', 'Deployment', 'ReplicaSet'];

export function expose(k: Session): number {
  const { flags } = k;
  refuseKustomize(k);
  const dryRun = dryRunOf(k);
  const { infos, errors } = fetched(k, {
    args: k.args,
    filenames: flags.list('filename'),
    recursive: flags.bool('recursive'),
    latest: false,
  });
  const failures: Failure[] = [...errors];
  for (const info of infos)
    try {
      const made = serviceOf(k, info);
      const object = flags.bool('save-config') ? withLastApplied(made) : made;
      const printer = printerFor(k, { operation: withDryRun('exposed', dryRun), typed: true });
      if (dryRun === 'client') {
        printer(object);
        continue;
      }
      const mapping = k.mapper.forKind('v1', 'Service');
      if (!mapping) continue;
      printer(
        k.client.request('POST', pathOf(mapping, info.namespace), {
          query: { fieldManager: flags.text('field-manager'), dryRun: dryRunParameter(dryRun) },
          body: compactJson(object),
        }),
      );
    } catch (error) {
      failures.push(asFailure(error));
    }
  throwAll(failures);
  return 0;
}

interface ContainerPort {
  readonly containerPort: number;
  readonly protocol?: string;
}

interface ServicePort {
  readonly name?: string;
  readonly port: number;
  readonly protocol?: string;
}

function serviceOf(k: Session, info: Info): KubeJson {
  const { flags } = k;
  const { object, mapping } = info;
  if (!EXPOSABLE.includes(mapping.kind))
    throw new Failure(
      `cannot expose a ${mapping.kind}`.replace(
        /^.*$/,
        `cannot expose a ${mapping.group === '' ? mapping.kind : `${mapping.kind}.${mapping.group}`}`,
      ),
    );
  const selector = flags.text('selector') === '' ? selectorOf(object) : labelsOf(flags.text('selector'));
  const name = flags.text('name') || info.name.slice(0, 63);
  const headless = flags.text('cluster-ip') === 'None';
  const ports = portsOf(k, object, headless);
  const labels = flags.text('labels') === '' ? object.metadata.labels : labelsOf(flags.text('labels'));
  const type = flags.text('type');
  if (type !== '' && !['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'].includes(type)) k.err('');
  const affinity = flags.text('session-affinity');
  if (affinity !== '' && affinity !== 'None' && affinity !== 'ClientIP')
    throw new Failure(`unknown session affinity: ${affinity}`);
  const service: KubeJson = {
    kind: 'Service',
    apiVersion: 'v1',
    metadata: {
      name,
      ...(k.kubeconfig.namespaceGiven ? { namespace: k.namespace } : {}),
      creationTimestamp: null,
      ...(labels && Object.keys(labels).length > 0 ? { labels } : {}),
    },
    spec: {
      ...(ports.length > 0 ? { ports } : {}),
      selector,
      ...(flags.text('cluster-ip') === '' ? {} : { clusterIP: flags.text('cluster-ip') }),
      ...(type === '' ? {} : { type }),
      ...(flags.text('external-ip') === '' ? {} : { externalIPs: [flags.text('external-ip')] }),
      ...(affinity === '' ? {} : { sessionAffinity: affinity }),
      ...(flags.text('load-balancer-ip') === '' ? {} : { loadBalancerIP: flags.text('load-balancer-ip') }),
    },
    status: { loadBalancer: {} },
  };
  const overrides = flags.text('overrides');
  return overrides === ''
    ? service
    : (mergePatched(service as never, JSON.parse(overrides)) as unknown as KubeJson);
}

function selectorOf(object: KubeJson): Readonly<Record<string, string>> {
  const spec = (object['spec'] ?? {}) as { selector?: unknown };
  switch (object.kind) {
    case 'Pod': {
      const { labels } = object.metadata;
      if (!labels || Object.keys(labels).length === 0)
        throw new Failure(
          "couldn't retrieve selectors via --selector flag or introspection: the pod has no labels and cannot be exposed",
        );
      return labels;
    }
    case 'Service':
    case 'ReplicationController': {
      const selector = spec.selector as Record<string, string> | undefined;
      if (!selector || Object.keys(selector).length === 0)
        throw new Failure(
          `couldn't retrieve selectors via --selector flag or introspection: the ${object.kind === 'Service' ? 'service' : 'replication controller'} has no pod selector set`,
        );
      return selector;
    }
    default: {
      const { matchLabels, matchExpressions = [] } = (spec.selector ?? {}) as {
        matchLabels?: Record<string, string>;
        matchExpressions?: readonly unknown[];
      };
      if (matchExpressions.length > 0)
        throw new Failure(
          `couldn't retrieve selectors via --selector flag or introspection: couldn't convert expressions - "${JSON.stringify(matchExpressions)}" to map-based selector format`,
        );
      if (!matchLabels)
        throw new Failure(
          "couldn't retrieve selectors via --selector flag or introspection: invalid deployment: no selectors, therefore cannot be exposed",
        );
      return matchLabels;
    }
  }
}

interface ExposedPort {
  readonly name?: string;
  readonly protocol: string;
  readonly port: number;
  readonly targetPort: number | string;
}

function portsOf(k: Session, object: KubeJson, headless: boolean): readonly ExposedPort[] {
  const { flags } = k;
  const known = knownPorts(object);
  const given = flags.text('port');
  const numbers = given === '' ? known.map((p) => p.port) : given.split(',').map((text) => portNumber(text));
  if (numbers.length === 0) {
    if (headless) return [];
    throw new Failure(
      "couldn't find port via --port flag or introspection\nSee 'kubectl expose -h' for help and examples".replace(
        /\nSee.*$/,
        '',
      ),
      undefined,
    );
  }
  const protocol = flags.text('protocol');
  const target = flags.text('target-port');
  return numbers.map((port, i) => ({
    ...(numbers.length > 1 ? { name: `port-${i + 1}` } : {}),
    protocol: protocol || known.find((p) => p.port === port)?.protocol || 'TCP',
    port,
    targetPort: target === '' ? port : /^\d+$/.test(target) ? Number(target) : target,
  }));
}

function portNumber(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) throw new Failure(`strconv.Atoi: parsing "${text}": invalid syntax`);
  return Number(text);
}

function knownPorts(object: KubeJson): readonly { readonly port: number; readonly protocol: string }[] {
  const spec = (object['spec'] ?? {}) as {
    ports?: readonly ServicePort[];
    containers?: readonly { ports?: readonly ContainerPort[] }[];
    template?: { spec?: { containers?: readonly { ports?: readonly ContainerPort[] }[] } };
  };
  if (object.kind === 'Service')
    return (spec.ports ?? []).map((p) => ({ port: p.port, protocol: p.protocol ?? 'TCP' }));
  const containers = object.kind === 'Pod' ? spec.containers : spec.template?.spec?.containers;
  return (containers ?? []).flatMap((c) =>
    (c.ports ?? []).map((p) => ({ port: p.containerPort, protocol: p.protocol ?? 'TCP' })),
  );
}
