// /openapi/v2 and /openapi/v3 (k8s.io/kube-openapi pkg/handler, pkg/handler3).
import { v2Protobuf } from '@/lib/kube/api/openapi/documents';
import type { Call } from './call';
import type { ApiResponse } from './types';

const PROTOBUF = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';

/** The answer for an OpenAPI path; undefined for other paths. */
export function openapi(call: Call, segments: readonly string[]): ApiResponse | undefined {
  const [root, version, ...rest] = segments;
  const { k8s, documents } = call.backend;
  if (root !== 'openapi') return undefined;
  if (version === 'v2' && rest.length === 0) {
    const accept = call.header('accept') ?? '';
    if (!accept.includes('protobuf')) return call.json(200, documents.v2);
    const bytes = v2Protobuf(k8s);
    return { status: 200, headers: { 'content-type': PROTOBUF, vary: 'Accept' }, body: bytes };
  }
  if (version !== 'v3') return undefined;
  if (rest.length === 0) return call.json(200, documents.index);
  const document = documents.of(rest.join('/'));
  if (!document) return undefined;
  const asked = call.query.get('hash');
  const isCurrent = asked === document.hash;
  const etag = `"${document.hash}"`;
  const headers = {
    'content-type': 'application/json',
    etag,
    ...(isCurrent
      ? {
          'cache-control': 'public, immutable',
          expires: new Date(call.backend.now() + 365 * 86_400_000).toUTCString(),
        }
      : {}),
  };
  if (call.header('if-none-match') === etag) return { status: 304, headers, body: '' };
  return { status: 200, headers, body: document.text };
}
