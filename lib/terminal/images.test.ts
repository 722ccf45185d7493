// What a learner finds inside Pods of well-known images: their programs, their shells' words and prompts.
import { describe, expect, test } from 'vitest';
import { toolsOfImage } from './images';
import { testSession, type TestSession } from './testing';

function inPod(image: string): TestSession {
  const session = testSession();
  session.run(`kubectl run pod --image=${image}; kubectl wait --for=condition=Ready pod/pod`);
  return session;
}

describe('by name and tag', () => {
  test.each([
    ['nginx', 'curl', 'wget'],
    ['nginx:1.27', 'curl', 'ping'],
    ['nginx:1.27-alpine', 'ping', 'dig'],
    ['nginx:alpine-slim', 'wget', 'curl'],
    ['docker.io/library/redis:7', 'cat', 'curl'],
    ['python:3.13', 'wget', 'dig'],
    ['python:3.13-slim', 'getent', 'curl'],
    ['registry.k8s.io/e2e-test-images/agnhost:2.53', 'dig', 'watchdog'],
    ['curlimages/curl', 'nslookup', 'dig'],
    ['registry.k8s.io/coredns/coredns:v1.11.3', undefined, 'sh'],
    ['gcr.io/distroless/static-debian12', undefined, 'cat'],
  ])('%s has %s and lacks %s', (image, has, lacks) => {
    const tools = toolsOfImage(image);
    if (has !== undefined) expect(tools?.programs.has(has)).toBe(true);
    expect(tools?.programs.has(lacks)).toBe(false);
  });

  test('an unknown image has all programs', () => {
    expect(toolsOfImage('my-web-app')).toBeUndefined();
    expect(inPod('my-web-app').run('kubectl exec pod -- which dig curl ss').exit).toBe(0);
  });
});

test('Debian: bash and its prompt, dash behind sh, neither ping nor dig', () => {
  const { run, session } = inPod('nginx');
  expect(run('kubectl exec pod -- ping -c 1 10.96.0.1').stderr).toContain(
    'exec: "ping": executable file not found in $PATH',
  );
  expect(run("kubectl exec pod -- sh -c 'dig web'")).toMatchObject({
    stderr: expect.stringMatching(/^sh: 1: dig: not found\n/) as string,
    exit: 127,
  });
  expect(run("kubectl exec pod -- bash -c 'dig web'").stderr).toMatch(
    /^bash: line 1: dig: command not found\n/,
  );
  expect(run('kubectl exec pod -- cat /etc/os-release').stdout).toContain('ID=debian\n');
  run('kubectl exec -it pod -- bash');
  expect(session.prompt).toBe('root@pod:/# ');
  expect(run('dig web').stderr).toBe('bash: dig: command not found\n');
  run('exit');
  run('kubectl exec -it pod -- sh');
  expect(session.prompt).toBe('# ');
  expect(run('cd /nosuch')).toMatchObject({ stderr: "sh: 1: cd: can't cd to /nosuch\n", exit: 2 });
});

test('BusyBox: ash, its prompt and words, no bash and no release', () => {
  const { run, session } = inPod('busybox:1.36');
  expect(run('kubectl exec -it pod -- bash').stderr).toContain('exec: "bash": executable file not found');
  run('kubectl exec -it pod -- sh');
  expect(session.prompt).toBe('/ # ');
  expect(run('dig web')).toMatchObject({ stderr: 'sh: dig: not found\n', exit: 127 });
  expect(run('/bin/dig')).toMatchObject({ stderr: 'sh: /bin/dig: not found\n', exit: 127 });
  expect(run('cat /etc/os-release').exit).toBe(1);
});

test('without a shell: the container runtime’s words, and one line on the page’s console', () => {
  const { run, cluster } = testSession();
  const name = run('kubectl get pods -n kube-system -o name | grep coredns | head -1').stdout.trim().slice(4);
  for (const program of ['sh', 'ls', 'echo'])
    expect(run(`kubectl exec -it -n kube-system ${name} -- ${program}`).stderr).toContain(
      `OCI runtime exec failed: exec failed: unable to start container process: exec: "${program}": executable file not found in $PATH: unknown`,
    );
  const page = testSession({ cluster, console: { kind: 'pod', namespace: 'kube-system', name } });
  expect(page.session.prompt).toBe('(no shell) ');
  expect(page.run('ls')).toMatchObject({
    stderr: expect.stringContaining('This container has no shell') as string,
    exit: 127,
  });
});

test('a page’s console takes bash on Debian and sh on Alpine', () => {
  const debian = inPod('nginx');
  const console = { kind: 'pod', namespace: 'default', name: 'pod' } as const;
  expect(testSession({ cluster: debian.cluster, console }).session.prompt).toBe('root@pod:/# ');
  const alpine = inPod('nginx:alpine');
  expect(testSession({ cluster: alpine.cluster, console }).session.prompt).toBe('/ # ');
});

test('kube-proxy’s container has netfilter’s tools, and they act on its node', () => {
  const { run } = testSession();
  const inProxy = (line: string): string =>
    run(`kubectl exec -n kube-system ds/kube-proxy -- ${line}`).stdout;
  expect(inProxy('iptables-save -t nat')).toContain(':KUBE-SERVICES - [0:0]');
  expect(inProxy('iptables -t nat -S KUBE-POSTROUTING')).toContain('-N KUBE-POSTROUTING');
  expect(inProxy('ls')).toBe('');
});
