// NetworkPolicies as the API server takes them: its defaults, and its words for what it refuses.
import { describe, expect, test } from 'vitest';
import { messageOf, must, testApi } from '@/lib/kube/api/testing';
import type { NetworkPolicy } from '@/lib/kube/types';

const policy = (spec: unknown): NetworkPolicy => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'web', namespace: 'default' },
  spec: spec as NonNullable<NetworkPolicy['spec']>,
});

const stored = (spec: unknown): NetworkPolicy['spec'] => must(testApi().api.create(policy(spec))).spec;
const refusal = (spec: unknown): string =>
  messageOf(testApi().api.create(policy(spec))).replace(
    'NetworkPolicy.networking.k8s.io "web" is invalid: ',
    '',
  );

describe('defaults', () => {
  test.each([
    [{ podSelector: {} }, ['Ingress']],
    [{ podSelector: {}, egress: [] }, ['Ingress']],
    [{ podSelector: {}, egress: [{}] }, ['Ingress', 'Egress']],
    [{ podSelector: {}, ingress: [{}], policyTypes: ['Egress'] }, ['Egress']],
  ])('policyTypes of %j', (spec, types) => {
    expect(stored(spec)?.policyTypes).toEqual(types);
  });

  test('the protocol of a port is TCP', () => {
    const spec = stored({
      podSelector: {},
      ingress: [{ ports: [{ port: 80 }, {}] }],
      egress: [{ ports: [{ port: 'dns' }] }],
    });
    expect(spec?.ingress?.[0]?.ports).toEqual([{ port: 80, protocol: 'TCP' }, { protocol: 'TCP' }]);
    expect(spec?.egress?.[0]?.ports).toEqual([{ port: 'dns', protocol: 'TCP' }]);
  });
});

describe('refusals', () => {
  const cidrText = 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)';
  test.each([
    [{ port: 0 }, 'port: Invalid value: 0: must be between 1 and 65535, inclusive'],
    [
      { port: 'eight-zero-eight-zero' },
      'port: Invalid value: "eight-zero-eight-zero": must be no more than 15 characters',
    ],
    [{ port: '80' }, 'port: Invalid value: "80": must contain at least one letter (a-z)'],
    [{ port: 80, endPort: 79 }, 'endPort: Invalid value: 80: must be greater than or equal to `port`'],
    [{ port: 80, endPort: 70_000 }, 'endPort: Invalid value: 70000: must be between 1 and 65535, inclusive'],
    [
      { port: 'http', endPort: 80 },
      'endPort: Invalid value: 80: may not be specified when `port` is non-numeric',
    ],
    [{ endPort: 80 }, 'endPort: Invalid value: 80: may not be specified when `port` is not specified'],
    [{ protocol: 'ICMP' }, 'protocol: Unsupported value: "ICMP": supported values: "TCP", "UDP", "SCTP"'],
  ])('the port %j', (port, message) => {
    expect(refusal({ podSelector: {}, ingress: [{ ports: [port] }] })).toBe(
      `spec.ingress[0].ports[0].${message}`,
    );
  });

  test.each([
    [{}, ': Required value: must specify a peer'],
    [
      { ipBlock: { cidr: '10.0.0.0/8' }, podSelector: {} },
      ': Forbidden: may not specify both ipBlock and another peer',
    ],
    [{ ipBlock: { cidr: '' } }, '.ipBlock.cidr: Required value'],
    [{ ipBlock: { cidr: '10.0.0.0' } }, `.ipBlock.cidr: Invalid value: "10.0.0.0": ${cidrText}`],
    [
      { ipBlock: { cidr: '10.0.0.0/8', except: ['10.0.0.0/8'] } },
      '.ipBlock.except[0]: Invalid value: "10.0.0.0/8": must be a strict subset of `cidr`',
    ],
    [
      { ipBlock: { cidr: '10.0.0.0/8', except: ['fd00::/8'] } },
      '.ipBlock.except[0]: Invalid value: "fd00::/8": must be a strict subset of `cidr`',
    ],
    [
      { ipBlock: { cidr: '10.0.0.0/8', except: ['10.1'] } },
      `.ipBlock.except[0]: Invalid value: "10.1": ${cidrText}`,
    ],
  ])('the peer %j', (peer, message) => {
    expect(refusal({ podSelector: {}, egress: [{ to: [peer] }] })).toBe(`spec.egress[0].to[0]${message}`);
  });

  test('policyTypes: what is none, and more than two', () => {
    expect(refusal({ podSelector: {}, policyTypes: ['ingress'] })).toBe(
      'spec.policyTypes[0]: Unsupported value: "ingress": supported values: "Ingress", "Egress"',
    );
    expect(refusal({ podSelector: {}, policyTypes: ['Ingress', 'Egress', 'Ingress'] })).toBe(
      'spec.policyTypes: Invalid value: []networking.PolicyType{"Ingress", "Egress", "Ingress"}: may not specify more than two policyTypes',
    );
  });

  test('a selector', () => {
    expect(refusal({ podSelector: { matchExpressions: [{ key: 'k', operator: 'In' }] } })).toBe(
      "spec.podSelector.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
    );
  });
});
