// `ksvc trace`: the ways that a new connection can go in a cluster.
import { familyOfText } from '@/lib/core/ip';
import type { IPFamily, KubeObject } from '@/lib/kube/types';
import { DEFAULT_VERSION, RULES_VERSIONS } from '@/lib/kube/versions';
import { outcomesOf, type Call } from '@/lib/net/datapath/connect';
import type { Outcome } from '@/lib/net/datapath/trace';
import { LOCALES, type Locale } from '@/lib/i18n/locales';
import { proxyConfig } from '@/lib/proxy/config';
import { rollOut, type RolledOut } from '@/lib/sim/rolled-out';
import { staticNetwork } from '@/lib/sim/static-network';
import { kubeProxyConfigMap, readObjects, readValue } from './cluster-file';
import { parseArgs, UsageError, type CliIo, type ParsedArgs } from './io';
import { familyOf, modeOf, seedOf, versionOf } from './proxy-args';
import { drawOutcomes, faultText } from './trace-draw';
import { outcomesJson } from './trace-json';
import { parseDestination, parseSource } from './trace-target';

export const TRACE_HELP = `ksvc trace: the ways that a new connection can go

  ksvc trace [--static] -f FILE… --from SRC --to DST [--via NODE,…] [--mode iptables|nftables]
             [--ip-family IPv4|IPv6] [--config FILE] [--k8s VERSION] [--seed N] [--lang zh|en] [--json]

  -f FILE       a cluster file, YAML or JSON, several documents; repeatable; - is stdin
  --static      use the objects just as given; run no controller
  --from        pod/NAMESPACE/NAME, node/NAME or external/IP
  --to          IP:PORT[/tcp|udp|sctp], IP/icmp, svc/NAMESPACE/NAME:PORT, NAMESPACE/NAME:PORT or pod/NAMESPACE/NAME:PORT
  --via         the node(s) at which the network hands over traffic from outside to an address that lives on no node
                (a load balancer's IP, an external IP), equally likely (default: those that the
                cluster's load balancer chooses among; all nodes if it has none)
  --mode        kube-proxy's mode (default: the configuration's)
  --ip-family   IPv4 or IPv6 (default: that of the addresses; else IPv4)
  --config      a KubeProxyConfiguration; else ConfigMap kube-system/kube-proxy of the cluster file, else defaults
  --k8s         ${RULES_VERSIONS[0]} … ${RULES_VERSIONS.at(-1)} (default ${DEFAULT_VERSION})
  --lang        zh or en (default en)
  --json        {"outcomes":[…]}; else a drawing
`;

const VALUED = [
  '-f',
  '--from',
  '--to',
  '--via',
  '--mode',
  '--ip-family',
  '--config',
  '--k8s',
  '--seed',
  '--lang',
];
const FLAGS = ['--static', '--json', '--help'];

/** Runs the command; returns the exit code. A packet that is dropped is a result. Bad input throws a UsageError. */
export function traceCommand(args: readonly string[], io: CliIo): number {
  const parsed = parseArgs(args, VALUED, FLAGS);
  if (parsed.flags.has('--help')) {
    io.out(TRACE_HELP);
    return 0;
  }
  if (parsed.rest[0] !== undefined) throw new UsageError(`unexpected argument ${parsed.rest[0]}`);
  const lang = langOf(parsed.values['--lang']?.at(-1));
  const { call, outcomes } = traced(parsed, io, lang);
  io.out(parsed.flags.has('--json') ? outcomesJson(outcomes) : drawOutcomes(lang, call, outcomes));
  return 0;
}

function traced(
  parsed: ParsedArgs,
  io: CliIo,
  lang: Locale,
): { readonly call: Call; readonly outcomes: readonly Outcome[] } {
  const one = (name: string): string | undefined => parsed.values[name]?.at(-1);
  const version = versionOf(one('--k8s'));
  const from = parseSource(needed('--from', one('--from')));
  const to = needed('--to', one('--to'));
  const family = one('--ip-family');
  const chosen = family === undefined || family === '' ? undefined : familyOf(family);
  const files = parsed.values['-f'];
  if (!files) throw new UsageError('no cluster file; name one with -f');
  const { objects, balancer } = rolled(readObjects(files, io), parsed, one('--seed'), version);
  const configFile = one('--config');
  const config = configFile === undefined ? kubeProxyConfigMap(objects) : readValue(configFile, io);
  const mode = modeOf(one('--mode'), config, version);
  const outside = 'external' in from ? from.external : undefined;
  const wanted: IPFamily | undefined = chosen ?? (outside === undefined ? undefined : familyOfText(outside));
  const call: Call = {
    from,
    ...parseDestination(to, objects, wanted),
    via: (parsed.values['--via'] ?? [])
      .flatMap((v) => v.split(','))
      .map((v) => v.trim())
      .filter(Boolean),
  };
  const network = staticNetwork(objects, {
    version,
    config: proxyConfig(config, mode),
    dump: parsed.flags.has('--static'),
    balancer,
  });
  const outcomes = outcomesOf(network, call);
  if (!outcomes.ok) throw new UsageError(faultText(lang, outcomes.error));
  return { call, outcomes: outcomes.value };
}

function rolled(
  given: readonly KubeObject[],
  { flags }: ParsedArgs,
  seed: string | undefined,
  version: ReturnType<typeof versionOf>,
): RolledOut {
  const result = flags.has('--static')
    ? { objects: given, balancer: () => undefined }
    : rollOut(given, { k8s: version, seed: seedOf(seed) });
  if ('message' in result) throw new UsageError(result.message);
  if (!result.objects.some((o) => o.kind === 'Node')) throw new UsageError('the cluster file has no Node');
  return result;
}

function needed(name: string, value: string | undefined): string {
  if (value !== undefined && value !== '') return value;
  throw new UsageError(`${name} is missing; --help shows the forms`);
}

function langOf(text = 'en'): Locale {
  const lang = LOCALES.find((l) => l === text);
  if (lang) return lang;
  throw new UsageError(`--lang "${text}"; use ${LOCALES.join(' or ')}`);
}
