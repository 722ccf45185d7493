// CoreDNS's answers for Services of every kind, and the names that a Pod's resolver tries.
import { describe, expect, test } from 'vitest';
import type { ApiReader } from '@/lib/kube/api/types';
import type { KubeObject } from '@/lib/kube/types';
import { corednsAnswer } from './coredns';
import { messageSize, reverseName, type RecordType } from './message';
import { namesToTry, parseResolvConf } from './resolv-conf';

const object = (kind: string, name: string, rest: object, namespace = 'default', labels = {}): KubeObject =>
  ({
    apiVersion: 'v1',
    kind,
    metadata: { name, ...(kind === 'Namespace' ? {} : { namespace }), labels },
    ...rest,
  }) as unknown as KubeObject;
const slice = (service: string, endpoints: object[], ports: object[]): KubeObject =>
  object('EndpointSlice', `${service}-x`, { addressType: 'IPv4', endpoints, ports }, 'default', {
    'kubernetes.io/service-name': service,
  });
const port = { name: 'http', port: 80, protocol: 'TCP' };

const OBJECTS: readonly KubeObject[] = [
  object('Namespace', 'default', {}),
  object('Namespace', 'kube-system', {}),
  object(
    'Service',
    'kube-dns',
    { spec: { clusterIP: '10.96.0.10', clusterIPs: ['10.96.0.10'], ports: [{ port: 53, protocol: 'UDP' }] } },
    'kube-system',
  ),
  object('Service', 'web', {
    spec: { clusterIP: '10.96.1.1', clusterIPs: ['10.96.1.1', 'fd00::1'], ports: [port] },
  }),
  slice('web', [{ addresses: ['10.244.1.5'], conditions: { ready: true } }], [{ ...port, port: 8080 }]),
  object('Service', 'db', { spec: { clusterIP: 'None', clusterIPs: ['None'], ports: [port] } }),
  slice(
    'db',
    [
      { addresses: ['10.244.1.7'], hostname: 'db-0', conditions: { ready: true } },
      { addresses: ['10.244.2.7'], conditions: { ready: true } },
      { addresses: ['10.244.3.7'], conditions: { ready: false } },
    ],
    [port],
  ),
  object('Service', 'none', { spec: { clusterIP: 'None', clusterIPs: ['None'], ports: [port] } }),
  object('Service', 'ext', { spec: { type: 'ExternalName', externalName: 'db.example.com' } }),
  object('Service', 'alias', {
    spec: { type: 'ExternalName', externalName: 'web.default.svc.cluster.local' },
  }),
];

const api: ApiReader = {
  get: <T extends KubeObject>(kind: T['kind'], namespace: string, name: string) =>
    OBJECTS.find(
      (o) => o.kind === kind && o.metadata.name === name && (o.metadata.namespace ?? '') === namespace,
    ) as T | undefined,
  list: <T extends KubeObject>(kind: T['kind'], namespace?: string) =>
    OBJECTS.filter(
      (o) => o.kind === kind && (namespace === undefined || o.metadata.namespace === namespace),
    ) as readonly KubeObject[] as readonly T[],
  labelled: <T extends KubeObject>(
    kind: T['kind'],
    namespace: string,
    labels: Readonly<Record<string, string>>,
  ) =>
    OBJECTS.filter(
      (o) =>
        o.kind === kind &&
        o.metadata.namespace === namespace &&
        Object.entries(labels).every(([k, v]) => o.metadata.labels?.[k] === v),
    ) as readonly KubeObject[] as readonly T[],
  ownedBy: () => [],
};

const look = (name: string, type: RecordType = 'A'): string => {
  const { status, answers } = corednsAnswer({ name, type }, api, 0);
  return [status, ...answers.map((a) => `${a.type} ${a.data}`)].join(', ');
};

