import { describe, expect, test } from 'vitest';
import { countsOf } from './judges.mjs';

describe('counts of a judge', () => {
  test('its own line counts, the details of a failure do not', () => {
    const output = 'FAIL a\n1 passed, 2 failed\nconformance:iptables: 1 passed, 2 failed\n';
    expect(countsOf('conformance:iptables', output, 1)).toEqual({ passed: 1, failed: 2, skipped: 0 });
  });

  test('a judge with several lines is added up', () => {
    const output = 'kernel (nft): 10 passed, 0 failed\nkernel (legacy): 9 passed, 1 failed\n';
    expect(countsOf('kernel', output, 1)).toEqual({ passed: 19, failed: 1, skipped: 0 });
  });

  test('one that cannot run here is skipped', () => {
    expect(countsOf('kubectl', 'kubectl: skipped, no kubectl on PATH\n', 77)).toEqual({
      passed: 0,
      failed: 0,
      skipped: 1,
    });
  });

  test('a crash, or a verdict on nothing, is a failure', () => {
    expect(countsOf('kernel', 'Traceback', 1).failed).toBe(1);
    expect(countsOf('conformance', '', 0).failed).toBe(1);
  });
});
