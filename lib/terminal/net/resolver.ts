// Names to addresses, as the C library of a console looks them up: /etc/hosts, then the servers of /etc/resolv.conf, which answer only
// if the packet gets there. A query to kube-dns goes through kube-proxy's rules like any other.
import { corednsAnswer } from '@/lib/net/dns/coredns';
import type { Answer, Question } from '@/lib/net/dns/message';
import { outsideAnswer } from '@/lib/net/dns/outside';
import { namesToTry, parseResolvConf, type ResolverConfig } from '@/lib/net/dns/resolv-conf';
import { imageName } from '@/lib/kube/kubelet/images';
import { parseIp } from '@/lib/core/ip';
import type { Pod } from '@/lib/kube/types';
import { OUTSIDE_RESOLVER } from '../files/system-files';
import type { CommandContext, Steps } from '../types';
import { callerOf, dial } from './caller';

export type LookupContext = Pick<CommandContext, 'cluster' | 'console' | 'files'>;

/** What came back for one query. */
export type QueryResult = Answer | 'refused' | 'timeout';

export const resolverOf = ({ files }: LookupContext): ResolverConfig =>
  parseResolvConf(files.read('/etc/resolv.conf') ?? '');

/** Asks one server one question. No time passes: whoever asks waits for a timeout as long as it wants. */
export function askServer(
  question: Question,
  server: string,
  context: LookupContext,
  protocol: 'udp' | 'tcp' = 'udp',
  port = 53,
): QueryResult {
  const { cluster } = context;
  // The resolver outside the cluster is a host of the network between the nodes; it always answers whom a policy lets ask.
  if (server === OUTSIDE_RESOLVER && port === 53)
    return isDenied(context, server, protocol) ? 'timeout' : outsideAnswer(question);
  const trace = dial(context, server, port, protocol);
  if (!trace || trace.verdict === 'dropped') return 'timeout';
  if (trace.verdict !== 'delivered') return 'refused';
  const [namespace = '', name = ''] = trace.endpointPod?.split('/') ?? [];
  const pod = cluster.api.get<Pod>('Pod', namespace, name);
  const isDns = pod?.spec.containers.some((c) => imageName(c.image ?? '') === 'coredns');
  if (!isDns) return 'timeout';
  const answer = corednsAnswer(question, cluster.api, cluster.now);
  cluster.network.tell(trace, { dns: { question, answer } });
  return answer;
}

/** Whether a NetworkPolicy keeps a Pod's question from leaving. */
function isDenied({ cluster, console }: LookupContext, to: string, protocol: 'udp' | 'tcp'): boolean {
  if (console.kind !== 'pod') return false;
  const ways = cluster.network.outcomes({ from: callerOf(console), to, port: 53, protocol });
  return ways.ok && ways.value.some(({ reason }) => reason.code === 'verdict.egressDenied');
}

export interface Resolved {
  readonly addresses: readonly string[];
  /** The canonical name, without the dot at the end. */
  readonly name: string;
}

/** Addresses of a name; undefined: it cannot be resolved. Timeouts take the time that the C library waits. */
export function* resolve(
  name: string,
  context: LookupContext,
  families: readonly ('A' | 'AAAA')[] = ['A', 'AAAA'],
): Steps<Resolved | undefined> {
  if (parseIp(name)) return { addresses: [name], name };
  const own = hostsEntry(name, context, families);
  if (own) return own;
  const config = resolverOf(context);
  for (const full of namesToTry(name, config)) {
    const addresses: string[] = [];
    let canonical = full;
    let failed = false;
    for (const type of families) {
      const answer = yield* query({ name: full, type }, config, context);
      if (answer === undefined) failed = true;
      else {
        addresses.push(...answer.answers.filter((a) => a.type === type).map((a) => a.data));
        canonical = answer.answers.findLast((a) => a.type === type)?.name ?? canonical;
      }
      if (failed) break;
    }
    if (addresses.length > 0) return { addresses, name: canonical.replace(/\.$/, '') };
    // A server that does not answer will not know the next name either.
    if (failed) return undefined;
  }
  return undefined;
}

/** One question to all servers in turn, as often as the configuration says. */
function* query(
  question: Question,
  { nameservers, attempts, timeoutMs }: ResolverConfig,
  context: LookupContext,
): Steps<Answer | undefined> {
  for (let round = 0; round < attempts; round++)
    for (const server of nameservers) {
      const result = askServer(question, server, context);
      if (typeof result === 'object') return result;
      if (result === 'timeout') yield { kind: 'wait', ms: timeoutMs };
    }
  return undefined;
}

function hostsEntry(
  name: string,
  { files }: LookupContext,
  families: readonly ('A' | 'AAAA')[],
): Resolved | undefined {
  const addresses: string[] = [];
  for (const line of (files.read('/etc/hosts') ?? '').split('\n')) {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    const family = parseIp(address)?.family === 'IPv6' ? 'AAAA' : 'A';
    if (names.includes(name) && families.includes(family)) addresses.push(address);
  }
  return addresses.length ? { addresses, name } : undefined;
}
