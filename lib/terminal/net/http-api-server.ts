// The API server as an anonymous client meets it: discovery of its version and health is public, everything else is forbidden
// (system:public-info-viewer; apiserver/pkg/endpoints/handlers/responsewriters/errors.go).
import type { Cluster } from '@/lib/sim';
import type { HttpRequest, HttpResponse } from './http-message';

const PUBLIC = ['/version', '/version/', '/healthz', '/livez', '/readyz'];

export function apiServerAnswer({ method, path }: HttpRequest, cluster: Cluster): HttpResponse {
  const [plainPath = '/'] = path.split('?');
  const reply = (status: number, body: string, type: string): HttpResponse => ({
    status,
    headers: [
      ['Cache-Control', 'no-cache, private'],
      ['Content-Type', type],
      ['X-Content-Type-Options', 'nosniff'],
      ['Content-Length', String(new TextEncoder().encode(body).length)],
    ],
    body,
  });
  if (!PUBLIC.includes(plainPath)) {
    const verb = method === 'GET' ? 'get' : method.toLowerCase();
    const status = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: `forbidden: User "system:anonymous" cannot ${verb} path "${plainPath}"`,
      reason: 'Forbidden',
      details: {},
      code: 403,
    };
    return reply(403, JSON.stringify(status, null, 2), 'application/json');
  }
  if (!plainPath.startsWith('/version')) return reply(200, 'ok', 'text/plain; charset=utf-8');
  const { status, body } = cluster.handle({ method: 'GET', path: '/version' });
  const version: unknown = JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body));
  return reply(status, JSON.stringify(version, null, 2), 'application/json');
}
