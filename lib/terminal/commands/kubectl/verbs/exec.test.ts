// `kubectl exec POD -- PROGRAM`: the container's name and variables; what the container's runtime says of a program that is not there.
import { expect, test } from 'vitest';
import { Cluster } from '@/lib/sim';
import type { K8sVersion } from '@/lib/kube/versions';
import { testSession, type TestSession } from '../../../testing';

/** A session on a cluster with a Pod named client. */
function withClient(k8s: K8sVersion = '1.32'): TestSession['run'] {
  const cluster = Cluster.create({ k8s, seed: 1, now: '2026-01-01T00:00:00Z' });
  const { run } = testSession({ cluster });
  run('kubectl run client --image=busybox --env=HERE=here -- sleep infinity');
  run('kubectl wait --for=condition=Ready pod/client');
  return run;
}

test('hostname and env tell of the container', () => {
  const run = withClient();
  expect(run('kubectl exec client -- hostname')).toMatchObject({ stdout: 'client\n', stderr: '', exit: 0 });
  expect(run('kubectl exec client -- /bin/hostname').stdout).toBe('client\n');
  const { stdout, exit } = run('kubectl exec client -- env');
  expect(exit).toBe(0);
  const names = stdout.split('\n').map((line) => line.split('=')[0]);
  expect(names.slice(0, 4)).toEqual(['PATH', 'HOSTNAME', 'HERE', 'KUBERNETES_SERVICE_HOST']);
  expect(names.at(-2)).toBe('HOME');
  expect(stdout).toContain('HOSTNAME=client\n');
});

test('a variable may name those of the Services', () => {
  const run = withClient();
  run("kubectl run named --image=busybox --env='HERE=at-$(KUBERNETES_SERVICE_HOST)' -- sleep infinity");
  run('kubectl wait --for=condition=Ready pod/named');
  expect(run('kubectl exec named -- printenv HERE').stdout).toBe('at-10.96.0.1\n');
});

test('only with a terminal there is TERM', () => {
  const run = withClient();
  expect(run('kubectl exec client -- printenv TERM')).toMatchObject({ stdout: '', exit: 1 });
  expect(run('kubectl exec -it client -- printenv TERM').stdout).toBe('xterm\n');
  run('kubectl exec -it client -- sh');
  expect(run('echo $TERM').stdout).toBe('xterm\n');
});

test('a shell’s own words are no programs; those that are both are found', () => {
  const run = withClient();
  expect(run('kubectl exec client -- cd /').stderr).toContain(
    'exec: "cd": executable file not found in $PATH',
  );
  expect(run('kubectl exec client -- /bin/echo a b').stdout).toBe('a b\n');
  expect(run("kubectl exec client -- sh -c 'cd /etc; pwd'").stdout).toBe('/etc\n');
});

test.each([
  ['nosuch', 'exec: "nosuch": executable file not found in $PATH'],
  ['/bin/nosuch', 'exec: "/bin/nosuch": stat /bin/nosuch: no such file or directory'],
  ['/etc', 'exec: "/etc": is a directory'],
])('%s cannot be started: the words of runc, containerd and the kubelet', (program, said) => {
  const { stdout, stderr, exit } = withClient()(`kubectl exec client -- ${program}`);
  expect({ stdout, exit }).toEqual({ stdout: '', exit: 1 });
  expect(stderr.replace(/"[0-9a-f]{64}"/, '"ID"')).toBe(
    `error: Internal error occurred: Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "ID": OCI runtime exec failed: exec failed: unable to start container process: ${said}: unknown\n`,
  );
});

test('before WebSockets the internal error is called so once', () => {
  expect(withClient('1.29')('kubectl exec client -- nosuch').stderr).toMatch(
    /^error: Internal error occurred: error executing command in container: /,
  );
});
