// What programs in Pods say when NetworkPolicies are in force: nothing refuses, everything waits.
import { beforeAll, describe, expect, test } from 'vitest';
import type { Pod } from '@/lib/kube/types';
import { Cluster } from '@/lib/sim';
import { testSession } from '../../testing';
import type { Console } from '../../types';

const FILE = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: my-web-app, ports: [{name: http, containerPort: 8080}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {clusterIP: 10.96.7.7, selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: v1
kind: Pod
metadata: {name: client, labels: {role: frontend}}
spec: {containers: [{name: c, image: client}]}
---
apiVersion: v1
kind: Pod
metadata: {name: plain, labels: {role: frontend}}
spec: {dnsPolicy: Default, containers: [{name: c, image: client}]}
`;
const DENY_WEB = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec: {podSelector: {matchLabels: {app: web}}}
`;
const egress = (more = ''): string => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: frontend}
spec:
  podSelector: {matchLabels: {role: frontend}}
  policyTypes: [Egress]
  egress:
  - to: [{podSelector: {matchLabels: {app: web}}}]
${more}`;
const DNS = `  - to:
    - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}
      podSelector: {matchLabels: {k8s-app: kube-dns}}
    ports: [{protocol: UDP, port: 53}, {protocol: TCP, port: 53}]
`;

let cluster: Cluster;
let clean: ReturnType<Cluster['snapshot']>;
beforeAll(() => {
  cluster = Cluster.create({ k8s: '1.32', seed: 1, now: '2026-01-01T00:00:00Z' });
  const { problems } = cluster.applyText('test.yaml', FILE);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  clean = cluster.snapshot();
});

/** A console under some policies. */
const on = (name: string, ...policies: string[]) => {
  cluster.restore(clean);
  for (const [i, text] of policies.entries())
    expect(cluster.applyText(`p${i}.yaml`, text)).toMatchObject({ outcome: 'applied' });
  const console: Console = { kind: 'pod', namespace: 'default', name };
  return testSession({ cluster, console }).run;
};

describe('default deny of the server', () => {
  test('curl waits until it may wait no longer', () => {
    const run = on('client', DENY_WEB);
    expect(run('curl -sS --max-time 3 web')).toMatchObject({
      stderr: 'curl: (28) Connection timed out after 3000 milliseconds\n',
      exit: 28,
    });
    expect(run('curl -sS --connect-timeout 2 web')).toMatchObject({
      stderr: 'curl: (28) Failed to connect to web port 80 after 2000 ms: Timeout was reached\n',
      exit: 28,
    });
    // Without a limit the kernel gives up: its SYNs went out over 2 min 10 s.
    expect(run('curl -sS 10.96.7.7')).toMatchObject({
      stderr: expect.stringMatching(
        /^curl: \(28\) Failed to connect to 10\.96\.7\.7 port 80 after 1\d{5} ms: Couldn't connect to server\n$/,
      ),
      exit: 28,
    });
  });

  test('ping gets no answer, and the name still resolves', () => {
    const run = on('client', DENY_WEB);
    const web = cluster.api.list<Pod>('Pod').find((p) => p.metadata.labels?.['app'] === 'web');
    expect(run(`ping -c 2 -W 1 ${web?.status?.podIP}`).stdout).toContain(
      '2 packets transmitted, 0 received, 100% packet loss',
    );
    expect(run('getent hosts web').exit).toBe(0);
  });
});

describe('egress', () => {
  test('a policy that forgets the name service: addresses work, names do not', () => {
    const run = on('client', egress());
    expect(run('curl -sS --max-time 3 10.96.7.7').exit).toBe(0);
    expect(run('curl -sS --max-time 3 web')).toMatchObject({
      stderr: 'curl: (28) Resolving timed out after 3000 milliseconds\n',
      exit: 28,
    });
    expect(run('curl -sS web')).toMatchObject({
      stderr: 'curl: (6) Could not resolve host: web\n',
      exit: 6,
    });
    expect(run('dig web.default.svc.cluster.local')).toMatchObject({
      stdout: expect.stringContaining(';; communications error to 10.96.0.10#53: timed out\n'),
      exit: 9,
    });
    expect(run('nslookup web').stdout).toContain(';; no servers could be reached');
  });

  test('a rule for kube-dns brings the names back', () => {
    expect(on('client', egress(DNS))('curl -sS --max-time 3 web').stdout).toMatch(/^Hello from web-/);
  });

  test('a resolver outside the cluster is behind the policy too', () => {
    expect(on('plain')('getent hosts example.com').exit).toBe(0);
    expect(on('plain', egress())('getent hosts example.com').exit).not.toBe(0);
  });

  test('a policy that is deleted lets everything through again', () => {
    const run = on('client', egress());
    const api = testSession({ cluster }).run;
    expect(api('kubectl delete networkpolicy frontend').stdout).toBe(
      'networkpolicy.networking.k8s.io "frontend" deleted\n',
    );
    expect(run('curl -sS --max-time 3 web').exit).toBe(0);
  });
});
