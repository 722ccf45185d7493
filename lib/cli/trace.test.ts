// `ksvc trace` as a caller meets it: forms of SRC and DST, outcomes as JSON and as a drawing, and one line for what cannot be.
import { describe, expect, test } from 'vitest';
import { main } from './main';

const NODES = [1, 2]
  .map(
    (n) => `
apiVersion: v1
kind: Node
metadata: { name: node-${n} }
spec: { podCIDR: 10.244.${n}.0/24 }
status: { addresses: [{ type: InternalIP, address: 192.168.10.1${n} }] }
---`,
  )
  .join('');

const pod = (name: string, node: number, ip: string, port = ''): string => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: default }
spec: { nodeName: node-${node}, containers: [{ name: c${port && `, ports: [{ containerPort: ${port} }]`} }] }
status: { podIP: ${ip}, podIPs: [{ ip: ${ip} }] }
---`;

const CLUSTER = `${NODES}
apiVersion: v1
kind: ConfigMap
metadata: { name: kube-proxy, namespace: kube-system }
data: { config.conf: "{clusterCIDR: 10.244.0.0/16}" }
---
${pod('client', 1, '10.244.1.20')}
${pod('web-1', 1, '10.244.1.5', '8080')}
${pod('web-2', 2, '10.244.2.5', '8080')}
apiVersion: v1
kind: Service
metadata: { name: web, namespace: default }
spec:
  type: LoadBalancer
  clusterIP: 10.96.0.20
  clusterIPs: [10.96.0.20]
  externalTrafficPolicy: Local
  ports: [{ name: http, port: 80, targetPort: 8080, nodePort: 30080, protocol: TCP }]
status: { loadBalancer: { ingress: [{ ip: 198.51.100.7 }] } }
---
apiVersion: v1
kind: Service
metadata: { name: headless, namespace: default }
spec: { clusterIP: None, ports: [{ port: 80 }] }
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: web-1, namespace: default, labels: { kubernetes.io/service-name: web } }
addressType: IPv4
ports: [{ name: http, port: 8080, protocol: TCP }]
endpoints:
  - { addresses: [10.244.1.5], nodeName: node-1 }
  - { addresses: [10.244.2.5], nodeName: node-2 }