describe('cluster.local', () => {
  test.each<[string, RecordType, string]>([
    ['web.default.svc.cluster.local.', 'A', 'NOERROR, A 10.96.1.1'],
    ['WEB.default.svc.cluster.local.', 'AAAA', 'NOERROR, AAAA fd00::1'],
    ['web.default.svc.cluster.local.', 'SRV', 'NOERROR, SRV 0 100 80 web.default.svc.cluster.local.'],
    [
      '_http._tcp.web.default.svc.cluster.local.',
      'SRV',
      'NOERROR, SRV 0 100 80 web.default.svc.cluster.local.',
    ],
    ['_https._tcp.web.default.svc.cluster.local.', 'SRV', 'NXDOMAIN'],
    ['10-244-1-5.web.default.svc.cluster.local.', 'A', 'NOERROR, A 10.244.1.5'],
    ['db.default.svc.cluster.local.', 'A', 'NOERROR, A 10.244.1.7, A 10.244.2.7'],
    ['db.default.svc.cluster.local.', 'AAAA', 'NOERROR'],
    ['db-0.db.default.svc.cluster.local.', 'A', 'NOERROR, A 10.244.1.7'],
    [
      '_http._tcp.db.default.svc.cluster.local.',
      'SRV',
      'NOERROR, SRV 0 50 80 db-0.db.default.svc.cluster.local., SRV 0 50 80 10-244-2-7.db.default.svc.cluster.local.',
    ],
    ['none.default.svc.cluster.local.', 'A', 'NXDOMAIN'],
    ['ext.default.svc.cluster.local.', 'A', 'NOERROR, CNAME db.example.com., A 203.0.113.96'],
    ['alias.default.svc.cluster.local.', 'A', 'NOERROR, CNAME web.default.svc.cluster.local., A 10.96.1.1'],
    ['10-1-2-3.default.pod.cluster.local.', 'A', 'NOERROR, A 10.1.2.3'],
    ['10-1-2-3.nowhere.pod.cluster.local.', 'A', 'NXDOMAIN'],
    ['default.svc.cluster.local.', 'A', 'NOERROR'],
    ['cluster.local.', 'NS', 'NOERROR, NS ns.dns.cluster.local.'],
    ['ns.dns.cluster.local.', 'A', 'NOERROR, A 10.96.0.10'],
    ['web.nowhere.svc.cluster.local.', 'A', 'NXDOMAIN'],
    ['web.default.', 'A', 'NXDOMAIN'],
    ['1.1.96.10.in-addr.arpa.', 'PTR', 'NOERROR, PTR web.default.svc.cluster.local.'],
    ['7.1.244.10.in-addr.arpa.', 'PTR', 'NOERROR, PTR db-0.db.default.svc.cluster.local.'],
    ['9.9.9.9.in-addr.arpa.', 'PTR', 'NXDOMAIN'],
  ])('%s %s', (name, type, expected) => {
    expect(look(name, type).replace(/203\.0\.113\.\d+/, '203.0.113.96')).toBe(expected);
  });
});

test('a Pod tries its search path before a name with fewer than five dots', () => {
  const config = parseResolvConf(
    'search default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n',
  );
  expect(namesToTry('web.other', config)).toEqual([
    'web.other.default.svc.cluster.local.',
    'web.other.svc.cluster.local.',
    'web.other.cluster.local.',
    'web.other.',
  ]);
  expect(namesToTry('a.b.c.d.e.f', config)[0]).toBe('a.b.c.d.e.f.');
  expect(namesToTry('web.', config)).toEqual(['web.']);
});

test('an answer is as long as CoreDNS makes it', () => {
  const question = { name: 'kubernetes.default.svc.cluster.local.', type: 'A' } as const;
  const answer = {
    ...corednsAnswer(question, api, 0),
    answers: [{ name: question.name, ttl: 30, type: 'A', data: '10.96.0.1' }],
    authority: [],
  } as const;
  expect(messageSize(question, answer)).toBe(129);
});

test('reverse names of both families', () => {
  expect(reverseName('10.96.0.1')).toBe('1.0.96.10.in-addr.arpa.');
  expect(reverseName('fd00::1')).toBe(`1.${'0.'.repeat(27)}0.0.d.f.ip6.arpa.`);
});
