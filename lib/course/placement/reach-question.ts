// What answers a machine outside the cluster? Each address is tried.
import type { Node, Service } from '@/lib/kube/types';
import { joined, pod, transcript, type Draw } from './draw';
import type { Option, Question } from './types';

/** TEST-NET-3 (RFC 5737): somebody outside. */
const OUTSIDE = '203.0.113.9';

export function reachQuestion(draw: Draw, app: string): Question {
  const { random, cluster } = draw;
  const type = random.pick(['ClusterIP', 'NodePort'] as const);
  draw.apply(
    joined([
      pod({ name: app, labels: { app } }),
      `apiVersion: v1
kind: Service
metadata:
  name: ${app}
spec:
  type: ${type}
  selector:
    app: ${app}
  ports:
    - port: 80
      targetPort: 8080
`,
    ]),
  );
  const spec = cluster.api.get<Service>('Service', 'default', app)?.spec;
  const clusterIP = spec?.clusterIP ?? '';
  const nodePort = spec?.ports?.[0]?.nodePort ?? 30_000 + random.integer(2_768);
  const node = nodeAddress(draw);
  const answers = (to: string, port: number): boolean => {
    const ways = cluster.network.outcomes({ from: { external: OUTSIDE }, to, port, protocol: 'tcp' });
    return ways.ok && ways.value.some(({ verdict }) => verdict === 'delivered');
  };
  const tried = [
    { to: clusterIP, port: 80 },
    { to: node, port: 80 },
    { to: node, port: nodePort },
  ];
  const options: readonly Option[] = [
    ...tried.map(({ to, port }) => ({ raw: `${to}:${port}` })),
    { word: 'noneOfThem' },
  ];
  const found = tried.findIndex(({ to, port }) => answers(to, port));
  return {
    id: 'reach',
    lesson: '1.5',
    code: 'reach',
    why: type === 'NodePort' ? 'reachWhyNodePort' : 'reachWhyClusterIP',
    params: { service: app, node, nodePort: String(nodePort), outside: OUTSIDE },
    shown: transcript(
      draw,
      `kubectl get service ${app}`,
      'kubectl get nodes -o custom-columns=NAME:.metadata.name,ADDRESS:.status.addresses[0].address',
    ),
    options,
    correct: found < 0 ? tried.length : found,
    computed: true,
  };
}

const nodeAddress = ({ cluster }: Draw): string =>
  cluster.api
    .get<Node>('Node', '', cluster.nodes[0] ?? '')
    ?.status?.addresses?.find(({ type }) => type === 'InternalIP')?.address ?? '';
