// arping tells which node answers for the address of a MetalLB Service, from a host beside the nodes.
import { expect, test } from 'vitest';
import { testSession } from '../../testing';
import { macOf } from './ip';

const METALLB = `apiVersion: v1
kind: Namespace
metadata: {name: metallb-system}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: config, namespace: metallb-system}
data:
  config: |
    {apiVersion: metallb.io/v1beta1, kind: IPAddressPool, metadata: {name: lan}, spec: {addresses: [192.168.10.240/28]}}
    ---
    {apiVersion: metallb.io/v1beta1, kind: L2Advertisement, metadata: {name: lan}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web-1, labels: {app: web}}
spec: {nodeName: node-1, containers: [{name: c, image: my-web-app}]}
`;

test('the announcing node’s hardware address, and the next one’s when that node has no power', () => {
  const { run, cluster } = testSession({ files: { 'lb.yaml': METALLB } });
  run('kubectl apply -f lb.yaml');
  cluster.settle();
  expect(run('kubectl get svc web').stdout).toContain('192.168.10.240');
  expect(run('arping -c 1 192.168.10.240').stdout).toBe(
    `ARPING 192.168.10.240 from 192.168.10.5 eth0\nUnicast reply from 192.168.10.240 [${macOf('node-3').toUpperCase()}]  0.612ms\nSent 1 probes (1 broadcast(s))\nReceived 1 response(s)\n`,
  );
  expect(run('curl -s http://192.168.10.240').stdout).toContain('Hello from web-1');
  run('kubectl annotate node node-3 servicepath.dev/power=off');
  expect(run('arping -c 1 192.168.10.240')).toMatchObject({ exit: 1 });
  cluster.advance(7_000);
  expect(run('arping -c 1 192.168.10.240').stdout).toContain(macOf('node-2').toUpperCase());
  expect(run('kubectl describe svc web').stdout).toContain(
    'announcing from node "node-2" with protocol "layer2"',
  );
});

test('a ClusterIP and a cloud’s address belong to nobody on the network', () => {
  const { run } = testSession();
  expect(run('arping -c 1 10.96.0.1').stdout).toContain('Received 0 response(s)');
  expect(run('arping -c 1 192.168.10.11').stdout).toContain(macOf('node-1').toUpperCase());
});
