// Values from the cluster for the field under the cursor: names of Services, labels of Pods for a selector, node names, namespaces,
// names of ports; and the few values that matter where the type is plain text.
import { explain } from '@/lib/kube/schema-docs/explain';
import type { K8sVersion } from '@/lib/kube/versions';
import { inObject } from './editor-help';
import type { EditorPlace } from './editor-place';
import type { PodGroup, Vocabulary } from './editor-vocabulary';

export interface Proposal {
  readonly label: string;
  /** As YAML writes it. */
  readonly insert: string;
  /** What it is, in terms of Kubernetes: "Pod ×3", "v1 Service". */
  readonly detail: string;
}

type Labels = Readonly<Record<string, string>>;

/** What the cluster knows for a place; empty where it knows nothing. */
export function clusterValues(place: EditorPlace, words: Vocabulary, k8s: K8sVersion): readonly Proposal[] {
  const path = inObject(place.path).filter((step) => !/^\d+$/.test(step));
  const proposals = [...byPath(path, place, words), ...documented(path, place, k8s)];
  return [...new Map(proposals.map((proposal) => [proposal.insert, proposal])).values()];
}

function documented(path: readonly string[], { kind, inValue }: EditorPlace, k8s: K8sVersion): Proposal[] {
  if (!inValue || !kind) return [];
  const values = explain(kind, path, k8s)?.doc?.values ?? [];
  return values.map((value) => ({ label: value, insert: value, detail: path.at(-1) ?? '' }));
}

function byPath(path: readonly string[], place: EditorPlace, words: Vocabulary): readonly Proposal[] {
  const labels = labelsFor(path, place, words);
  if (labels) return labelProposals(path, place, labels);
  if (!place.inValue) return [];
  const field = path.at(-1) ?? '';
  const parent = path.at(-2) ?? '';
  const namespace = place.namespace ?? 'default';
  const here = <T extends { readonly namespace: string }>(all: readonly T[]): readonly T[] =>
    all.filter((one) => one.namespace === namespace);
  switch (field) {
    case 'namespace':
      return names(words.namespaces, 'Namespace');
    case 'nodeName':
      return names(words.nodes, 'Node');
    case 'zone':
      return zones(words);
    case 'targetPort':
    case 'port':
    case 'containerPort':
      return field === 'targetPort' || parent === 'httpGet' || parent === 'tcpSocket' || isPolicy(place)
        ? ports(here(words.pods))
        : backendPorts(path, here(words.services));
    case 'serviceName':
    case 'kubernetes.io/service-name':
      return names(here(words.services), 'Service');
    case 'serviceAccountName':
      return names(here(words.serviceAccounts), 'ServiceAccount');
    case 'externalName':
      return words.services.map(({ name, namespace: ns }) =>
        proposal(`${name}.${ns}.svc.cluster.local`, 'Service'),
      );
    case 'name':
      if (parent === 'service') return names(here(words.services), 'Service');
      if (parent.startsWith('configMap')) return names(here(words.configMaps), 'ConfigMap');
      return parent === 'port' ? backendPorts(path, here(words.services)) : [];
    default:
      return [];
  }
}

const isPolicy = ({ kind }: EditorPlace): boolean => kind === 'NetworkPolicy';

interface Labelled {
  readonly labels: Labels;
  readonly detail: string;
}

/** The labels that a selector at this path chooses among. */
function labelsFor(
  path: readonly string[],
  { kind, namespace = 'default' }: EditorPlace,
  { pods, nodes, namespaces }: Vocabulary,
): readonly Labelled[] | undefined {
  const at = path.findIndex((step) =>
    /^(selector|podSelector|namespaceSelector|nodeSelector|matchLabels)$/.test(step),
  );
  if (at < 0) return undefined;
  const rest = path.slice(at);
  const depth = rest[0] === 'matchLabels' || rest[1] !== 'matchLabels' ? 1 : 2;
  if (rest.length > depth + 1 || rest.includes('matchExpressions')) return undefined;
  const ofPods = (groups: readonly PodGroup[]): readonly Labelled[] =>
    groups.map(({ labels, count }) => ({ labels, detail: `Pod ×${count}` }));
  switch (rest[0]) {
    case 'nodeSelector':
      return nodes.map(({ labels, name }) => ({ labels, detail: `Node ${name}` }));
    case 'namespaceSelector':
      return depth === 2
        ? namespaces.map(({ labels, name }) => ({ labels, detail: `Namespace ${name}` }))
        : undefined;
    case 'selector':
      // A Service's selector is a plain map; that of others has matchLabels.
      return kind === 'Service' || depth === 2
        ? ofPods(pods.filter((p) => p.namespace === namespace))
        : undefined;
    default:
      return depth === 2 || rest[0] === 'matchLabels'
        ? ofPods(pods.filter((p) => p.namespace === namespace))
        : undefined;
  }
}

function labelProposals(
  path: readonly string[],
  { inValue }: EditorPlace,
  all: readonly Labelled[],
): readonly Proposal[] {
  const key = path.at(-1) ?? '';
  return all.flatMap(({ labels, detail }) =>
    Object.entries(labels).flatMap(([name, value]) => {
      if (inValue) return name === key ? [proposal(value, detail)] : [];
      return [{ label: `${name}: ${value}`, insert: `${quoted(name)}: ${quoted(value)}`, detail }];
    }),
  );
}

const names = (all: readonly { readonly name: string }[], detail: string): readonly Proposal[] =>
  all.map(({ name }) => proposal(name, detail));

function zones({ nodes }: Vocabulary): readonly Proposal[] {
  const found = nodes.map(({ labels }) => labels['topology.kubernetes.io/zone']);
  return found.flatMap((zone) => (zone === undefined ? [] : [proposal(zone, 'topology.kubernetes.io/zone')]));
}

const ports = (pods: readonly PodGroup[]): readonly Proposal[] =>
  pods.flatMap((group) =>
    group.ports.flatMap(({ name, number }) => {
      const detail = `Pod ${Object.entries(group.labels)
        .map(([k, v]) => `${k}=${v}`)
        .join(',')}`;
      const asNumber = { label: String(number), insert: String(number), detail };
      return name === '' ? [asNumber] : [proposal(name, `${number} · ${detail}`), asNumber];
    }),
  );

/** Ports of Services, for the backend of an Ingress. */
function backendPorts(path: readonly string[], services: Vocabulary['services']): readonly Proposal[] {
  if (!path.includes('backend')) return [];
  return services.flatMap((service) =>
    service.ports.flatMap(({ name }) => (name === '' ? [] : [proposal(name, `Service ${service.name}`)])),
  );
}

const proposal = (text: string, detail: string): Proposal => ({ label: text, insert: quoted(text), detail });

/** A word as YAML writes it; in quotation marks if it would be read as something else. */
function quoted(word: string): string {
  const plain = /^[A-Za-z_/][\w./-]*$/.test(word) && !/^(y|n|yes|no|true|false|on|off|null)$/i.test(word);
  return plain ? word : JSON.stringify(word);
}
