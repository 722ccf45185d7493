// What the server warns of although it takes the object: pkg/api/service/warnings.go, pkg/api/pod/warnings.go and the strategies'
// WarningsOnCreate. k8s.io/apimachinery pkg/util/validation/ip.go words the addresses.
import { canonicalIp, parseIp } from '@/lib/core/ip';
import { asList, asObject, type JsonObject } from '@/lib/kube/api/json';
import { dns1123Label } from '@/lib/kube/api/validation/texts';
import type { KubeObject, Service } from '@/lib/kube/types';
import { differences, type K8sVersion } from '@/lib/kube/versions';

/** The warnings about an object that was created, or changed from `old`. */
export function objectWarnings(
  object: KubeObject,
  old: KubeObject | undefined,
  k8s: K8sVersion,
): readonly string[] {
  if (old && old.spec === object.spec) return [];
  switch (object.kind) {
    case 'Service':
      return serviceWarnings((object as Service).spec, k8s);
    case 'Pod':
      return [
        ...(old ? [] : nameWarning(object, "the Pod's hostname")),
        ...podWarnings(asObject(object.spec), 'spec', k8s),
      ];
    case 'DaemonSet':
    case 'Deployment':
    case 'Job':
    case 'ReplicaSet':
    case 'StatefulSet': {
      const template = asObject(asObject(object.spec)['template']);
      const names = old ? [] : nameWarning(object, 'Pod names and hostnames');
      return [...names, ...podWarnings(asObject(template['spec']), 'spec.template.spec', k8s)];
    }
    case 'Ingress':
      return !old && object.metadata.annotations?.['kubernetes.io/ingress.class'] !== undefined
        ? [
            `annotation "kubernetes.io/ingress.class" is deprecated, please use 'spec.ingressClassName' instead`,
          ]
        : [];
    default:
      return [];
  }
}

function nameWarning({ metadata, kind }: KubeObject, use: string): string[] {
  // ReplicaSets and DaemonSets only give their names to Pods that have more in theirs.
  if (kind === 'DaemonSet') return [];
  const faults = dns1123Label(metadata.name ?? '');
  if (faults.length === 0) return [];
  return [
    `metadata.name: this is used in ${use}, which can result in surprising behavior; a DNS label is recommended: [${faults.join(' ')}]`,
  ];
}

function serviceWarnings(spec: Service['spec'], k8s: K8sVersion): string[] {
  const each = (field: string, values: readonly string[] | undefined): string[] =>
    (values ?? []).flatMap((value, i) => addressWarning(`spec.${field}[${i}]`, value, k8s));
  const isExternal = spec.type === 'ExternalName';
  return [
    ...(spec.clusterIP && spec.clusterIP !== 'None' ? each('clusterIPs', spec.clusterIPs) : []),
    ...each('externalIPs', spec.externalIPs),
    ...(spec.type === 'LoadBalancer' && spec.loadBalancerIP
      ? addressWarning('spec.loadBalancerIP', spec.loadBalancerIP, k8s)
      : []),
    ...(isExternal && spec.externalIPs?.length
      ? ['spec.externalIPs is ignored when spec.type is "ExternalName"']
      : []),
    ...(!isExternal && spec.externalName
      ? ['spec.externalName is ignored when spec.type is not "ExternalName"']
      : []),
  ];
}

function addressWarning(field: string, value: string, k8s: K8sVersion): string[] {
  if (!parseIp(value)) return [];
  const canonical = canonicalIp(value);
  if (canonical === value) return [];
  const isNew = differences.nonStandardAddressTexts(k8s);
  if (value.includes(':'))
    return [
      isNew
        ? `${field}: IPv6 address ${JSON.stringify(value)} should be in RFC 5952 canonical format (${JSON.stringify(canonical)})`
        : `${field}: IPv6 address ${JSON.stringify(value)} is not in RFC 5952 canonical format (${JSON.stringify(canonical)}), which may cause controller apply-loops`,
    ];
  return [
    isNew
      ? `${field}: non-standard IP address ${JSON.stringify(value)} will be considered invalid in a future Kubernetes release: use ${JSON.stringify(canonical)}`
      : `${field}: IP address was accepted, but will be invalid in a future Kubernetes release: ParseAddr(${JSON.stringify(value)}): IPv4 field has octet with leading zero`,
  ];
}

function podWarnings(spec: JsonObject, path: string, k8s: K8sVersion): string[] {
  return asList(spec['containers']).flatMap((container, i) => {
    const { env, ports } = asObject(container);
    const at = `${path}.containers[${i}]`;
    return [
      ...envWarnings(asList(env), `${at}.env`, k8s),
      ...portWarnings(asList(ports), `${at}.ports`, k8s),
    ];
  });
}

function envWarnings(env: readonly unknown[], path: string, k8s: K8sVersion): string[] {
  const seen = new Set<unknown>();
  return env.flatMap((item, i) => {
    const { name } = asObject(item);
    const isAgain = seen.has(name);
    seen.add(name);
    if (!isAgain || !differences.duplicateEnvWarning(k8s)) return [];
    return [
      `${path}[${i}]: hides previous definition of ${JSON.stringify(name)}, which may be dropped when using apply`,
    ];
  });
}

function portWarnings(ports: readonly unknown[], path: string, k8s: K8sVersion): string[] {
  if (!differences.duplicatePortWarning(k8s)) return [];
  const seen = new Map<string, number>();
  return ports.flatMap((item, i) => {
    const { containerPort, protocol, hostPort, hostIP } = asObject(item);
    const key = JSON.stringify([containerPort, protocol, hostPort, hostIP]);
    const first = seen.get(key);
    if (first !== undefined) return [`${path}[${i}]: duplicate port definition with ${path}[${first}]`];
    seen.set(key, i);
    return [];
  });
}
