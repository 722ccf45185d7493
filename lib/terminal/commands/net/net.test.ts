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

describe('names', () => {
  test("dig prints CoreDNS's answer as BIND's dig does", () => {
    const { stdout } = on(CLIENT)('dig web.default.svc.cluster.local');
    const address = on(CLIENT)('dig +short web.default.svc.cluster.local').stdout.trim();
    expect(stdout).toMatch(
      /^\n; <<>> DiG 9\.18\.\S+ <<>> web\.default\.svc\.cluster\.local\n;; global options: \+cmd\n;; Got answer:\n/,
    );
    expect(stdout).toContain(
      ';; flags: qr aa rd; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 1\n;; WARNING: recursion requested but not available\n',
    );
    expect(stdout).toContain(`;; ANSWER SECTION:\nweb.default.svc.cluster.local. 30 IN\tA\t${address}\n\n`);
    expect(stdout).toMatch(
      /;; SERVER: 10\.96\.0\.10#53\(10\.96\.0\.10\) \(UDP\)\n;; WHEN: .*\n;; MSG SIZE {2}rcvd: 115\n\n$/,
    );
  });

  test('dig does not search, nslookup and host do', () => {
    expect(on(CLIENT)('dig web | grep status').stdout).toContain('status: NXDOMAIN');
    expect(on(CLIENT)('nslookup web').stdout).toMatch(
      /^Server:\t\t10\.96\.0\.10\nAddress:\t10\.96\.0\.10#53\n\nName:\tweb\.default\.svc\.cluster\.local\nAddress: 10\.96\.\S+\n\n$/,
    );
    expect(on(CLIENT)('host web').stdout).toMatch(
      /^web\.default\.svc\.cluster\.local has address 10\.96\.\S+\n$/,
    );
    expect(on(CLIENT)('getent hosts web').stdout).toMatch(
      /^10\.96\.\S+ +web\.default\.svc\.cluster\.local\n$/,
    );
    expect(on(CLIENT)('nslookup nope')).toMatchObject({
      exit: 1,
      stdout: "Server:\t\t10.96.0.10\nAddress:\t10.96.0.10#53\n\n** server can't find nope: NXDOMAIN\n\n",
    });
    expect(on(CLIENT)('host nope')).toMatchObject({ exit: 1, stdout: 'Host nope not found: 3(NXDOMAIN)\n' });
  });

  test('SRV, PTR, CNAME', () => {
    expect(on(CLIENT)('dig +short SRV _http._tcp.web.default.svc.cluster.local').stdout).toBe(
      '0 100 80 web.default.svc.cluster.local.\n',
    );
    expect(on(CLIENT)('dig +short -x 10.96.0.1').stdout).toBe('kubernetes.default.svc.cluster.local.\n');
    expect(on(CLIENT)('dig +short ext.default.svc.cluster.local').stdout).toMatch(
      /^web\.default\.svc\.cluster\.local\.\n10\.96\./,
    );
  });

  test('without CoreDNS Pods nothing resolves: refused at once', () => {
    const run = on(CLIENT);
    cluster.handle({
      method: 'PATCH',
      path: '/apis/apps/v1/namespaces/kube-system/deployments/coredns',
      headers: { 'content-type': 'application/merge-patch+json' },
      body: '{"spec":{"replicas":0}}',
    });
    cluster.settle();
    expect(run('curl web')).toMatchObject({ exit: 6, stderr: 'curl: (6) Could not resolve host: web\n' });
    expect(run('dig web')).toMatchObject({ exit: 9 });
    expect(run('nslookup web').stdout).toBe(
      ';; communications error to 10.96.0.10#53: connection refused\n'.repeat(3) +
        ';; no servers could be reached\n\n',
    );
  });

  test('where a rule drops the queries, they time out; virtual time passes', () => {
    const run = on(CLIENT);
    for (const node of cluster.nodes)
      testSession({ cluster, console: { kind: 'node', name: node } }).run(
        'iptables -I FORWARD -p udp --dport 53 -j DROP; iptables -I INPUT -p udp --dport 53 -j DROP; iptables -I OUTPUT -p udp --dport 53 -j DROP',
      );
    const before = cluster.now;
    expect(run('curl -m 4 web')).toMatchObject({
      exit: 28,
      stderr: 'curl: (28) Resolving timed out after 4000 milliseconds\n',
    });
    expect(cluster.now - before).toBe(4000);
    expect(run('dig +time=1 +tries=2 web').stdout).toContain(';; no servers could be reached\n');
  });
});

