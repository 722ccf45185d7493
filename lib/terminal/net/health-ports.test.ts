// kube-proxy's health ports, asked with curl as a load balancer would.
import { expect, test } from 'vitest';
import type { K8sVersion } from '@/lib/kube/versions';
import { Cluster } from '@/lib/sim';
import { testSession } from '../testing';

const FILE = `apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  healthCheckNodePort: 30500
  selector: {app: web}
  ports: [{port: 80, targetPort: 8080}]
---
apiVersion: v1
kind: Pod
metadata: {name: web-1, labels: {app: web}}
spec: {nodeName: node-1, containers: [{name: c, image: my-web-app}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web-2, labels: {app: web}}
spec: {nodeName: node-1, containers: [{name: c, image: my-web-app}]}
`;

function terminal(k8s: K8sVersion = '1.32') {
  const cluster = Cluster.create({ k8s, seed: 1, now: '2026-01-01T00:00:00Z' });
  const { problems } = cluster.applyText('test.yaml', FILE);
  expect(problems).toEqual([]);
  return testSession({ cluster });
}

test('the health check node port of a Local Service counts the ready endpoints of its node', () => {
  const { run } = terminal();
  expect(run('curl -si http://192.168.10.11:30500/healthz').stdout.replaceAll('\r', '')).toMatch(
    /^HTTP\/1\.1 200 OK\nContent-Type: application\/json\nX-Content-Type-Options: nosniff\nX-Load-Balancing-Endpoint-Weight: 2\nDate: .*\nContent-Length: \d+\n\n\{\n\t"service": \{\n\t\t"namespace": "default",\n\t\t"name": "web"\n\t\},\n\t"localEndpoints": 2,\n\t"serviceProxyHealthy": true\n\}$/,
  );
  const none = run('curl -si http://192.168.10.12:30500/').stdout;
  expect(none).toContain('503 Service Unavailable');
  expect(none).toContain('X-Load-Balancing-Endpoint-Weight: 0');
  expect(none).toContain('"localEndpoints": 0');
});

test('an endpoint that shuts down is not counted, and no Service means no port', () => {
  const { run, cluster } = terminal();
  run('kubectl delete pod web-1 --wait=false');
  cluster.advance(2_000);
  expect(run('curl -s http://192.168.10.11:30500/').stdout).toContain('"localEndpoints": 1');
  run('kubectl delete svc web');
  expect(run('curl -s http://192.168.10.11:30500/')).toMatchObject({ exit: 7 });
});

test('/healthz is 503 while the cluster autoscaler removes the node (from 1.30); /livez stays', () => {
  const taint = 'kubectl taint node node-2 ToBeDeletedByClusterAutoscaler=1:NoSchedule';
  const { run } = terminal();
  run(taint);
  expect(run('curl -s -w "%{http_code}" http://192.168.10.12:10256/healthz').stdout).toMatch(
    /"nodeEligible": false\}503$/,
  );
  expect(run('curl -s -o /dev/null -w "%{http_code}" http://192.168.10.12:10256/livez').stdout).toBe('200');
  expect(run('curl -s http://192.168.10.11:10256/healthz').stdout).toContain('"nodeEligible": true');
  const old = terminal('1.29').run;
  old(taint);
  expect(old('curl -s http://192.168.10.12:10256/healthz').stdout).toContain('"nodeEligible": true');
});

test('a rule by hand that drops the load balancer’s questions takes the node out', () => {
  const { run, cluster } = terminal();
  run('kubectl create configmap cloud-config -n kube-system');
  run('kubectl patch svc web -p \'{"spec":{"externalTrafficPolicy":"Cluster"}}\'');
  cluster.settle();
  const healthy = () => cluster.network.balancers.list()[0]?.nodes.flatMap((n) => (n.healthy ? n.node : []));
  expect(healthy()).toEqual(['node-1', 'node-2', 'node-3']);
  const node = testSession({ cluster, console: { kind: 'node', name: 'node-3' } });
  node.run('iptables -I INPUT -p tcp --dport 10256 -j DROP');
  cluster.settle();
  expect(healthy()).toEqual(['node-1', 'node-2']);
});
