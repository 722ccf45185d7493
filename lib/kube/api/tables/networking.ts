// Models pkg/printers/internalversion/printers.go for NetworkPolicies, Ingresses, disruption budgets and admission policies.
import { asList, asObject } from '@/lib/kube/api/json';
import type { KubeObject, LabelSelector } from '@/lib/kube/types';
import { age } from './duration';
import { AGE, NAME, type TableKind } from './types';
import { selectorText } from './workloads';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const created = ({ metadata }: KubeObject, now: number): string => age(metadata.creationTimestamp, now);

export const networkPolicies: TableKind = {
  columns: [NAME, { name: 'Pod-Selector' }, AGE],
  cells: (object, now) => [
    object.metadata.name ?? '',
    selectorText(asObject(object.spec)['podSelector'] as LabelSelector | undefined),
    created(object, now),
  ],
};

export const ingresses: TableKind = {
  columns: [NAME, { name: 'Class' }, { name: 'Hosts' }, { name: 'Address' }, { name: 'Ports' }, AGE],
  cells(object, now) {
    const spec = asObject(object.spec);
    const balancer = asObject(asObject(object.status)['loadBalancer']);
    const addresses = asList(balancer['ingress'])
      .map((i) => text(asObject(i)['ip']) || text(asObject(i)['hostname']))
      .filter((a) => a !== '');
    return [
      object.metadata.name ?? '',
      text(spec['ingressClassName']) || '<none>',
      hosts(asList(spec['rules'])),
      [...new Set(addresses)].sort().join(','),
      asList(spec['tls']).length > 0 ? '80, 443' : '80',
      created(object, now),
    ];
  },
};

function hosts(rules: readonly unknown[]): string {
  const named = rules.map((rule) => text(asObject(rule)['host'])).filter((h) => h !== '');
  if (named.length === 0) return '*';
  return named.length > 3 ? `${named.slice(0, 3).join(',')} + ${named.length - 3} more...` : named.join(',');
}

export const ingressClasses: TableKind = {
  columns: [NAME, { name: 'Controller' }, { name: 'Parameters' }, AGE],
  cells(object, now) {
    const { controller, parameters } = asObject(object.spec);
    const { apiGroup, kind, name } = asObject(parameters);
    const group = text(apiGroup) ? `.${text(apiGroup)}` : '';
    return [
      object.metadata.name ?? '',
      text(controller),
      text(name) ? `${text(kind)}${group}/${text(name)}` : '<none>',
      created(object, now),
    ];
  },
};

export const disruptionBudgets: TableKind = {
  columns: [
    NAME,
    { name: 'Min Available' },
    { name: 'Max Unavailable' },
    { name: 'Allowed Disruptions', type: 'integer' },
    AGE,
  ],
  cells(object, now) {
    const spec = asObject(object.spec) as {
      minAvailable?: number | string;
      maxUnavailable?: number | string;
    };
    return [
      object.metadata.name ?? '',
      String(spec.minAvailable ?? 'N/A'),
      String(spec.maxUnavailable ?? 'N/A'),
      Number(asObject(object.status)['disruptionsAllowed'] ?? 0),
      created(object, now),
    ];
  },
};

export const admissionPolicies: TableKind = {
  columns: [NAME, { name: 'Validations', type: 'integer' }, { name: 'ParamKind' }, AGE],
  cells(object, now) {
    const { validations, paramKind } = asObject(object.spec);
    const { apiVersion, kind } = asObject(paramKind);
    return [
      object.metadata.name ?? '',
      asList(validations).length,
      paramKind ? `${text(apiVersion)}/${text(kind)}` : '<unset>',
      created(object, now),
    ];
  },
};

export const admissionPolicyBindings: TableKind = {
  columns: [NAME, { name: 'PolicyName' }, { name: 'ParamRef' }, AGE],
  cells(object, now) {
    const { policyName, paramRef } = asObject(object.spec);
    const { namespace, name } = asObject(paramRef);
    const reference = text(name)
      ? text(namespace)
        ? `${text(namespace)}/${text(name)}`
        : `*/${text(name)}`
      : '<unset>';
    return [object.metadata.name ?? '', text(policyName), reference, created(object, now)];
  },
};
