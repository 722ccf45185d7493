import { describe, expect, test } from 'vitest';
import type { CoreEvent } from '@/lib/kube/controllers/event';
import { deployment, pod, service, TestCluster } from '@/lib/kube/controllers/testing';
import type { Container, Pod, PodSpec } from '@/lib/kube/types';
import { endOf } from './command';
import { pullFault } from './pull';

interface Status {
  readonly restartCount: number;
  readonly ready: boolean;
  readonly started: boolean;
  readonly state: Readonly<
    Record<string, { readonly reason?: string; readonly message?: string; readonly exitCode?: number }>
  >;
  readonly lastState: { readonly terminated?: { readonly exitCode: number; readonly reason: string } };
}

const one = (container: Partial<Container>, spec: Partial<PodSpec> = {}): TestCluster => {
  const cluster = new TestCluster();
  cluster.create(service('one'));
  const containers = [{ name: 'web', image: 'my-web-app', ...container }];
  cluster.create(pod('one', { ...spec, containers }));
  return cluster.settle();
};
const statusOf = (cluster: TestCluster): Status =>
  (cluster.get<Pod>('Pod', 'one').status?.containerStatuses?.[0] ?? {}) as Status;
const phaseOf = (cluster: TestCluster): string | undefined => cluster.get<Pod>('Pod', 'one').status?.phase;
const events = (cluster: TestCluster, reason: string): readonly CoreEvent[] =>
  cluster.api.list<CoreEvent>('Event', 'default').filter((event) => event.reason === reason);
const told = (cluster: TestCluster, reason: string): readonly string[] =>
  events(cluster, reason).map((event) => event.message);

describe('a process that ends', () => {
  test('is understood where everybody can tell, and runs on otherwise', () => {
    const end = (...command: readonly string[]) => endOf({ name: 'c', command });
    expect(end('false')).toMatchObject({ afterMs: 0, exitCode: 1 });
    expect(end('sh', '-c', 'echo "no config"; sleep 2; exit 3')).toEqual({
      afterMs: 2000,
      exitCode: 3,
      lines: [{ afterMs: 0, text: 'no config' }],
    });
    expect(end('/bin/sleep', '30')).toMatchObject({ afterMs: 30_000, exitCode: 0 });
    expect(end('sh', '-c', 'false && exit 0')).toMatchObject({ exitCode: 1 });
    for (const line of [
      'sleep infinity',
      'while true; do sleep 1; done',
      './server',
      'echo $HOME',
      'tail -f /dev/null',
    ])
      expect(end('sh', '-c', line)).toBeUndefined();
    expect(end('agnhost', 'netexec')).toBeUndefined();
    expect(end()).toBeUndefined();
  });

  test('is started again at once, then after 10 s, 20 s … up to five minutes', () => {
    const cluster = one({ command: ['false'] });
    expect(phaseOf(cluster)).toBe('Running');
    expect(statusOf(cluster)).toMatchObject({
      restartCount: 1,
      ready: false,
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: { terminated: { exitCode: 1, reason: 'Error' } },
    });
    const uid = cluster.get('Pod', 'one').metadata.uid ?? '';
    const waits = [statusOf(cluster).state['waiting']?.message];
    for (let n = 2; n <= 8; n++) {
      for (let s = 0; s < 320 && statusOf(cluster).restartCount < n; s++) cluster.advance(1000);
      cluster.advance(1500);
      waits.push(statusOf(cluster).state['waiting']?.message);
    }
    expect(waits).toEqual(
      ['10s', '20s', '40s', '1m20s', '2m40s', '5m0s', '5m0s', '5m0s'].map(
        (wait) => `back-off ${wait} restarting failed container=web pod=one_default(${uid})`,
      ),
    );
    expect(told(cluster, 'BackOff')).toEqual([
      `Back-off restarting failed container web in pod one_default(${uid})`,
    ]);
    expect(cluster.endpoints('one').every((e) => e.conditions?.ready === false)).toBe(true);
  });

  test('a cluster with a crash loop is at rest: applying something else does not wait for it', () => {
    const cluster = one({ command: ['false'] });
    const before = cluster.now;
    cluster.create(service('other'));
    cluster.settle();
    expect(cluster.now - before).toBeLessThan(1000);
  });

  test('the restart policy decides: Never and a success with OnFailure end the Pod', () => {
    const never = one({ command: ['false'] }, { restartPolicy: 'Never' });
    expect(phaseOf(never)).toBe('Failed');
    expect(statusOf(never)).toMatchObject({ restartCount: 0, state: { terminated: { exitCode: 1 } } });
    const done = one({ command: ['true'] }, { restartPolicy: 'OnFailure' });
    expect(phaseOf(done)).toBe('Succeeded');
    expect(statusOf(done).state['terminated']?.reason).toBe('Completed');
  });

  test('CRASH_AFTER_SECONDS makes any image crash; until then it serves', () => {
    const cluster = one({ env: [{ name: 'CRASH_AFTER_SECONDS', value: '120' }] });
    expect(statusOf(cluster)).toMatchObject({ restartCount: 0, ready: true });
    cluster.advance(125_000);
    expect(statusOf(cluster)).toMatchObject({ restartCount: 1, ready: true });
  });
});

