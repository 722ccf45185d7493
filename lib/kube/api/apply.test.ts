import { describe, expect, test } from 'vitest';
import type { Deployment, Service } from '@/lib/kube/types';
import { LAST_APPLIED } from './apply';
import { messageOf, must, testApi, yaml } from './testing';

const SERVICE = `
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selector: { app: web }
  ports: [{ name: http, port: 80, targetPort: 8080 }]
`;

/** The last of several manifests applied one after the other. */
function applied(...texts: string[]): { object: Service; outcomes: string[] } {
  const { api } = testApi();
  const results = texts.map((text) => must(api.apply(yaml(text))));
  return { object: results.at(-1)?.object as Service, outcomes: results.map((r) => r.outcome) };
}

test('the manifest is remembered as kubectl writes it', () => {
  expect(applied(SERVICE).object.metadata.annotations?.[LAST_APPLIED]).toBe(
    '{"apiVersion":"v1","kind":"Service","metadata":{"annotations":{},"name":"web","namespace":"default"},"spec":{"ports":[{"name":"http","port":80,"targetPort":8080}],"selector":{"app":"web"}}}\n',
  );
});

test('created, unchanged, configured', () => {
  const changed = SERVICE.replace('8080', '9090');
  const { object, outcomes } = applied(SERVICE, SERVICE, changed);
  expect(outcomes).toEqual(['created', 'unchanged', 'configured']);
  expect(object.spec.ports).toEqual([{ name: 'http', port: 80, protocol: 'TCP', targetPort: 9090 }]);
});

test('an unchanged apply writes nothing', () => {
  const { api, store } = testApi();
  must(api.apply(yaml(SERVICE)));
  const { version } = store;
  must(api.apply(yaml(SERVICE)));
  expect(store.version).toBe(version);
});

describe('what the manifest no longer says', () => {
  test('goes back to its default', () => {
    const { object } = applied(`${SERVICE}  sessionAffinity: ClientIP\n  type: NodePort\n`, SERVICE);
    expect(object.spec).toMatchObject({ sessionAffinity: 'None', type: 'ClusterIP' });
    expect(object.spec).not.toHaveProperty('sessionAffinityConfig');
    expect(object.spec.ports?.[0]).not.toHaveProperty('nodePort');
  });

  test('is taken out of maps and lists; what others have set stays', () => {
    const { api } = testApi();
    const live = must(api.apply(yaml(SERVICE.replace('{ app: web }', '{ app: web, tier: x }'))))
      .object as Service;
    must(
      api.update({
        ...live,
        spec: { ...live.spec, externalIPs: ['192.0.2.1'] },
        metadata: { ...live.metadata, labels: { by: 'hand' } },
      }),
    );
    const after = must(api.apply(yaml(SERVICE))).object as Service;
    expect(after.spec.selector).toEqual({ app: 'web' });
    expect(after.spec.externalIPs).toEqual(['192.0.2.1']);
    expect(after.metadata.labels).toEqual({ by: 'hand' });
  });

  test('null in a manifest takes a field away', () => {
    const { object } = applied(SERVICE, `${SERVICE}  externalIPs: null\n`);
    expect(object.spec).not.toHaveProperty('externalIPs');
  });
});

describe('lists', () => {
  test('ports are matched by number: allocated node ports stay', () => {
    const nodePort = `${SERVICE}  type: NodePort\n`;
    const { api } = testApi();
    const before = must(api.apply(yaml(nodePort))).object as Service;
    const more = nodePort.replace('targetPort: 8080 }]', 'targetPort: 8080 }, { name: tls, port: 443 }]');
    const after = must(api.apply(yaml(more))).object as Service;
    expect(after.spec.ports?.map((p) => p.port)).toEqual([80, 443]);
    expect(after.spec.ports?.[0]?.nodePort).toBe(before.spec.ports?.[0]?.nodePort);
    const moved = must(api.apply(yaml(nodePort.replace('port: 80,', 'port: 81,')))).object as Service;
    expect(moved.spec.ports).toMatchObject([{ port: 81, nodePort: before.spec.ports?.[0]?.nodePort }]);
  });

  test('one number with two protocols stays two ports', () => {
    const dns = `
apiVersion: v1
kind: Service
metadata: { name: dns }
spec:
  ports: [{ name: udp, port: 53, protocol: UDP }, { name: tcp, port: 53 }]
`;
    const { object, outcomes } = applied(
      dns,
      dns,
      dns.replace('{ name: tcp, port: 53 }', '{ name: tcp, port: 53, targetPort: 5353 }'),
    );
    expect(outcomes).toEqual(['created', 'unchanged', 'configured']);
    expect(object.spec.ports?.map((p) => [p.protocol, p.targetPort])).toEqual([
      ['UDP', 53],
      ['TCP', 5353],
    ]);
  });

  const deployment = (containers: string, strategy = ''): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  ${strategy}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: ${containers} }
`;

  test('containers by name, env by name; the order is that of the manifest', () => {
    const { api } = testApi();
    must(
      api.apply(
        yaml(
          deployment(
            '[{ name: a, image: a, env: [{ name: X, value: "1" }, { name: Y, value: "2" }] }, { name: b, image: b }]',
          ),
        ),
      ),
    );
    const after = must(
      api.apply(
        yaml(deployment('[{ name: c, image: c }, { name: a, image: a2, env: [{ name: Y, value: "3" }] }]')),
      ),
    ).object as Deployment;
    expect(after.spec.template.spec.containers).toMatchObject([
      { name: 'c', image: 'c', imagePullPolicy: 'Always' },
      { name: 'a', image: 'a2', env: [{ name: 'Y', value: '3' }] },
    ]);
  });

  test('another strategy drops the settings of the one before', () => {
    const { api } = testApi();
    const containers = '[{ name: a, image: a }]';
    must(api.apply(yaml(deployment(containers))));
    const after = must(api.apply(yaml(deployment(containers, 'strategy: { type: Recreate }'))))
      .object as Deployment;
    expect(after.spec.strategy).toEqual({ type: 'Recreate' });
  });
});

test('refusals are those of the server, and change nothing', () => {
  const { api, store } = testApi();
  must(api.apply(yaml(SERVICE)));
  const { version } = store;
  expect(messageOf(api.apply(yaml(SERVICE.replace('port: 80', 'port: 70000'))))).toBe(
    'Service "web" is invalid: spec.ports[0].port: Invalid value: 70000: must be between 1 and 65535, inclusive',
  );
  expect(messageOf(api.apply(yaml(`${SERVICE}  selectr: {}\n`)))).toBe(
    'Service in version "v1" cannot be handled as a Service: strict decoding error: unknown field "spec.selectr"',
  );
  expect(messageOf(api.apply(yaml('{apiVersion: v1, kind: Service}')))).toBe(
    'resource name may not be empty',
  );
  expect(store.version).toBe(version);
});
