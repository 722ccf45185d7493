// A crowd of Services for a cluster of any size: what a platform with many teams looks like to kube-proxy. Their endpoints are
// written by hand (Services without selector), so no Pods and no controllers are needed.
import type { EndpointSlice, KubeObject, Service } from '@/lib/kube/types';
import { SERVICE_NAME_LABEL } from '@/lib/proxy/endpoints';

/** No cluster of the course is larger. */
export const CROWD_LIMIT = 10_000;

const NODES = ['node-1', 'node-2', 'node-3'] as const;
const PORT = 80;

/** `count` Services in the namespace `default`, each with one EndpointSlice of so many ready endpoints (at most 100). */
export function* crowd(count: number, endpoints = 5): Generator<KubeObject> {
  for (let i = 0; i < count; i++) {
    const service = crowdService(i);
    yield service;
    yield crowdSlice(i, endpoints);
  }
}

/** The name of the i-th Service of a crowd: "shop-00042". */
export const crowdName = (i: number): string => `shop-${String(i).padStart(5, '0')}`;

/** The i-th Service: ClusterIP, port 80 to 8080; the API server allocates its address. */
export function crowdService(i: number): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: crowdName(i), namespace: 'default' },
    spec: { ports: [{ name: 'http', port: PORT, targetPort: 8080, protocol: 'TCP' }] },
  };
}

/** The EndpointSlice of the i-th Service, as somebody without a selector writes it. */
export function crowdSlice(i: number, endpoints: number): EndpointSlice {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: `${crowdName(i)}-1`,
      namespace: 'default',
      labels: { [SERVICE_NAME_LABEL]: crowdName(i) },
    },
    addressType: 'IPv4',
    endpoints: Array.from({ length: endpoints }, (_, j) => ({
      addresses: [crowdAddress(i * endpoints + j)],
      conditions: { ready: true, serving: true, terminating: false },
      nodeName: NODES[(i + j) % NODES.length] ?? NODES[0],
    })),
    ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
  };
}

/** Addresses of 172.16.0.0/12, which no Pod of the default cluster has: 172.16.0.1, 172.16.0.2 … */
const crowdAddress = (n: number): string => {
  const value = 0xac100001 + n;
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
};
