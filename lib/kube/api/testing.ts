// Helpers for tests of the API: a server with a fixed seed and clock, and the messages it answers with.
import { parse } from 'yaml';
import { Random } from '@/lib/core/random';
import type { Result } from '@/lib/core/result';
import type { KubeObject, Service, ServiceSpec } from '@/lib/kube/types';
import type { K8sVersion } from '@/lib/kube/versions';
import { createApi } from '.';
import type { ApiServer } from './server';
import type { Store } from './store';
import type { Status } from './types';

export const START = Date.parse('2026-01-05T08:00:00Z');

export function testApi(
  options: { readonly k8s?: K8sVersion; readonly serviceCIDRs?: readonly string[] } = {},
): { readonly api: ApiServer; readonly store: Store } {
  return createApi({ random: Random.seeded(1), now: () => START, k8s: options.k8s ?? '1.32', ...options });
}

/** A manifest from YAML. */
export const yaml = (text: string): KubeObject => parse(text) as KubeObject;

export const service = (spec: ServiceSpec, name = 'web'): Service => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'default' },
  spec,
});

/** The message of a refusal; "ok" if there was none. */
export const messageOf = (result: Result<unknown, Status>): string =>
  result.ok ? 'ok' : result.error.message;

/** The value of a request that must succeed. */
export function must<T>(result: Result<T, Status>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}
