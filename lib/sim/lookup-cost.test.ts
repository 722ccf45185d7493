// Lesson 2.7's figures: what grows with the number of Services and what does not.
import { describe, expect, test } from 'vitest';
import type { ClusterProxyMode, K8sVersion } from '@/lib/kube/versions';
import { lookupCost, type LookupCost } from './lookup-cost';

function cost(version: K8sVersion, mode: ClusterProxyMode, services: number): LookupCost {
  const found = lookupCost(version, mode, services);
  if (!found) throw new Error(`v${version} has no ${mode}`);
  return found;
}

describe('rules before a Service is found', () => {
  test('iptables: one more for each Service that stands before it', () => {
    const small = cost('1.32', 'iptables', 10).rules;
    const large = cost('1.32', 'iptables', 1000).rules;
    expect(large.last - small.last).toBe(990);
    expect(large.last - large.first).toBe(999);
    expect(large.first).toBe(small.first);
  });

  test('nftables: the same for the first and the last of any number', () => {
    const small = cost('1.32', 'nftables', 10).rules;
    const large = cost('1.32', 'nftables', 1000).rules;
    expect(large).toEqual(small);
    expect(small.last).toBe(small.first);
  });
});

describe('what a sync writes', () => {
  test('iptables: one change writes one Service’s chains, and KUBE-SERVICES whole', () => {
    const { whole, change } = cost('1.28', 'iptables', 500);
    expect(change.dispatch).toBe(whole.dispatch);
    expect(change.lines).toBeLessThan(whole.lines / 5);
    expect(change.lines).toBeGreaterThan(change.dispatch);
  });

  test('nftables before v1.33: one change writes everything again', () => {
    const { whole, change } = cost('1.32', 'nftables', 200);
    expect(change.lines).toBeGreaterThan(whole.lines * 0.9);
  });
});

test('v1.28 has no nftables mode', () => {
  expect(lookupCost('1.28', 'nftables', 10)).toBeUndefined();
});
