// What every namespace has: the ServiceAccount default and the ConfigMap kube-root-ca.crt. Models
// pkg/controller/serviceaccount/serviceaccounts_controller.go and pkg/controller/certificates/rootcacertpublisher. Also the Service
// default/kubernetes, which the API server puts back (pkg/controlplane/controller/kubernetesservice).
import type { ConfigMap, KubeObject } from '@/lib/kube/types';
import { LATENCY_MS } from '../latencies';
import { kubernetesService } from '../static-objects';
import type { Controller } from '../types';

/** The key of default/kubernetes: no name of a namespace. */
const OWN_SERVICE = 'default/kubernetes';
const ACCOUNT = 'default';
const ROOT_CA = 'kube-root-ca.crt';
/** Nothing in a simulated cluster checks certificates. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
c2ltdWxhdGVkIGNsdXN0ZXIsIG5vIGNlcnRpZmljYXRl
-----END CERTIFICATE-----
`;
const DESCRIPTION =
  'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.';

/** Puts back what is missing; its keys are names of namespaces. */
export function namespaceFurniture(): Controller {
  return {
    name: 'serviceaccount-controller',
    watches: ['Namespace', 'Node', 'Service', 'ServiceAccount', 'ConfigMap'],
    latencyMs: LATENCY_MS.garbageCollector,
    keysFor({ type, object }, { api }) {
      const { name = '', namespace = '' } = object.metadata;
      if (object.kind === 'Namespace') return type === 'DELETED' ? [] : [name];
      // The first namespaces are there before any controller is: a node that joins is a start.
      if (object.kind === 'Node')
        return type === 'ADDED' ? api.list('Namespace').map((n) => n.metadata.name ?? '') : [];
      if (object.kind === 'Service')
        return type === 'DELETED' && namespace === 'default' && name === 'kubernetes' ? [OWN_SERVICE] : [];
      return type === 'DELETED' && (name === ACCOUNT || name === ROOT_CA) ? [namespace] : [];
    },
    reconcile(namespace, { api }) {
      if (namespace === OWN_SERVICE) {
        for (const object of kubernetesService())
          if (!api.get(object.kind, 'default', 'kubernetes')) api.create(object);
        return;
      }
      const found = api.get('Namespace', '', namespace);
      if (!found || found.metadata.deletionTimestamp !== undefined) return;
      if (!api.get('ServiceAccount', namespace, ACCOUNT))
        api.create<KubeObject>({
          apiVersion: 'v1',
          kind: 'ServiceAccount',
          metadata: { name: ACCOUNT, namespace },
        });
      if (!api.get('ConfigMap', namespace, ROOT_CA))
        api.create<ConfigMap>({
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: ROOT_CA, namespace, annotations: { 'kubernetes.io/description': DESCRIPTION } },
          data: { 'ca.crt': CERTIFICATE },
        });
    },
  };
}
