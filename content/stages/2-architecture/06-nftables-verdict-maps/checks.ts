// What lab 2.6 asks of the cluster: in which mode each node is, whether the Service works from there, and how kube-proxy's Pods are.
import { lastOutput } from '@/lib/course/calls';
import { all, expect, lastSelected, serviceOf } from '@/lib/course/checks';
import type { CheckResult, World } from '@/lib/course/types';
import { gateEnabled } from '@/lib/kube/versions';
import type { Pod } from '@/lib/kube/types';

const SERVICE = 'default/my-web-service';

interface ConfigMap {
  readonly apiVersion: string;
  readonly kind: 'ConfigMap';
  readonly metadata: { readonly name?: string };
  readonly data?: Readonly<Record<string, string>>;
}

const configText = (world: World): string =>
  world.get<ConfigMap>('ConfigMap', 'kube-system', 'kube-proxy')?.data?.['config.conf'] ?? '';

/** The mode as the ConfigMap has it; '' stands for the default. */
export const modeOf = (world: World): string =>
  /^mode: *["']?([^"'\s#]*)/m.exec(configText(world))?.[1] ?? '';

const GATE = 'NFTablesProxyMode';

/** Whether kube-proxy would take mode nftables with the gates as they are written. */
export function gateIsOn(world: World): boolean {
  const written = new RegExp(`\\b${GATE}["']?: *(true|false)`).exec(configText(world))?.[1];
  return gateEnabled(world.k8s, GATE, written === undefined ? {} : { [GATE]: written === 'true' });
}

/** A node without kube-proxy's dispatch chain from which the Service can be called all the same. */
const isNftables = (world: World, node: string): boolean =>
  world.rules(node).chain('nat', 'KUBE-SERVICES') === undefined && answers(world, node);

export const answers = (world: World, node: string): boolean =>
  world.outcomes({ node }, { service: SERVICE, port: 80 }).some((o) => o.verdict === 'delivered');

export const nftNodes = (world: World): readonly string[] => world.nodes.filter((n) => isNftables(world, n));

export const proxyPods = (world: World): readonly Pod[] =>
  world.list<Pod>('Pod', 'kube-system').filter((p) => p.metadata.labels?.['k8s-app'] === 'kube-proxy');
export const podOn = (world: World, node: string): string =>
  proxyPods(world).find((p) => p.spec.nodeName === node)?.metadata.name ?? '';

/** Nodes on which kube-proxy does not stay up. */
export const crashing = (world: World): readonly string[] =>
  proxyPods(world)
    .filter(
      (p) =>
        /CrashLoopBackOff|"exitCode":1/.test(JSON.stringify(p.status?.containerStatuses ?? [])) &&
        !isReady(p),
    )
    .map((p) => p.spec.nodeName ?? '');
const isReady = ({ status }: Pod): boolean =>
  status?.conditions?.some((c) => c.type === 'Ready' && c.status === 'True') === true;

// Task configure
export const configured = (world: World): CheckResult =>
  all(
    () => expect(modeOf(world) === 'nftables', 'mode', { have: modeOf(world) || '""' }),
    () => expect(gateIsOn(world), 'gate'),
  );

// Task one-node
export const oneNode = (world: World): CheckResult => expect(nftNodes(world).length > 0, 'no-node');

/** A Pod that is not kube-proxy's was deleted or restarted. */
export const restartedOther = (world: World): boolean =>
  /^(?:pod "(?!kube-proxy)|(?:deployment|daemonset)\.apps\/(?!kube-proxy).* restarted)/m.test(
    lastOutput(world)?.stdout ?? '',
  );

// Task read-map
export function readMap(world: World): CheckResult {
  const ip = serviceOf(world, SERVICE)?.spec.clusterIP ?? '';
  const element = new RegExp(`\\b${ip.replaceAll('.', '\\.')} \\. tcp \\. 80\\b[^\\n]*: goto service-`);
  const listed = world.outputs.some(({ stdout }) => element.test(stdout));
  const picked = world.clicks.some(
    (c) => c.startsWith('chain:service-') && c.includes('/my-web-service/tcp/'),
  );
  return expect(ip !== '' && (listed || picked), 'no-map', { clusterIP: ip });
}

const lastOn = (world: World, nft: boolean): boolean => {
  const last = lastOutput(world);
  return (
    last !== undefined &&
    world.nodes.includes(last.terminal) &&
    nftNodes(world).includes(last.terminal) === nft
  );
};
export const lookedInIptables = (world: World): boolean =>
  lastOn(world, true) && (lastOutput(world)?.stdout.includes('KUBE-PROXY-CANARY') ?? false);
export const nftOnIptablesNode = (world: World): boolean =>
  lastOn(world, false) && (lastOutput(world)?.stderr.includes('No such file or directory') ?? false);
export const pickedOther = (world: World): boolean => {
  const chain = lastSelected(world) ?? '';
  return chain.startsWith('service-') && !chain.includes('/my-web-service/');
};

// Task all
export function everyNode(world: World): CheckResult {
  const have = nftNodes(world).length;
  const want = world.nodes.length;
  return expect(have === want && crashing(world).length === 0, 'some-nodes', { have, want });
}

// Task crash
export function crashed(world: World): CheckResult {
  const nodes = crashing(world);
  return all(
    () => expect(nodes.length > 0, 'no-crash'),
    () =>
      expect(
        nodes.every((n) => answers(world, n)),
        'no-answer',
      ),
  );
}

/** The configuration would make the next kube-proxy end, but none has started since. */
export const onlyWritten = (world: World): boolean => {
  const mode = modeOf(world);
  const known = ['', 'iptables', 'ipvs', ...(gateIsOn(world) ? ['nftables'] : [])];
  return !known.includes(mode) && crashing(world).length === 0;
};

// Task mend
export const mended = (world: World): CheckResult =>
  all(
    () => expect(world.done.includes('crash'), 'crash-first'),
    () => configured(world),
    () => expect(crashing(world).length === 0, 'still-crashing', { have: crashing(world).length }),
    () => everyNode(world),
  );
