import { describe, expect, test } from 'vitest';
import { must, service, testApi, yaml } from './testing';

const created = (text: string): { spec?: unknown; status?: unknown; metadata: object } =>
  must(testApi().api.create(yaml(text)));

describe('Services', () => {
  test('a minimal one', () => {
    expect(must(testApi().api.create(service({ ports: [{ port: 80 }] }))).spec).toEqual({
      clusterIP: expect.any(String),
      clusterIPs: [expect.any(String)],
      internalTrafficPolicy: 'Cluster',
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }],
      sessionAffinity: 'None',
      type: 'ClusterIP',
    });
  });

  test('a load balancer with affinity', () => {
    const { spec, status } = must(
      testApi().api.create(
        service({
          type: 'LoadBalancer',
          sessionAffinity: 'ClientIP',
          ports: [{ port: 80, targetPort: 'http' }],
        }),
      ),
    );
    expect(spec).toMatchObject({
      allocateLoadBalancerNodePorts: true,
      externalTrafficPolicy: 'Cluster',
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 10_800 } },
      ports: [{ targetPort: 'http' }],
    });
    expect(status).toEqual({ loadBalancer: {} });
  });

  test('external IPs make a Service reachable from outside; an ExternalName has no internal policy', () => {
    const { api } = testApi();
    const external = must(api.create(service({ ports: [{ port: 80 }], externalIPs: ['192.0.2.1'] })));
    expect(external.spec.externalTrafficPolicy).toBe('Cluster');
    const name = must(api.create(service({ type: 'ExternalName', externalName: 'a.example' }, 'name')));
    expect(name.spec).toEqual({ type: 'ExternalName', externalName: 'a.example', sessionAffinity: 'None' });
  });

  test('affinity taken back takes its configuration along', () => {
    const { api } = testApi();
    const live = must(api.create(service({ sessionAffinity: 'ClientIP', ports: [{ port: 80 }] })));
    const { sessionAffinity: _, ...rest } = live.spec;
    expect(must(api.update({ ...live, spec: rest })).spec).not.toHaveProperty('sessionAffinityConfig');
  });

  test('addresses of a load balancer are VIPs', () => {
    const { api } = testApi();
    const live = must(api.create(service({ type: 'LoadBalancer', ports: [{ port: 80 }] })));
    const status = { loadBalancer: { ingress: [{ ip: '203.0.113.1' }] } };
    const updated = must(api.update({ ...live, status }, { subresource: 'status' }));
    expect(updated.status).toEqual({ loadBalancer: { ingress: [{ ip: '203.0.113.1', ipMode: 'VIP' }] } });
  });
});

test('Pods', () => {
  const pod = created(`
apiVersion: v1
kind: Pod
metadata: { name: a }
spec:
  containers:
    - name: c
      image: nginx
      ports: [{ containerPort: 80 }]
      readinessProbe: { httpGet: { port: 80 } }
      resources: { limits: { cpu: 1 } }
  volumes: [{ name: v }, { name: m, configMap: { name: x } }]
`);
  expect(pod.spec).toMatchObject({
    dnsPolicy: 'ClusterFirst',
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    schedulerName: 'default-scheduler',
    securityContext: {},
    enableServiceLinks: true,
    serviceAccountName: 'default',
    priority: 0,
    volumes: [{ emptyDir: {} }, { configMap: { defaultMode: 420 } }, { projected: { defaultMode: 420 } }],
    containers: [
      {
        imagePullPolicy: 'Always',
        volumeMounts: [{ mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true }],
        terminationMessagePath: '/dev/termination-log',
        terminationMessagePolicy: 'File',
        ports: [{ containerPort: 80, protocol: 'TCP' }],
        resources: { limits: { cpu: '1' }, requests: { cpu: '1' } },
        readinessProbe: {
          httpGet: { path: '/', port: 80, scheme: 'HTTP' },
          timeoutSeconds: 1,
          periodSeconds: 10,
          successThreshold: 1,
          failureThreshold: 3,
        },
      },
    ],
  });
  expect(pod.status).toEqual({ phase: 'Pending', qosClass: 'Burstable' });
});

test('Deployments', () => {
  const { spec } = created(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: a }
spec:
  selector: { matchLabels: { a: b } }
  template: { metadata: { labels: { a: b } }, spec: { containers: [{ name: c, image: "nginx:1.27" }] } }
`);
  expect(spec).toMatchObject({
    replicas: 1,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
    revisionHistoryLimit: 10,
    progressDeadlineSeconds: 600,
    template: { spec: { containers: [{ imagePullPolicy: 'IfNotPresent' }] } },
  });
  expect((spec as { template: { spec: object } }).template.spec).not.toHaveProperty('enableServiceLinks');
});

test('namespaces carry their name as a label; slices name their ports', () => {
  expect(created('{apiVersion: v1, kind: Namespace, metadata: {name: shop}}')).toMatchObject({
    metadata: { labels: { 'kubernetes.io/metadata.name': 'shop' } },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  });
  expect(
    created(
      '{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: s}, addressType: IPv4, endpoints: [], ports: [{port: 80}]}',
    ),
  ).toMatchObject({ ports: [{ name: '', port: 80, protocol: 'TCP' }] });
});
