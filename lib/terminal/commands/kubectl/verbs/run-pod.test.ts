// kubectl run -i: the terminal is the new Pod's until its program ends; what then is said is what the real kubectl says.
import { expect, test } from 'vitest';
import { testSession } from '../../../testing';

const PROMPT = "If you don't see a command prompt, try pressing enter.\n";

test('a program in a Pod of its own, which is gone afterwards', () => {
  const { run } = testSession();
  run('kubectl create deployment web --image=nginx && kubectl expose deployment web --port=80');
  run('kubectl rollout status deployment/web');
  const call = run('kubectl run tmp --image=busybox --rm -it --restart=Never -- wget -qO- http://web');
  expect(call.stdout).toContain('Welcome to nginx!');
  expect(call.stdout).toMatch(/pod "tmp" deleted\n$/);
  expect(call).toMatchObject({ stderr: PROMPT, exit: 0 });
  expect(run('kubectl get pod tmp').exit).toBe(1);
});

test('a program that fails is told after the removal, with its exit code', () => {
  const { run } = testSession();
  expect(run('kubectl run tmp --image=busybox --rm -i --restart=Never -- sh -c "exit 3"')).toMatchObject({
    stdout: 'pod "tmp" deleted\n',
    stderr: 'pod default/tmp terminated (Error)\n',
    exit: 3,
  });
});

test('a shell is a console; its end is the container’s', () => {
  const { run, session } = testSession();
  expect(run('kubectl run tmp --image=busybox -it').stderr).toBe(PROMPT);
  expect(session.console).toMatchObject({ kind: 'pod', name: 'tmp' });
  expect(run('hostname').stdout).toBe('tmp\n');
  const left = run('exit 2');
  expect(left.stderr).toBe(
    "Session ended, resume using 'kubectl attach tmp -c tmp -i -t' command when the pod is running\n",
  );
  expect([session.console.kind, session.exit]).toEqual(['control', 0]);
  expect(run('kubectl get pod tmp --no-headers').stdout).toMatch(/1\/1 +Running +1 /);
});

test('a session that is resumed still knows that its shell is the Pod’s program', () => {
  const { run, session } = testSession();
  run('kubectl run tmp --image=busybox --rm -it --restart=Never -- sh');
  session.content = JSON.parse(JSON.stringify(session.content)) as typeof session.content;
  expect(run('exit 3')).toMatchObject({
    stdout: 'pod "tmp" deleted\n',
    stderr: 'pod default/tmp terminated (Error)\n',
  });
  expect(session.exit).toBe(3);
});

test('an image that cannot be pulled: after a minute kubectl gives up, and removes the Pod', () => {
  const { run } = testSession();
  expect(run('kubectl run tmp --image=ngnix --rm -it -- sh')).toMatchObject({
    stdout: 'pod "tmp" deleted\n',
    stderr: 'error: timed out waiting for the condition\n',
    exit: 1,
  });
});
