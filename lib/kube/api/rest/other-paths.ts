// Paths beside the resources: version, health, and "404 page not found".
import { RELEASES, releaseOf, type K8sVersion } from '@/lib/kube/versions';
import type { Call } from './call';
import type { ApiResponse } from './types';

/** The answer to what is neither a resource nor discovery. */
export function other(call: Call, segments: readonly string[]): ApiResponse {
  const path = `/${segments.join('/')}`;
  if (path === '/version') return call.json(200, JSON.stringify(versionInfo(call.backend.k8s)));
  if (path === '/healthz' || path === '/livez' || path === '/readyz') return health(call, path);
  return call.plain(404, '404 page not found\n');
}

function versionInfo(k8s: K8sVersion): Readonly<Record<string, string>> {
  const [major = '', minor = ''] = k8s.split('.');
  return {
    major,
    minor,
    gitVersion: releaseOf(k8s),
    gitCommit: RELEASES[k8s].commit,
    gitTreeState: 'clean',
    buildDate: '2025-01-01T00:00:00Z',
    goVersion: RELEASES[k8s].go,
    compiler: 'gc',
    platform: 'linux/amd64',
  };
}

function health(call: Call, path: string): ApiResponse {
  if (!call.query.has('verbose')) return call.plain(200, 'ok');
  const lines = ['ping', 'log', 'etcd'].map((check) => `[+]${check} ok\n`).join('');
  return call.plain(200, `${lines}${path.slice(1)} check passed\n`);
}
