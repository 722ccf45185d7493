// Network programs tell the truth: what they say is what the packet met.
import { beforeAll, describe, expect, test } from 'vitest';
import { Cluster } from '@/lib/sim';
import { testSession } from '../../testing';
import type { Console } from '../../types';

const FILE = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: my-web-app, ports: [{containerPort: 8080}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, type: NodePort, ports: [{name: http, port: 80, targetPort: 8080, nodePort: 30080}]}
---
apiVersion: v1
kind: Service
metadata: {name: wrong-port}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 9}]}
---
apiVersion: v1
kind: Service
metadata: {name: nobody}
spec: {selector: {app: nobody}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: ext}
spec: {type: ExternalName, externalName: web.default.svc.cluster.local}
---
apiVersion: v1
kind: Pod
metadata: {name: client}
spec: {containers: [{name: c, image: client}]}
`;

let cluster: Cluster;
let clean: ReturnType<Cluster['snapshot']>;
beforeAll(() => {
  cluster = Cluster.create({ k8s: '1.32', seed: 1, now: '2026-01-01T00:00:00Z' });
  const { problems } = cluster.applyText('test.yaml', FILE);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  clean = cluster.snapshot();
});

const CLIENT: Console = { kind: 'pod', namespace: 'default', name: 'client' };
const NODE: Console = { kind: 'node', name: 'node-1' };
const on = (console?: Console) => {
  cluster.restore(clean);
  return testSession({ cluster, ...(console ? { console } : {}) }).run;
};

describe('curl', () => {
  test('from a Pod, by name: the answer of one of the Pods', () => {
    expect(on(CLIENT)('curl -s web').stdout).toMatch(
      /^Hello from web-\S+ \(10\.244\.\d\.\d+\), client 10\.244\.\d\.\d+\n$/,
    );
    expect(
      on(CLIENT)('curl -s http://web.default.svc.cluster.local/hostname ext').stdout.split('\n'),
    ).toHaveLength(3);
    expect(on(CLIENT)('curl -s -o /dev/null -w "%{http_code} %{remote_port}\\n" web/nothere').stdout).toBe(
      '404 80\n',
    );
  });

  test('cluster names do not resolve on nodes', () => {
    expect(on(NODE)('curl web')).toMatchObject({
      stderr: 'curl: (6) Could not resolve host: web\n',
      exit: 6,
    });
    expect(on(NODE)('curl -s localhost:30080').exit).toBe(0);
  });

  test('refused at once without endpoints and where nothing listens', () => {
    const { stderr, exit } = on(CLIENT)('curl nobody');
    expect({ stderr, exit }).toEqual({
      stderr: "curl: (7) Failed to connect to nobody port 80 after 0 ms: Couldn't connect to server\n",
      exit: 7,
    });
    expect(on(CLIENT)('curl -v wrong-port').stderr).toMatch(/port 80 failed: Connection refused\n/);
  });

  test('timed out where packets are dropped; virtual time passes', () => {
    const run = on(CLIENT);
    const before = cluster.now;
    expect(run('curl -m 2 10.96.250.250')).toMatchObject({
      stderr: 'curl: (28) Connection timed out after 2000 milliseconds\n',
      exit: 28,
    });
    expect(cluster.now - before).toBe(2000);
    expect(run('curl --connect-timeout 3 10.96.250.250').stderr).toBe(
      'curl: (28) Failed to connect to 10.96.250.250 port 80 after 3000 ms: Timeout was reached\n',
    );
  });

  test('-v and -I', () => {
    const run = on(CLIENT);
    expect(run('curl -sv web').stderr).toMatch(
      /^\*   Trying 10\.96\.\S+:80\.\.\.\n\* Connected to web \(10\.96\.\S+\) port 80 \(#0\)\n> GET \/ HTTP\/1\.1\r\n> Host: web\r\n> User-Agent: curl\/7\.88\.1\r\n/,
    );
    expect(run('curl -sI web').stdout).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });

  test('the API server speaks TLS', () => {
    const run = on(CLIENT);
    expect(run('curl https://kubernetes').exit).toBe(60);
    expect(run('curl -sk https://kubernetes/version').stdout).toContain('"gitVersion": "v1.32');
    expect(run('curl -sk https://kubernetes/api').stdout).toContain(
      'forbidden: User \\"system:anonymous\\" cannot get path \\"/api\\"',
    );
  });

  test.each([
    ['curl', 2, "curl: try 'curl --help' or 'curl --manual' for more information\n"],
    ['curl http://', 3, 'curl: (3) URL using bad/illegal format or missing URL\n'],
    ['curl foo://x', 1, 'curl: (1) Protocol "foo" not supported or disabled in libcurl\n'],
    [
      'curl -m abc web',
      2,
      "curl: option -m: expected a proper numerical parameter\ncurl: try 'curl --help' or 'curl --manual' for more information\n",
    ],
    [
      'curl --bogus',
      2,
      "curl: option --bogus: is unknown\ncurl: try 'curl --help' or 'curl --manual' for more information\n",
    ],
  ])('%s', (line, exit, stderr) => {
    expect(on(CLIENT)(line)).toMatchObject({ exit, stderr, stdout: '' });
  });

  test('spread over a hundred calls', () => {
    const { stdout } = on(CLIENT)(
      'for i in $(seq 100); do curl -s web/hostname; done | sort | uniq -c | wc -l',
    );
    expect(stdout).toBe('3\n');
  });
});