describe('liveness and startup probes', () => {
  const wrong = { httpGet: { path: '/nowhere', port: 8080 } };

  test('a liveness probe that fails three times has the container restarted, and says so in the kubelet’s words', () => {
    const cluster = one({ livenessProbe: wrong });
    expect(statusOf(cluster)).toMatchObject({
      restartCount: 1,
      ready: true,
      lastState: { terminated: { exitCode: 0, reason: 'Completed' } },
    });
    // Three of the first run, and the first of the second.
    const [unhealthy] = events(cluster, 'Unhealthy');
    expect(unhealthy).toMatchObject({
      message: 'Liveness probe failed: HTTP probe failed with statuscode: 404',
      type: 'Warning',
      count: 4,
    });
    expect(told(cluster, 'Killing')).toEqual(['Container web failed liveness probe, will be restarted']);
    cluster.advance(600_000);
    expect(statusOf(cluster).restartCount).toBeGreaterThan(4);
    expect(told(cluster, 'BackOff')).toHaveLength(1);
  });

  test('a slow starter under an impatient liveness probe never gets up; a startup probe gives it the time', () => {
    const slow = { env: [{ name: 'STARTUP_SECONDS', value: '45' }] };
    const health = { httpGet: { path: '/health', port: 8080 } };
    const impatient = one({ ...slow, livenessProbe: health });
    impatient.advance(300_000);
    expect(statusOf(impatient).restartCount).toBeGreaterThan(2);
    expect(told(impatient, 'Unhealthy')[0]).toMatch(
      /^Liveness probe failed: Get "http:.*connection refused$/,
    );
    const patient = one({
      ...slow,
      livenessProbe: health,
      startupProbe: { ...health, failureThreshold: 30, periodSeconds: 5 },
    });
    patient.advance(300_000);
    expect(statusOf(patient)).toMatchObject({ restartCount: 0, ready: true, started: true });
    expect(events(patient, 'Unhealthy')[0]).toMatchObject({ count: 9 });
    const hasty = one({ ...slow, startupProbe: { ...health, failureThreshold: 2 } });
    expect(told(hasty, 'Killing')).toEqual(['Container web failed startup probe, will be restarted']);
  });

  test('a container is not ready before its startup probe has succeeded', () => {
    const cluster = new TestCluster();
    const probe = { httpGet: { path: '/', port: 8080 }, initialDelaySeconds: 20 };
    cluster.create(pod('one', { containers: [{ name: 'web', image: 'my-web-app', startupProbe: probe }] }));
    cluster.advance(15_000);
    expect(statusOf(cluster)).toMatchObject({ started: false, ready: false });
    cluster.settle();
    expect(statusOf(cluster)).toMatchObject({ started: true, ready: true, restartCount: 0 });
  });
});

describe('images that are not there', () => {
  test('are those whose name says so, and no others', () => {
    for (const image of [
      'ngnix',
      'nginxx',
      'ngin',
      'bsuybox',
      'nginx:does-not-exist',
      'reg.invalid/team/app:1',
      'missing',
    ])
      expect(pullFault(image)?.reason, image).toBe('ErrImagePull');
    for (const image of ['Nginx', 'nginx:1:2/', 'team//app', 'my app'])
      expect(pullFault(image)?.reason, image).toBe('InvalidImageName');
    for (const image of [
      'nginx',
      'nginx:1.27',
      'my-web-app:2.0',
      'ngnix/app',
      'example.com/ngnix',
      'nginx@sha256:abc',
      'client',
      'localhost:5000/a',
    ])
      expect(pullFault(image), image).toBeUndefined();
  });

  test('ErrImagePull, then ImagePullBackOff, with the real Events; the Pod has its address and waits', () => {
    const cluster = one({ image: 'ngnix' });
    expect(phaseOf(cluster)).toBe('Pending');
    expect(cluster.get<Pod>('Pod', 'one').status?.podIP).toBe('10.244.1.2');
    expect(statusOf(cluster).state['waiting']?.reason).toBe('ImagePullBackOff');
    expect(told(cluster, 'Pulling')).toEqual(['Pulling image "ngnix"']);
    expect(told(cluster, 'Failed')).toEqual([
      expect.stringMatching(
        /^Failed to pull image "ngnix": failed to pull and unpack image "docker.io\/library\/ngnix:latest"/,
      ),
      'Error: ErrImagePull',
      'Error: ImagePullBackOff',
    ]);
    expect(told(cluster, 'BackOff')).toEqual(['Back-off pulling image "ngnix"']);
    cluster.advance(60_000);
    expect(events(cluster, 'Pulling')[0]).toMatchObject({ count: 3 });
  });

  test('mended in the Pod itself, it starts', () => {
    const cluster = one({ image: 'ngnix' });
    const bad = cluster.get<Pod>('Pod', 'one');
    const containers = bad.spec.containers.map((c) => ({ ...c, image: 'nginx' }));
    cluster.update<Pod>({ ...bad, spec: { ...bad.spec, containers } });
    cluster.settle();
    expect(statusOf(cluster)).toMatchObject({ ready: true, restartCount: 0 });
  });

  test('a rollout to such an image keeps the old Pods', () => {
    const cluster = new TestCluster();
    cluster.create(deployment('web', 2));
    cluster.settle();
    const labels = { app: 'web' };
    cluster.edit('web', {
      template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'nginx:missing' }] } },
    });
    cluster.settle();
    expect(cluster.readyPods(labels)).toHaveLength(2);
    expect(cluster.pods(labels)).toHaveLength(3);
  });
});
