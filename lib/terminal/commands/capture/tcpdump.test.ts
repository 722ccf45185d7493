// What tcpdump shows beside what goes on in other consoles. The layout is that of tcpdump 4.99.3 on Linux 6.1.
import { beforeEach, describe, expect, test } from 'vitest';
import type { Pod } from '@/lib/kube/types';
import { Cluster } from '@/lib/sim';
import { INTERRUPT, Terminals } from '../../terminals';

const FILES = { list: () => [], read: () => undefined, write: () => false };
const web = (replicas: number): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: my-web-app, ports: [{ containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { clusterIP: 10.96.0.80, type: NodePort, selector: { app: web }, ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: client }
spec: { nodeName: node-1, containers: [{ name: client, image: client }] }
`;

let cluster: Cluster;
let terminals: Terminals;
beforeEach(() => {
  cluster = Cluster.create({ k8s: '1.32', seed: 1, now: '2026-11-02T08:00:00Z' });
  cluster.applyText('web.yaml', web(1));
  terminals = new Terminals(cluster, FILES);
});

/** Captures while a line runs in another console; the output without the time of day, and what went to standard error. */
function captured(at: string, args: string, terminal: string, line: string, passMs = 0) {
  terminals.takeOutput();
  terminals.run(at, `tcpdump ${args}`);
  terminals.run(terminal, line);
  terminals.wake();
  if (passMs > 0) {
    cluster.advance(passMs);
    terminals.wake();
  }
  terminals.run(at, INTERRUPT);
  const own = terminals.takeOutput().filter((o) => o.terminal === at);
  const text = (kind: string): string => own.flatMap((o) => (o.kind === kind ? [o.text] : [])).join('');
  return { lines: text('stdout').split('\n').slice(0, -1), stderr: text('stderr') };
}
const pod = (app: string): { name: string; ip: string; node: string } => {
  const found = cluster.api.list<Pod>('Pod').find(({ metadata }) => metadata.name?.startsWith(app));
  return {
    name: found?.metadata.name ?? '',
    ip: found?.status?.podIP ?? '',
    node: found?.spec.nodeName ?? '',
  };
};
/** The addresses of a line: "IP a.1 > b.2". */
const ends = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => /IP6? (\S+ > \S+):/.exec(line)?.[1] ?? line);
const client = 'default/client';

describe('one connection', () => {
  test('in the Pod: handshake, question, answer and end, to the address that was called', () => {
    const of = captured('node-1', '-i any -n tcp', client, 'curl -s http://10.96.0.80/');
    expect(of.stderr).toContain('link-type LINUX_SLL2 (Linux cooked v2)');
    expect(of.lines.length).toBeGreaterThan(10);
  });

  test('before and after DNAT: the veth shows the Service, the bridge and the wire show the Pod', () => {
    const { ip, node } = pod('web-');
    const { ip: from } = pod('client');
    const veth = terminals
      .run('node-1', 'ip -br link')
      .stdout.split('\n')
      .filter((l) => l.startsWith('veth'));
    const seen = new Map(
      ['any', 'cni0', 'eth0'].map((device) => [
        device,
        ends(
          captured(
            'node-1',
            `-n -i ${device} 'tcp[tcpflags] & tcp-syn != 0 and tcp[tcpflags] & tcp-ack == 0'`,
            client,
            'curl -s http://10.96.0.80/',
          ).lines,
        ),
      ]),
    );
    const [first = ''] = seen.get('any') ?? [];
    expect(first).toMatch(new RegExp(`^${from.replaceAll('.', '\\.')}\\.\\d+ > 10\\.96\\.0\\.80\\.80$`));
    expect(seen.get('cni0')?.every((line) => line.endsWith(`> ${ip}.8080`))).toBe(true);
    expect(seen.get('cni0')).toHaveLength(1);
    if (node !== 'node-1')
      expect(seen.get('eth0')?.every((line) => line.endsWith(`> ${ip}.8080`))).toBe(true);
    expect(veth.length).toBeGreaterThan(0);
  });

  test('before and after SNAT: from outside by a node port', () => {
    cluster.applyText('web.yaml', web(1));
    const { ip, node } = pod('web-');
    const entry = node === 'node-1' ? 'node-2' : 'node-1';
    const address = entry === 'node-1' ? '192.168.10.11' : '192.168.10.12';
    const filter = `'tcp[tcpflags] == tcp-syn'`;
    const { lines } = captured(entry, `-n -i any ${filter}`, 'control', `curl -s http://${address}:30080/`);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(
      new RegExp(
        `eth0  In  IP 192\\.168\\.10\\.5\\.\\d+ > ${address.replaceAll('.', '\\.')}\\.30080: Flags \\[S\\]`,
      ),
    );
    expect(lines[1]).toContain(`eth0  Out IP ${address}.`);
    expect(lines[1]).toContain(` > ${ip}.8080: Flags [S]`);
  });

  test('the lines of a request, as the real one has them', () => {
    const { lines, stderr } = captured(client, '-i eth0 -nn tcp', client.replace('client', 'client'), '');
    expect(lines).toEqual([]);
    expect(stderr.split('\n').slice(-4)).toEqual([
      '0 packets captured',
      '0 packets received by filter',
      '0 packets dropped by kernel',
      '',
    ]);
    const server = pod('web-');
    const got = captured(
      `default/${server.name}`,
      '-i eth0 -nn tcp',
      client,
      'curl -s http://10.96.0.80/',
    ).lines;
    expect(got.map((line) => /Flags \[([^\]]*)\]/.exec(line)?.[1])).toEqual([
      'S',
      'S.',
      '.',
      'P.',
      '.',
      'P.',
      '.',
      'F.',
      'F.',
      '.',
    ]);
    expect(got[0]).toMatch(
      /^08:00:\d\d\.\d{6} IP \d+\.\d+\.\d+\.\d+\.\d+ > \d+\.\d+\.\d+\.\d+\.8080: Flags \[S\], seq \d+, win 64240, options \[mss 1460,sackOK,TS val \d+ ecr 0,nop,wscale 7\], length 0$/,
    );
    expect(got[1]).toMatch(
      /Flags \[S\.\], seq \d+, ack \d+, win 65160, options \[mss 1460,sackOK,TS val \d+ ecr \d+,nop,wscale 7\], length 0$/,
    );
    expect(got[2]).toMatch(/Flags \[\.\], ack 1, win 502, options \[nop,nop,TS val \d+ ecr \d+\], length 0$/);
    expect(got[3]).toMatch(
      /Flags \[P\.\], seq 1:\d+, ack 1, win 502, .* length \d+: HTTP: GET \/ HTTP\/1\.1$/,
    );
    expect(got[5]).toMatch(/: HTTP: HTTP\/1\.1 200 OK$/);
    const times = got.map((line) => line.slice(0, 15));
    expect(times).toEqual(times.toSorted());
  });
});

