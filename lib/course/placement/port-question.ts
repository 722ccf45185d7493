// Which port does the packet arrive with? Worked out by sending one through the node's rules.
import type { Service } from '@/lib/kube/types';
import { joined, pod, shuffled, type Draw } from './draw';
import type { Question } from './types';

const PORTS = [80, 81, 443, 3000, 8000, 9000];
const LISTENS = [8080, 8081, 5000, 9090];

export function portQuestion(draw: Draw, app: string): Question {
  const { random, cluster } = draw;
  const port = random.pick(PORTS);
  const listens = random.pick(LISTENS);
  const target = random.pick(['http', String(listens)]);
  const nodePort = 30_000 + random.integer(2_768);
  const service = `apiVersion: v1
kind: Service
metadata:
  name: ${app}
spec:
  type: NodePort
  selector:
    app: ${app}
  ports:
    - port: ${port}
      targetPort: ${target}
      nodePort: ${nodePort}
`;
  const manifest = pod({ name: app, labels: { app }, port: listens });
  draw.apply(joined([manifest, service]));
  const to = cluster.api.get<Service>('Service', 'default', app)?.spec.clusterIP ?? '';
  const ways = cluster.network.outcomes({ from: { pod: 'default/client' }, to, port, protocol: 'tcp' });
  const arrived = ways.ok ? ways.value.find(({ verdict }) => verdict === 'delivered')?.endpoint : undefined;
  if (arrived === undefined) throw new Error('placement: the packet did not arrive');
  const right = arrived.slice(arrived.lastIndexOf(':') + 1);
  const options = shuffled(random, [right, String(port), String(nodePort), String(listens + 1)]);
  return {
    id: 'port',
    lesson: '1.4',
    code: 'port',
    why: target === 'http' ? 'portWhyName' : 'portWhyNumber',
    params: { service: app, port: String(port), right, nodePort: String(nodePort) },
    shown: `${service}---
${manifest}`,
    options: options.map((raw) => ({ raw })),
    correct: options.indexOf(right),
    computed: true,
  };
}
