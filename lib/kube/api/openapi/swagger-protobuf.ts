// The OpenAPI v2 document in protobuf (gnostic openapi.v2.Document), as kubectl asks for it: for each kind a patch operation that
// takes fieldValidation, so that kubectl leaves validation to the server.
import type { RestResource } from '@/lib/kube/api/rest/resources';

const encoder = new TextEncoder();

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return [...bytes, rest];
}

type Part = Uint8Array | string;

/** A length-delimited field. */
function field(number: number, content: Part): Uint8Array {
  const bytes = typeof content === 'string' ? encoder.encode(content) : content;
  return joined([new Uint8Array([...varint(number * 8 + 2), ...varint(bytes.length)]), bytes]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, p) => sum + p.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The document for these resources. */
export function swaggerProtobuf(resources: readonly RestResource[], version: string): Uint8Array {
  const info = joined([field(1, 'Kubernetes'), field(2, version)]);
  const paths = resources.filter((r) => r.verbs.includes('patch')).map((r) => field(2, pathItem(r)));
  return joined([field(1, '2.0'), field(2, info), field(8, joined(paths))]);
}

function pathItem({ group, version, kind, resource, namespaced }: RestResource): Uint8Array {
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  const path = `${root}${namespaced ? '/namespaces/{namespace}' : ''}/${resource}/{name}`;
  const query = joined([field(2, 'query'), field(4, 'fieldValidation'), field(6, 'string')]);
  const parameters = field(1, field(2, field(3, query)));
  const yaml = `group: ${JSON.stringify(group)}\nkind: ${kind}\nversion: ${version}\n`;
  const extension = joined([field(1, 'x-kubernetes-group-version-kind'), field(2, field(2, yaml))]);
  const patch = joined([field(8, parameters), field(13, extension)]);
  return joined([field(1, path), field(2, field(8, patch))]);
}
