// describe of NetworkPolicies.
import type { KubeJson } from '../api/client';
import { annotationLines, DescribeWriter, goTime, multiline, selectorText } from './writer';

interface Peer {
  readonly podSelector?: object;
  readonly namespaceSelector?: object;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}

interface PolicyPort {
  readonly port?: number | string;
  readonly endPort?: number;
  readonly protocol?: string;
}

interface PolicySpec {
  readonly podSelector?: { readonly matchLabels?: object; readonly matchExpressions?: readonly unknown[] };
  readonly policyTypes?: readonly string[];
  readonly ingress?: readonly { readonly from?: readonly Peer[]; readonly ports?: readonly PolicyPort[] }[];
  readonly egress?: readonly { readonly to?: readonly Peer[]; readonly ports?: readonly PolicyPort[] }[];
}

export function describeNetworkPolicy(object: KubeJson): string {
  const w = new DescribeWriter();
  const { name = '', namespace = '', labels, annotations, creationTimestamp } = object.metadata;
  const spec = (object['spec'] ?? {}) as PolicySpec;
  w.pair(0, 'Name', name);
  w.pair(0, 'Namespace', namespace);
  w.pair(0, 'Created on', goTime(creationTimestamp));
  multiline(w, 0, 'Labels', labels);
  annotationLines(w, 0, annotations);
  w.line(0, 'Spec:');
  const everything =
    Object.keys(spec.podSelector?.matchLabels ?? {}).length === 0 &&
    !spec.podSelector?.matchExpressions?.length;
  w.line(
    1,
    `PodSelector:     ${everything ? '<none> (Allowing the specific traffic to all pods in this namespace)' : selectorText(spec.podSelector)}`,
  );
  const types = spec.policyTypes ?? [];
  if (types.includes('Ingress')) {
    w.line(1, 'Allowing ingress traffic:');
    rules(
      w,
      (spec.ingress ?? []).map((r) => ({ ports: r.ports, peers: r.from })),
      'ingress',
    );
  } else w.line(1, 'Not affecting ingress traffic');
  if (types.includes('Egress')) {
    w.line(1, 'Allowing egress traffic:');
    rules(
      w,
      (spec.egress ?? []).map((r) => ({ ports: r.ports, peers: r.to })),
      'egress',
    );
  } else w.line(1, 'Not affecting egress traffic');
  w.line(1, `Policy Types: ${types.join(', ')}`);
  return w.text;
}

function rules(
  w: DescribeWriter,
  list: readonly {
    readonly ports: readonly PolicyPort[] | undefined;
    readonly peers: readonly Peer[] | undefined;
  }[],
  direction: 'ingress' | 'egress',
): void {
  if (list.length === 0) {
    w.line(2, `<none> (Selected pods are isolated for ${direction} connectivity)`);
    return;
  }
  const [word, end] = direction === 'ingress' ? ['From', 'source'] : ['To', 'destination'];
  for (const [i, { ports = [], peers = [] }] of list.entries()) {
    if (ports.length === 0) w.line(2, 'To Port: <any> (traffic allowed to all ports)');
    for (const port of ports) w.line(2, portText(port));
    if (peers.length === 0) w.line(2, `${word}: <any> (traffic not restricted by ${end})`);
    for (const peer of peers) {
      w.line(2, `${word}:`);
      peerLines(w, peer);
    }
    if (i !== list.length - 1) w.line(2, '----------');
  }
}

function portText({ port, endPort, protocol }: PolicyPort): string {
  const proto = protocol ?? 'TCP';
  if (endPort !== undefined) return `To Port Range: ${port ?? ''}-${endPort}/${proto}`;
  // kubectl prints Go's nil pointer for a protocol without port.
  return `To Port: ${port ?? '<nil>'}/${proto}`;
}

function peerLines(w: DescribeWriter, { podSelector, namespaceSelector, ipBlock }: Peer): void {
  if (podSelector && namespaceSelector) {
    w.line(3, `NamespaceSelector: ${selectorText(namespaceSelector)}`);
    w.line(3, `PodSelector: ${selectorText(podSelector)}`);
  } else if (podSelector) w.line(3, `PodSelector: ${selectorText(podSelector)}`);
  else if (namespaceSelector) w.line(3, `NamespaceSelector: ${selectorText(namespaceSelector)}`);
  else if (ipBlock) {
    w.line(3, 'IPBlock:');
    w.line(4, `CIDR: ${ipBlock.cidr}`);
    w.line(4, `Except: ${(ipBlock.except ?? []).join(', ')}`);
  }
}