describe('connections that come to nothing', () => {
  test('nothing listens: a reset', () => {
    const { ip } = pod('web-');
    const { lines } = captured('node-1', '-i any -nn tcp port 81', client, `curl -s http://${ip}:81/`);
    expect(lines.at(-1)).toMatch(/Flags \[R\.\], seq 0, ack \d+, win 0, length 0$/);
  });

  test('no endpoints: an ICMP error', () => {
    cluster.applyText('web.yaml', web(0));
    const { lines } = captured('node-1', '-i any -n icmp', client, 'curl -s http://10.96.0.80/');
    expect(lines[0]).toMatch(/IP \S+ > \S+: ICMP 10\.96\.0\.80 tcp port 80 unreachable, length 68$/);
  });

  test('no answer: the SYN again after 1, 3 and 7 s, while the client waits', () => {
    terminals.run('node-1', 'iptables -I FORWARD -p tcp --dport 8080 -j DROP');
    const { lines } = captured(
      'node-1',
      "-i any -ttt -n 'dst host 10.96.0.80'",
      client,
      'curl -s -m 10 http://10.96.0.80/',
      10_000,
    );
    expect(lines.map((line) => line.slice(0, 9))).toEqual([
      ' 00:00:00',
      ' 00:00:01',
      ' 00:00:02',
      ' 00:00:04',
    ]);
    expect(lines.every((line) => line.includes('Flags [S]'))).toBe(true);
  });
});

describe('other protocols', () => {
  test('DNS: the question and the answer of CoreDNS', () => {
    const { lines } = captured(
      'node-1',
      '-i any -nn udp port 53 and host 10.96.0.10',
      client,
      'curl -s http://web/',
    );
    const [query = '', answer = ''] = lines;
    expect(lines.some((line) => line.includes(' AAAA? web.default'))).toBe(true);
    expect(query).toMatch(/ > 10\.96\.0\.10\.53: (\d+)\+ A\? web\.default\.svc\.cluster\.local\. \(47\)$/);
    expect(answer).toMatch(/IP 10\.96\.0\.10\.53 > \S+: \d+\*- 1\/0\/0 A 10\.96\.0\.80 \(92\)$/);
  });

  test('ping: echo request and reply', () => {
    const { ip } = pod('web-');
    const { lines } = captured('node-1', '-i any -n icmp', client, `ping -c 1 ${ip}`);
    expect(lines[0]).toMatch(/ICMP echo request, id \d+, seq 1, length 64$/);
  });

  test('an address that no Pod has: ARP in vain', () => {
    const { lines } = captured(
      'node-1',
      '-i cni0 -n -t arp',
      'node-2',
      'curl -s -m 3 http://10.244.1.250/',
      3_000,
    );
    expect(lines).toEqual(Array(3).fill('ARP, Request who-has 10.244.1.250 tell 10.244.1.1, length 28'));
  });
});

