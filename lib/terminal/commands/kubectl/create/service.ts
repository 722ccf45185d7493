// kubectl create service: k8s.io/kubectl pkg/cmd/create/create_service.go.
import type { KubeJson } from '../api/client';
import { goQuote } from '../print/go-quote';
import { Failure } from '../run/errors';
import type { Session } from '../run/session';
import { metaOf, type Generator } from './generator';

interface Port {
  readonly name: string;
  readonly protocol: 'TCP';
  readonly port: number;
  readonly targetPort: number | string;
  readonly nodePort?: number;
}

/** `80`, `80:8080`, `80:http` */
function portOf(text: string, nodePort: number): Port {
  // What stands behind a second colon is not looked at.
  const [first = '', target] = text.split(':');
  const port = uintOf(first, 16);
  return {
    name: text.replaceAll(':', '-'),
    protocol: 'TCP',
    port,
    targetPort: target === undefined || target === '' ? port : targetOf(target),
    ...(nodePort > 0 ? { nodePort } : {}),
  };
}

function uintOf(text: string, bits: number): number {
  if (!/^\d+$/.test(text)) throw new Failure(`strconv.ParseUint: parsing ${goQuote(text)}: invalid syntax`);
  if (Number(text) >= 2 ** bits)
    throw new Failure(`strconv.ParseUint: parsing ${goQuote(text)}: value out of range`);
  return Number(text);
}

function targetOf(text: string): number | string {
  if (/^\d+$/.test(text)) {
    const port = Number(text);
    if (port < 1 || port > 65_535) throw new Failure('must be between 1 and 65535, inclusive');
    return port;
  }
  const problems = [
    text.length > 15 ? 'must be no more than 15 characters' : undefined,
    /^[-a-z0-9]+$/.test(text)
      ? undefined
      : 'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
    /[a-z]/.test(text) ? undefined : 'must contain at least one letter (a-z)',
    text.includes('--') ? 'must not contain consecutive hyphens' : undefined,
    text.startsWith('-') || text.endsWith('-') ? 'must not begin or end with a hyphen' : undefined,
  ].filter((p) => p !== undefined);
  if (problems.length > 0) throw new Failure(problems.join(','));
  return text;
}

const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

type ServiceType = 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';

function serviceOf(k: Session, name: string, type: ServiceType): KubeJson {
  const { flags } = k;
  const tcp = flags.list('tcp');
  const clusterIP = type === 'ClusterIP' ? flags.text('clusterip') : '';
  if (tcp.length === 0 && type !== 'ExternalName' && clusterIP !== 'None')
    throw new Failure('at least one tcp port specifier must be provided');
  if (tcp.length > 0 && clusterIP === 'None') throw new Failure('can not map ports with clusterip=None');
  const external = type === 'ExternalName' ? flags.text('external-name') : '';
  if (external !== '' && !SUBDOMAIN.test(external))
    throw new Failure(`invalid service external name ${external}`);
  const nodePort = type === 'NodePort' ? flags.int('node-port') : 0;
  const ports = tcp.map((text) => portOf(text, nodePort));
  return {
    kind: 'Service',
    apiVersion: 'v1',
    metadata: metaOf(k, name, { labels: { app: name } }),
    spec: {
      ...(ports.length > 0 ? { ports } : {}),
      selector: { app: name },
      ...(clusterIP === '' ? {} : { clusterIP }),
      type,
      ...(type === 'ExternalName' ? { externalName: flags.text('external-name') } : {}),
    },
    status: { loadBalancer: {} },
  };
}

export const serviceGenerator = (type: ServiceType): Generator => ({
  make: (k, name) => serviceOf(k, name, type),
  failure: `failed to create ${type} service`,
});