`;

const POLICY = `
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web-2-only, namespace: default }
spec: { podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 10.244.2.0/24 } }] }] }
`;

async function trace(...args: string[]): Promise<{ out: string; err: string; exit: number }> {
  let out = '';
  let err = '';
  const io = {
    out: (t: string) => void (out += t),
    err: (t: string) => void (err += t),
    readFile: (name: string) => (name === 'policy.yaml' ? POLICY : CLUSTER),
  };
  const exit = await main(['trace', '--static', '-f', 'c.yaml', '--mode', 'iptables', ...args], io);
  return { out, err, exit };
}

interface Outcome {
  readonly probability: number;
  readonly verdict: string;
  readonly endpoint?: string;
  readonly viaNode?: string;
  readonly sourceIPSeen?: string;
  readonly path: readonly string[];
  readonly steps: readonly { readonly rule: string | null; readonly effect: string }[];
}

async function outcomes(from: string, to: string, ...more: string[]): Promise<readonly Outcome[]> {
  const { out, exit } = await trace('--from', from, '--to', to, '--json', ...more);
  expect(exit).toBe(0);
  return (JSON.parse(out) as { outcomes: Outcome[] }).outcomes;
}

describe('outcomes as JSON', () => {
  test.each([
    'svc/default/web:80',
    'default/web:http',
    'svc default/web:80',
    '10.96.0.20:80/tcp',
    '10.96.0.20:80',
  ])('a Service as %s', async (to) => {
    const all = await outcomes('pod/default/client', to);
    expect(all.map((o) => [o.verdict, o.endpoint, o.viaNode, o.probability])).toEqual([
      ['delivered', '10.244.1.5:8080', 'node-1', 0.5],
      ['delivered', '10.244.2.5:8080', 'node-1', 0.5],
    ]);
    expect(all[0]?.path.slice(0, 2)).toEqual(['node-1 nat/PREROUTING', 'KUBE-SERVICES']);
    expect(all[0]?.steps.find((s) => s.effect === 'dnat')?.rule).toContain(
      '--to-destination 10.244.1.5:8080',
    );
  });

  test('the nodes at which the network hands traffic over are equally likely, or those of --via', async () => {
    const all = await outcomes('external/203.0.113.7', '198.51.100.7:80');
    expect(all.map((o) => [o.viaNode, o.probability, o.sourceIPSeen])).toEqual([
      ['node-1', 0.5, '203.0.113.7'],
      ['node-2', 0.5, '203.0.113.7'],
    ]);
    const one = await outcomes('external/203.0.113.7', '198.51.100.7:80', '--via', 'node-2');
    expect(one.map((o) => [o.viaNode, o.endpoint])).toEqual([['node-2', '10.244.2.5:8080']]);
  });

  test('answers that come back past the node that translated are lost', async () => {
    const all = await outcomes('pod/default/client', '192.168.10.12:30080');
    expect(all.map((o) => [o.endpoint, o.verdict])).toEqual([
      [undefined, 'dropped'],
      ['10.244.2.5:8080', 'delivered'],
    ]);
  });

  test('a Pod is called directly, and where nothing listens it resets', async () => {
    expect(await outcomes('node/node-1', 'pod/default/web-2:8080')).toMatchObject([{ verdict: 'delivered' }]);
    expect(await outcomes('node/node-1', '10.244.2.5:81')).toMatchObject([{ verdict: 'reset' }]);
    expect(await outcomes('node/node-1', '10.244.2.5/icmp')).toMatchObject([{ verdict: 'delivered' }]);
  });
});

test('the drawing speaks both languages', async () => {
  const words = ['--from', 'pod/default/client', '--to', 'default/web:80'];
  expect((await trace(...words)).out).toContain(
    ' 50.0%  delivered · 10.244.2.5:8080 (default/web-2) answers and sees 10.244.1.20 · by node-1',
  );
  expect((await trace(...words, '--lang', 'zh')).out).toContain(
    '目的地址由 10.96.0.20:80 改写为 10.244.2.5:8080',
  );
});

describe('a NetworkPolicy', () => {
  const words = ['-f', 'policy.yaml', '--from', 'pod/default/client', '--to', 'default/web:80'];

  test('is named in the steps, with the rule that allows, and in the reason where none does', async () => {
    const { out } = await trace(...words, '--json');
    const all = (JSON.parse(out) as { outcomes: (Outcome & { reason: { code: string } })[] }).outcomes;
    expect(all.map((o) => [o.verdict, o.reason.code])).toEqual([
      ['dropped', 'verdict.egressDenied'],
      ['delivered', 'verdict.delivered'],
    ]);
    const [denied, allowed] = all.map((o) => o.steps.filter((s) => s.effect.startsWith('networkPolicy.')));
    expect(denied).toMatchObject([
      { effect: 'networkPolicy.egressDenied', params: { policies: 'default/web-2-only' }, rule: null },
    ]);
    expect(allowed?.[0]).toMatchObject({
      effect: 'networkPolicy.egressAllowed',
      params: { policy: 'default/web-2-only', rule: 'spec.egress[0]' },
      rule: 'egress[0]: {"to":[{"ipBlock":{"cidr":"10.244.2.0/24"}}]}',
    });
    // The endpoint's node asks both directions again: its Pod is selected too.
    expect(allowed?.map((s) => s.effect.replace('networkPolicy.', ''))).toEqual([
      'egressAllowed',
      'egressAllowed',
      'ingressOpen',
      'established',
      'established',
    ]);
  });

  test('is told of in both languages', async () => {
    expect((await trace(...words)).out).toContain(
      'may leave default/client: spec.egress[0] of the NetworkPolicy default/web-2-only allows it',
    );
    expect((await trace(...words, '--lang', 'zh')).out).toContain(
      'default/client 的出站已被隔离（default/web-2-only），没有规则允许它',
    );
  });
});

describe('what cannot be is one line and exit 2', () => {
  test.each([
    [['--to', '10.96.0.20:80'], '--from is missing'],
    [['--from', 'pod/default/client'], '--to is missing'],
    [['--from', 'client', '--to', '10.96.0.20:80'], '--from "client"; use pod/NAMESPACE/NAME'],
    [['--from', 'external/1.2.3', '--to', '10.96.0.20:80'], '--from "external/1.2.3"'],
    [['--from', 'pod/default/nobody', '--to', '10.96.0.20:80'], 'there is no Pod default/nobody'],
    [['--from', 'node/node-9', '--to', '10.96.0.20:80'], 'there is no node node-9'],
    [['--from', 'pod/default/client', '--to', 'default/nothing:80'], 'has no Service default/nothing'],
    [['--from', 'pod/default/client', '--to', 'default/web:81'], 'has no such port; it has 80/tcp (http)'],
    [['--from', 'pod/default/client', '--to', 'default/headless:80'], 'is headless'],
    [['--from', 'pod/default/client', '--to', '10.96.0.20:99999'], '"99999" is no port'],
    [['--from', 'pod/default/client', '--to', '10.96.0.20'], 'names no port'],
    [['--from', 'pod/default/client', '--to', '10.96.0.20:80/quic'], 'protocol "quic" is not known'],
    [['--from', 'pod/default/client', '--to', 'x'.repeat(5000)], '--to "'],
    [['--from', 'pod/default/client', '--to', '[fd00::1]:80'], 'has no IPv6 address'],
    [['--from', 'external/203.0.113.7', '--to', '[fd00::1]:80'], 'is no IPv4 address'],
    [
      ['--from', 'external/203.0.113.7', '--to', '198.51.100.7:80', '--via', 'node-7'],
      'there is no node node-7',
    ],
    [['--from', 'pod/default/client', '--to', '10.96.0.20:80', '--lang', 'fr'], '--lang "fr"'],
    [['--from', 'pod/default/client', '--to', '10.96.0.20:80', '--k8s', '1.2'], 'is not known'],
  ])('%j', async (args, message) => {
    const { out, err, exit } = await trace(...args);
    expect([out, exit]).toEqual(['', 2]);
    expect(err).toContain(message);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });
});