describe('the command line', () => {
  const said = (line: string, at = 'node-1') => {
    terminals.takeOutput();
    const result = terminals.run(at, line);
    if (terminals.isRunning(at)) terminals.run(at, INTERRUPT);
    return result;
  };
  test.each([
    ['tcpdump -i nope', 'tcpdump: nope: No such device exists\n(No such device exists)\n'],
    ["tcpdump 'prt 80'", "tcpdump: can't parse filter expression: syntax error\n"],
    ["tcpdump 'tcp and'", "tcpdump: can't parse filter expression: syntax error\n"],
    ["tcpdump '(tcp'", "tcpdump: can't parse filter expression: syntax error\n"],
    ['tcpdump port 99999', 'tcpdump: illegal port number 99999 > 65535\n'],
    ['tcpdump net 10.99.0.1/24', 'tcpdump: non-network bits set in "10.99.0.1/24"\n'],
    ['tcpdump host no.such.name', "tcpdump: unknown host 'no.such.name'\n"],
    ['tcpdump -c 0', 'tcpdump: invalid packet count 0\n'],
  ])('%s', (line, stderr) => {
    expect(said(line)).toMatchObject({ stderr, exit: 1 });
  });
  test.each(['tcpdump -w out.pcap', 'tcpdump -r in.pcap', 'tcpdump -X', 'tcpdump -A', 'tcpdump vlan 3'])(
    '%s is refused in one line',
    (line) => {
      const { stderr, exit } = said(line);
      expect(stderr).toMatch(/^tcpdump: [^\n]*not simulated[^\n]*\n$/);
      expect(exit).toBe(1);
    },
  );
  test('-D lists the interfaces of the console', () => {
    expect(said('tcpdump -D', client).stdout).toBe(
      '1.eth0 [Up, Running, Connected]\n2.any (Pseudo-device that captures on all interfaces) [Up, Running]\n3.lo [Up, Running, Loopback]\n',
    );
  });
  test('-c ends it', () => {
    terminals.run('node-1', 'tcpdump -i any -c 1 -n tcp');
    terminals.run(client, 'curl -s http://10.96.0.80/');
    terminals.wake();
    expect(terminals.isRunning('node-1')).toBe(false);
  });
  test('-q, -e and -v change what a line tells', () => {
    const line = (options: string): string =>
      captured(
        'node-1',
        `-i any -nn ${options} -t 'tcp[tcpflags] == tcp-syn and dst port 80'`,
        client,
        'curl -s http://10.96.0.80/',
      ).lines.join('\n');
    expect(line('-q')).toMatch(/^veth\S+ In {2}IP \S+ > 10\.96\.0\.80\.80: tcp 0$/);
    expect(line('-e')).toMatch(
      /^veth\S+ In {2}ifindex \d+ [\da-f:]{17} ethertype IPv4 \(0x0800\), length 80: \S+ > 10\.96\.0\.80\.80: Flags \[S\]/,
    );
    expect(line('-v')).toMatch(
      /^veth\S+ In {2}IP \(tos 0x0, ttl 64, id \d+, offset 0, flags \[DF\], proto TCP \(6\), length 60\)\n {4}\S+ > 10\.96\.0\.80\.80: Flags \[S\]/,
    );
  });
});

test('conntrack -E beside it: what an entry went through, a refused one too, and the closing line', () => {
  terminals.takeOutput();
  terminals.run('node-1', 'conntrack -E -p tcp');
  terminals.run(client, 'curl -s http://10.96.0.80/');
  terminals.run(client, `curl -s http://${pod('web-').ip}:81/`);
  cluster.advance(500);
  terminals.wake();
  terminals.run('node-1', INTERRUPT);
  const own = terminals.takeOutput().filter((o) => o.terminal === 'node-1');
  const lines = own
    .map(({ text }) => text)
    .join('')
    .split('\n');
  const events = (port: number): readonly string[] =>
    lines.filter((l) => l.includes(` dport=${port} `)).map((l) => l.split(' src=')[0]?.trim() ?? '');
  expect(events(80)).toEqual([
    '[NEW] tcp      6 120 SYN_SENT',
    '[UPDATE] tcp      6 60 SYN_RECV',
    '[UPDATE] tcp      6 432000 ESTABLISHED',
    '[UPDATE] tcp      6 120 FIN_WAIT',
    '[UPDATE] tcp      6 30 LAST_ACK',
    '[UPDATE] tcp      6 120 TIME_WAIT',
  ]);
  expect(events(81).map((event) => event.split(' ')[0])).toEqual(['[NEW]', '[DESTROY]']);
  expect(lines.at(-2)).toBe('conntrack v1.4.7 (conntrack-tools): 8 flow events have been shown.');
});
