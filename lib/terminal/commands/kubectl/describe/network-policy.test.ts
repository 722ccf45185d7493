// describe of NetworkPolicies, as kubectl v1.32 printed it for the same objects.
import { expect, test } from 'vitest';
import { describeNetworkPolicy } from './network-policy';

const policy = (spec: object) =>
  describeNetworkPolicy({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'web', namespace: 'default', creationTimestamp: '2026-01-01T00:00:00Z' },
    spec,
  }).replace(/^[^]*Spec:\n/, '');

test('peers and ports of every kind', () => {
  const spec = {
    podSelector: {
      matchLabels: { app: 'web' },
      matchExpressions: [{ key: 'bar', operator: 'DoesNotExist' }],
    },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      {
        from: [
          { ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16', '10.2.0.0/16'] } },
          { podSelector: { matchLabels: { r: 's' } }, namespaceSelector: {} },
        ],
        ports: [
          { port: 80, protocol: 'TCP' },
          { port: 'http', protocol: 'UDP' },
          { port: 1000, endPort: 2000, protocol: 'SCTP' },
          { protocol: 'UDP' },
        ],
      },
      {},
    ],
    egress: [{ to: [{ ipBlock: { cidr: 'fd00::/8' } }] }],
  };
  expect(policy(spec)).toBe(`  PodSelector:     app=web,!bar
  Allowing ingress traffic:
    To Port: 80/TCP
    To Port: http/UDP
    To Port Range: 1000-2000/SCTP
    To Port: <nil>/UDP
    From:
      IPBlock:
        CIDR: 10.0.0.0/8
        Except: 10.1.0.0/16, 10.2.0.0/16
    From:
      NamespaceSelector: <none>
      PodSelector: r=s
    ----------
    To Port: <any> (traffic allowed to all ports)
    From: <any> (traffic not restricted by source)
  Allowing egress traffic:
    To Port: <any> (traffic allowed to all ports)
    To:
      IPBlock:
        CIDR: fd00::/8
        Except: 
  Policy Types: Ingress, Egress
`);
});

test('default deny', () => {
  expect(policy({ podSelector: {}, policyTypes: ['Ingress'] }))
    .toBe(`  PodSelector:     <none> (Allowing the specific traffic to all pods in this namespace)
  Allowing ingress traffic:
    <none> (Selected pods are isolated for ingress connectivity)
  Not affecting egress traffic
  Policy Types: Ingress
`);
});