describe('reaching', () => {
  test('ping a Pod, and a ClusterIP that no rule translates for ICMP', () => {
    const ip = cluster.api.list('Pod', 'default').find((p) => p.metadata.name?.startsWith('web'));
    const address = (ip as unknown as { status: { podIP: string } }).status.podIP;
    expect(on(CLIENT)(`ping -c 2 ${address}`).stdout).toMatch(
      /^PING .* 56\(84\) bytes of data\.\n64 bytes from [^]*2 packets transmitted, 2 received, 0% packet loss, time 1000ms\n/,
    );
    expect(on(CLIENT)('ping -c 2 10.96.7.7').stdout).toContain(
      '2 packets transmitted, 0 received, 100% packet loss, time 1000ms\n',
    );
    expect(on(CLIENT)('ping -c 1 nope').stderr).toBe('ping: nope: Name or service not known\n');
  });

  test('nc, wget', () => {
    expect(on(CLIENT)('nc -zv web 80').stderr).toMatch(
      /^Connection to web \(10\.96\.\S+\) 80 port \[tcp\/\*\] succeeded!\n$/,
    );
    expect(on(CLIENT)('nc -zv nobody 80').stderr).toMatch(/80 port \(tcp\) failed: Connection refused\n$/);
    expect(on(CLIENT)('wget -qO- web').stdout).toMatch(/^Hello from web-/);
    expect(on(CLIENT)('wget -O- nobody').stderr).toMatch(
      /Connecting to nobody \(nobody\)\|10\.96\.\S+\|:80\.\.\. failed: Connection refused\.\n$/,
    );
  });
});

describe("a node's tools", () => {
  test('conntrack lists what a connection left behind, with filters, and deletes it', () => {
    const run = on(NODE);
    run('curl -s 127.0.0.1:30080');
    const { stdout, stderr } = run('conntrack -L -p tcp');
    expect(stdout).toMatch(
      /^tcp {6}6 \d+ TIME_WAIT src=127\.0\.0\.1 dst=127\.0\.0\.1 sport=\d+ dport=30080 src=10\.244\.\d\.\d+ dst=\S+ sport=8080 dport=\d+ \[ASSURED\] mark=0 use=1\n/,
    );
    expect(stderr).toMatch(/^conntrack v1\.4\.7 \(conntrack-tools\): \d flow entries have been shown\.\n$/);
    // The real one, a moment after the connection: tcp      6 119 TIME_WAIT
    expect(stdout).toContain('tcp      6 119 TIME_WAIT ');
    expect(run('conntrack -L -g').stdout).toBe(stdout);
    expect(run('conntrack -L -g -p tcp').stdout).toBe(stdout);
    expect(run('conntrack -L --dst-nat 9.9.9.9').stdout).toBe('');
    expect(run('conntrack -L -o extended -p tcp').stdout).toMatch(/^ipv4 {5}2 tcp {6}6 119 TIME_WAIT /);
    expect(run('conntrack -L -d 9.9.9.9').stdout).toBe('');
    expect(run('conntrack -D -p tcp --dport 30080')).toMatchObject({ exit: 0 });
    expect(run('conntrack -D -p tcp --dport 30080')).toMatchObject({
      exit: 1,
      stderr: 'conntrack v1.4.7 (conntrack-tools): 0 flow entries have been deleted.\n',
    });
    expect(run('conntrack -L -p foo').stderr).toContain("`foo' unsupported protocol\n");
    expect(run('conntrack -C').stdout).toMatch(/^\d+\n$/);
  });

  test('counters of the rules that a packet met', () => {
    const run = on(NODE);
    run('curl -s 127.0.0.1:30080; curl -s 127.0.0.1:30080');
    expect(run('iptables -t nat -L KUBE-NODEPORTS -n -v').stdout).toMatch(/\n {4}2 {3}120 KUBE-EXT-/);
    run('iptables -t nat -Z');
    expect(run('iptables -t nat -L KUBE-NODEPORTS -n -v').stdout).toMatch(/\n {4}0 {5}0 KUBE-EXT-/);
  });

  test('ip, ssh, sysctl', () => {
    const run = on();
    expect(run('ssh node-2 hostname').stdout).toBe('node-2\n');
    expect(run('ssh -o StrictHostKeyChecking=no root@192.168.10.12 hostname -I').stdout).toBe(
      '192.168.10.12 10.244.2.1 \n',
    );
    expect(run('ssh node-9').stderr).toBe(
      'ssh: Could not resolve hostname node-9: Name or service not known\n',
    );
    run('ssh root@node-1');
    expect(run('ip -br addr show eth0').stdout).toBe('eth0             UP             192.168.10.11/24 \n');
    expect(run('ip route').stdout).toContain('10.244.2.0/24 via 192.168.10.12 dev eth0 \n');
    expect(
      run('sysctl -w net.netfilter.nf_conntrack_max=7; sysctl -n net.netfilter.nf_conntrack_max').stdout,
    ).toBe('net.netfilter.nf_conntrack_max = 7\n7\n');
    expect(run('crictl ps | head -1').stdout).toMatch(/^CONTAINER {11}IMAGE/);
    run('exit');
    expect(run('hostname').stdout).toBe('control\n');
  });

  test('a Pod has its own address, resolver and environment', () => {
    const run = on(CLIENT);
    expect(run('cat /etc/resolv.conf').stdout).toBe(
      'search default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n',
    );
    expect(run('ip -br addr').stdout).toMatch(/eth0@if\d+ +UP +10\.244\.\d\.\d+\/24 \n$/);
    expect(run('env | grep ^KUBERNETES_SERVICE_HOST').stdout).toBe('KUBERNETES_SERVICE_HOST=10.96.0.1\n');
    expect(run('iptables -L').exit).toBe(127);
  });
});
