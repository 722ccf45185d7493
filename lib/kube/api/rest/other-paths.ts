// Paths beside the resources: version, health, and "404 page not found".
import type { K8sVersion } from '@/lib/kube/versions';
import type { Call } from './call';
import type { ApiResponse } from './types';

/** Patch release, commit, build date and Go version of the newest release of each minor that the course names. */
const RELEASES: Readonly<Record<K8sVersion, { readonly patch: number; readonly go: string }>> = {
  '1.28': { patch: 15, go: 'go1.22.8' },
  '1.29': { patch: 14, go: 'go1.22.12' },
  '1.30': { patch: 13, go: 'go1.23.8' },
  '1.31': { patch: 9, go: 'go1.23.8' },
  '1.32': { patch: 5, go: 'go1.23.8' },
  '1.33': { patch: 1, go: 'go1.24.2' },
  '1.34': { patch: 0, go: 'go1.24.6' },
};

/** The answer to what is neither a resource nor discovery. */
export function other(call: Call, segments: readonly string[]): ApiResponse {
  const path = `/${segments.join('/')}`;
  if (path === '/version') return call.json(200, JSON.stringify(versionInfo(call.backend.k8s)));
  if (path === '/healthz' || path === '/livez' || path === '/readyz') return health(call, path);
  return call.plain(404, '404 page not found\n');
}

function versionInfo(k8s: K8sVersion): Readonly<Record<string, string>> {
  const [major = '', minor = ''] = k8s.split('.');
  const { patch, go } = RELEASES[k8s];
  return {
    major,
    minor,
    gitVersion: `v${k8s}.${patch}`,
    gitCommit: '0000000000000000000000000000000000000000',
    gitTreeState: 'clean',
    buildDate: '2025-01-01T00:00:00Z',
    goVersion: go,
    compiler: 'gc',
    platform: 'linux/amd64',
  };
}

function health(call: Call, path: string): ApiResponse {
  if (!call.query.has('verbose')) return call.plain(200, 'ok');
  const lines = ['ping', 'log', 'etcd'].map((check) => `[+]${check} ok\n`).join('');
  return call.plain(200, `${lines}${path.slice(1)} check passed\n`);
}
