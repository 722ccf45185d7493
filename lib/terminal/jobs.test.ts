// Programs behind the prompt, with the words of the real shells (bash 5.2, dash 0.5.12 and BusyBox 1.35 were asked), and ports that are
// forwarded behind it (kubectl 1.28 to 1.33 were asked).
import { describe, expect, test } from 'vitest';
import { Cluster } from '@/lib/sim';
import type { K8sVersion } from '@/lib/kube/versions';
import { testSession } from './testing';
import { HANG_UP, INTERRUPT, Terminals } from './terminals';

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: my-web-app, ports: [{containerPort: 8080}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
`;

function withWeb(k8s: K8sVersion = '1.32'): Cluster {
  const cluster = Cluster.create({ k8s, seed: 1, now: '2026-01-01T00:00:00Z' });
  expect(cluster.applyText('web.yaml', WEB).outcome).toBe('applied');
  cluster.settle();
  return cluster;
}

describe('jobs', () => {
  test('are numbered, listed, waited for and reported before the next prompt', () => {
    const { run } = testSession();
    expect(run('sleep 20 | cat &').stderr).toBe('[1] 2101\n');
    expect(run('sleep 5 && echo slept &').stderr).toBe('[2] 2102\n');
    expect(run('jobs; jobs -l; jobs -p').stdout).toBe(
      '[1]-  Running                 sleep 20 | cat &\n' +
        '[2]+  Running                 sleep 5 && echo slept &\n' +
        '[1]-  2101 Running                 sleep 20 | cat &\n' +
        '[2]+  2102 Running                 sleep 5 && echo slept &\n' +
        '2101\n2102\n',
    );
    const after = run('wait %2; echo done $?');
    expect(after.stdout).toBe('slept\ndone 0\n');
    expect(after.stderr).toBe('[2]+  Done                    sleep 5 && echo slept\n');
    expect(run('kill %1; echo $!').stdout).toBe('2102\n');
    expect(run('jobs').stdout).toBe('');
  });

  test('end with the words of a signal or of an exit code', () => {
    const { run } = testSession();
    run('sleep 100 &');
    expect(run('kill -9 $!').stderr).toBe('[1]+  Killed                  sleep 100\n');
    run('false &');
    expect(run('sleep 100 & kill -s INT $!').stderr).toBe(
      '[1] 2103\n[1]+  Interrupt               sleep 100\n',
    );
  });

  test('of which there is none are named in the shell’s own words', () => {
    const { run } = testSession();
    expect(run('fg').stderr).toBe('-bash: fg: current: no such job\n');
    expect(run('kill %7').stderr).toBe('-bash: kill: %7: no such job\n');
    expect(run('kill 999999').stderr).toBe('-bash: kill: (999999) - No such process\n');
    expect(run('wait 99999; echo $?')).toMatchObject({
      stdout: '127\n',
      stderr: '-bash: wait: pid 99999 is not a child of this shell\n',
    });
    expect(run('kill').stderr).toMatch(/^kill: usage: kill \[-s sigspec/);
  });

  test('come back with fg, and go on where they were', () => {
    const { run, cluster } = testSession();
    run('(sleep 3; echo late) &');
    run('sleep 1');
    const before = cluster.now;
    expect(run('fg').stdout).toBe('(sleep 3; echo late)\nlate\n');
    expect(cluster.now - before).toBe(2000);
  });

  test('in a Pod speak as BusyBox does', () => {
    const { run } = testSession();
    run('kubectl run box --image=busybox -- sleep infinity');
    run('kubectl exec -it box -- sh');
    expect(run('sleep 30 &').stderr).toBe('');
    expect(run('jobs').stdout).toBe('[1]+  Running                    sleep 30\n');
    expect(run('kill %1').stderr).toBe('[1]+  Terminated                 sleep 30\n');
    expect(run('fg').stderr).toBe('sh: fg: No current job\n');
  });

  test('cannot be so many that the terminal stands still', () => {
    const { run } = testSession();
    const { stderr, exit } = run('for i in $(seq 40); do sleep 1000 & done');
    expect(stderr).toContain('fork: retry: Resource temporarily unavailable');
    expect(exit).toBe(254);
    expect(run('while true; do :; done & wait').stderr).toMatch(/fork|stopped after 20000 commands/);
  });
});

describe('a port forwarded behind the prompt', () => {
  test('is called from the same console', () => {
    const { run } = testSession({ cluster: withWeb() });
    expect(run('kubectl port-forward svc/web 8080:80 &').stdout).toBe(
      'Forwarding from 127.0.0.1:8080 -> 8080\nForwarding from [::1]:8080 -> 8080\n',
    );
    const { stdout } = run('curl -s localhost:8080');
    expect(stdout).toMatch(
      /^Handling connection for 8080\nHello from web-\S+ \(127\.0\.0\.1\), client 127\.0\.0\.1\n$/,
    );
    run('kill %1');
    expect(run('curl localhost:8080').stderr).toContain('curl: (7) Failed to connect to localhost port 8080');
  });

  test.each([
    [
      '1.28',
      ' portforward.go:409] an error occurred forwarding 8081 -> 81: error forwarding port 81 to pod ',
    ],
    [
      '1.32',
      ' portforward.go:424] "Unhandled Error" err="an error occurred forwarding 8081 -> 81: error forwarding',
    ],
  ] as const)('v%s: ends when nobody listens inside the Pod', (k8s, words) => {
    const { run } = testSession({ cluster: withWeb(k8s) });
    run('kubectl port-forward deploy/web 8081:81 &');
    const { stdout, stderr } = run('curl localhost:8081');
    expect(stdout).toContain('Handling connection for 8081\n');
    expect(stderr).toContain('curl: (52) Empty reply from server\n');
    expect(stderr).toContain(words);
    expect(stderr).toContain('error: lost connection to pod\n');
    expect(stderr).toContain('[1]+  Exit 1                  kubectl port-forward deploy/web 8081:81\n');
  });

  test('is refused where the port is taken, or root’s', () => {
    const { run } = testSession({ cluster: withWeb() });
    run('kubectl port-forward svc/web 8080:80 &');
    const { stderr, exit } = run('kubectl port-forward svc/web 8080:80');
    expect([stderr, exit]).toEqual([
      'Unable to listen on port 8080: Listeners failed to create with the following errors: [unable to create listener: Error listen tcp4 127.0.0.1:8080: bind: address already in use unable to create listener: Error listen tcp6 [::1]:8080: bind: address already in use]\nerror: unable to listen on any of the requested ports: [{8080 8080}]\n',
      1,
    ]);
    expect(run('kubectl port-forward svc/web 80').stderr).toContain('127.0.0.1:80: bind: permission denied');
  });
});

describe('the terminals of a page', () => {
  function terminals(): { readonly cluster: Cluster; readonly all: Terminals } {
    const cluster = withWeb();
    const all = new Terminals(cluster, { list: () => [], read: () => undefined, write: () => false });
    return { cluster, all };
  }

  test('give the prompt back while a job runs, and print what it prints', () => {
    const { cluster, all } = terminals();
    all.run('control', '(sleep 2; echo late) &');
    expect(all.state('control')).toMatchObject({ jobs: { running: 1, until: cluster.now + 2000 } });
    expect(all.state('control').waiting).toBeUndefined();
    all.takeOutput();
    cluster.advance(2000);
    all.wake();
    expect(all.takeOutput()).toEqual([{ terminal: 'control', kind: 'stdout', text: 'late\n' }]);
    expect(all.run('control', 'echo next').stderr).toBe(
      '[1]+  Done                    (sleep 2; echo late)\n',
    );
  });

  test('Ctrl-C of a port-forward before the prompt gives the port back', () => {
    const { all } = terminals();
    all.run('control', 'kubectl port-forward svc/web 8080:80');
    all.run('control', INTERRUPT);
    expect(all.run('control', 'kubectl port-forward svc/web 8080:80').stdout).toContain('Forwarding from');
  });

  test('Ctrl-C ends what runs before the prompt only; hanging up ends the jobs; so does a rewind', () => {
    const { all } = terminals();
    all.run('control', 'kubectl port-forward svc/web 8080:80 &');
    all.run('control', 'sleep 100');
    all.run('control', INTERRUPT);
    expect(all.running()).toEqual([{ terminal: 'control', waitsFor: 'event', behind: true }]);
    expect(all.run('control', 'curl -s localhost:8080').stdout).toContain('Hello from web-');
    all.run('control', HANG_UP);
    expect(all.running()).toEqual([]);
    all.run('control', 'sleep 100 &');
    all.restore(all.snapshot());
    expect(all.running()).toEqual([]);
  });
});
