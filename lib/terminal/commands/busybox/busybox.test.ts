// BusyBox's programs say what the real ones say; formats are those of busybox 1.35 run in a network namespace.
import { beforeAll, expect, test } from 'vitest';
import { Cluster } from '@/lib/sim';
import type { Driven } from '../../drive';
import { testSession } from '../../testing';

const FILE = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: c, image: my-web-app}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {clusterIP: 10.96.0.50, selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: empty}
spec: {clusterIP: 10.96.0.51, selector: {app: nobody}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: busybox}
spec: {containers: [{name: c, image: busybox}]}
---
apiVersion: v1
kind: Pod
metadata: {name: alpine}
spec: {containers: [{name: c, image: alpine}]}
`;

let cluster: Cluster;
let clean: ReturnType<Cluster['snapshot']>;
beforeAll(() => {
  cluster = Cluster.create({ k8s: '1.32', seed: 1, now: '2026-01-01T00:00:00Z' });
  cluster.applyText('test.yaml', FILE);
  testSession({ cluster }).run('kubectl wait --for=condition=Ready pod --all');
  clean = cluster.snapshot();
});
const run = (line: string, name = 'busybox'): Driven => {
  cluster.restore(clean);
  return testSession({ cluster, console: { kind: 'pod', namespace: 'default', name } }).run(line);
};

test('wget: to standard output with its meter, quietly, only a look', () => {
  const { stdout, stderr, exit } = run('wget -O- web');
  expect(exit).toBe(0);
  const size = String(new TextEncoder().encode(stdout).length).padStart(5);
  expect(stderr).toBe(
    `Connecting to web (10.96.0.50:80)\nwriting to stdout\n-                    100% |${'*'.repeat(32)}| ${size}  0:00:00 ETA\nwritten to stdout\n`,
  );
  expect(run('wget -qO- http://web')).toMatchObject({ stdout, stderr: '', exit: 0 });
  expect(run('wget --spider web').stderr).toBe('Connecting to web (10.96.0.50:80)\nremote file exists\n');
  expect(run('cd /tmp; wget web; wget web').stderr).toMatch(/'index.html' saved\n[^]*File exists\n$/);
});

test.each([
  [
    'wget -O- empty',
    "Connecting to empty (10.96.0.51:80)\nwget: can't connect to remote host (10.96.0.51): Connection refused\n",
  ],
  ['wget -qO- nope:80', "wget: bad address 'nope:80'\n"],
  ['wget -T 2 -qO- 10.96.7.7', 'wget: download timed out\n'],
  ['wget -qO- 10.96.7.7', "wget: can't connect to remote host (10.96.7.7): Connection timed out\n"],
  ['wget -qO- web/nosuch', 'wget: server returned error: HTTP/1.1 404 Not Found\n'],
  ['ping -c 1 nope', "ping: bad address 'nope'\n"],
  ['nc -zv nope 80', "nc: bad address 'nope'\n"],
  ['nc -zvv empty 80', 'nc: empty (10.96.0.51:80): Connection refused\n'],
  ['nc -zv empty 80', ''],
])('%s fails with exit code 1', (line, stderr) => {
  expect(run(line)).toMatchObject({ stdout: '', stderr, exit: 1 });
});

test('musl has other words for what failed', () => {
  expect(run('wget -qO- 10.96.7.7', 'alpine').stderr).toContain('Operation timed out\n');
});

test('nslookup asks for the whole search path and fails if a name of it is missing', () => {
  const missing =
    "** server can't find web.svc.cluster.local: NXDOMAIN\n\n** server can't find web.cluster.local: NXDOMAIN\n\n";
  expect(run('nslookup web')).toMatchObject({
    stdout: `Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\nName:\tweb.default.svc.cluster.local\nAddress: 10.96.0.50\n\n${missing}\n${missing}`,
    exit: 1,
  });
  expect(run('nslookup web.default.svc.cluster.local')).toMatchObject({
    stdout: `Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\nName:\tweb.default.svc.cluster.local\nAddress: 10.96.0.50\n\n\n`,
    exit: 0,
  });
  expect(run('nslookup a.b 10.96.7.7')).toMatchObject({
    stdout: ';; connection timed out; no servers could be reached\n\n',
    exit: 1,
  });
});

test('ping, traceroute and nc that get there', () => {
  const address = cluster.api
    .list('Pod', 'default')
    .flatMap((p) => (p as { status?: { podIP?: string } }).status?.podIP ?? [])[0];
  expect(run(`ping -c 2 ${address}`).stdout).toMatch(
    /^PING (\S+) \(\1\): 56 data bytes\n64 bytes from \1: seq=0 ttl=6\d time=0\.\d{3} ms\n64 bytes from \1: seq=1 ttl=6\d time=0\.\d{3} ms\n\n--- \1 ping statistics ---\n2 packets transmitted, 2 packets received, 0% packet loss\nround-trip min\/avg\/max = [\d./]+ ms\n$/,
  );
  expect(run('ping -c 2 -W 1 10.96.7.7').stdout).toMatch(
    /data bytes\n\n--- 10.96.7.7 ping statistics ---\n2 packets transmitted, 0 packets received, 100% packet loss\n$/,
  );
  expect(run(`traceroute -n ${address}`).stdout).toMatch(
    /^traceroute to (\S+) \(\1\), 30 hops max, 46 byte packets\n 1  [\d.]+  0\.\d{3} ms {2}0\.\d{3} ms {2}0\.\d{3} ms\n/,
  );
  expect(run('nc -zv web 80').stderr).toBe('web (10.96.0.50:80) open\n');
});
