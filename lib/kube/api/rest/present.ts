// Objects as the server writes them: JSON texts, kept as long as the object lives, since most are sent many times.
import type { KubeObject } from '@/lib/kube/types';
import { asObject, isObject, type JsonObject } from '@/lib/kube/api/json';
import { withManagedFields } from '@/lib/kube/api/managed/deferred';
import { fromStored } from './versions';
import type { RestResource } from './resources';

const texts = new WeakMap<KubeObject, Map<string, string>>();

/** The object in the group and version of a resource. */
export function presented(object: KubeObject, resource: RestResource): KubeObject {
  return withTemplateTimes(fromStored(withManagedFields(object), resource));
}

/** Its metadata. The managedFields of the control plane's writes are left out: tables and lists of metadata would cost too much. */
export const presentedMeta = (object: KubeObject, resource: RestResource): KubeObject['metadata'] =>
  fromStored(object, resource).metadata;

/** Its JSON. */
export function objectText(object: KubeObject, resource: RestResource): string {
  const known = texts.get(object) ?? new Map<string, string>();
  texts.set(object, known);
  const before = known.get(resource.apiVersion);
  if (before !== undefined) return before;
  const text = JSON.stringify(presented(object, resource));
  known.set(resource.apiVersion, text);
  return text;
}

/** Its JSON in a list, where kind and apiVersion are those of the list. */
export function itemText(object: KubeObject, resource: RestResource): string {
  const text = objectText(object, resource);
  const { apiVersion, kind } = presented(object, resource);
  const head = `{${JSON.stringify('apiVersion')}:${JSON.stringify(apiVersion)},"kind":${JSON.stringify(kind)},`;
  if (text.startsWith(head)) return `{${text.slice(head.length)}`;
  const { apiVersion: _, kind: __, ...rest } = presented(object, resource);
  return JSON.stringify(rest);
}

/** A template's metadata has a creationTimestamp that is no pointer in Go: it is written as null. */
function withTemplateTimes(object: KubeObject): KubeObject {
  const spec = asObject(object.spec);
  if (object.kind === 'CronJob') {
    const jobTemplate = asObject(spec['jobTemplate']);
    const inner = asObject(jobTemplate['spec']);
    return {
      ...object,
      spec: {
        ...spec,
        jobTemplate: {
          ...timed(jobTemplate),
          spec: { ...inner, template: timed(asObject(inner['template'])) },
        },
      },
    } as KubeObject;
  }
  return isObject(spec['template']) && object.kind !== 'Pod'
    ? ({ ...object, spec: { ...spec, template: timed(spec['template']) } } as KubeObject)
    : object;
}

function timed(template: JsonObject): JsonObject {
  const metadata = asObject(template['metadata']);
  if (metadata['creationTimestamp'] !== undefined) return template;
  return { ...template, metadata: { creationTimestamp: null, ...metadata } };
}
