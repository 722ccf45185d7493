// `ksvc rules`: what kube-proxy on a node writes for a cluster.
import type { IPFamily, KubeObject, Node } from '@/lib/kube/types';
import { DEFAULT_VERSION, RULES_VERSIONS } from '@/lib/kube/versions';
import { printRestore, type RestoreInput } from '@/lib/net/ruleset/restore-input';
import { printSave } from '@/lib/net/ruleset/save';
import { proxyConfig } from '@/lib/proxy/config';
import { jumpRules } from '@/lib/proxy/iptables/fixed-rules';
import { tablesAtStart } from '@/lib/proxy/iptables/node-tables';
import { IptablesProxier } from '@/lib/proxy/iptables/proxier';
import { nodeFacts } from '@/lib/proxy/node-facts';
import { rolledOut } from '@/lib/sim/rolled-out';
import { feed } from '@/lib/sim/feed';
import { kubeProxyConfigMap, readObjects, readValue } from './cluster-file';
import { parseArgs, UsageError, type CliIo, type ParsedArgs } from './io';
import { familyOf, modeOf, seedOf, versionOf } from './proxy-args';
import { nftablesRulesText } from './rules-nftables';

export const RULES_HELP = `ksvc rules: what kube-proxy on a node writes

  ksvc rules [--static] -f FILE… [--node NODE] [--mode iptables|nftables] [--ip-family IPv4|IPv6]
             [--restore|--save] [--jumps] [--config FILE] [--k8s VERSION] [--seed N]
  ksvc rules --batch FILE

  -f FILE       a cluster file, YAML or JSON, several documents; repeatable; - is stdin
  --static      use the objects just as given; run no controller
  --node        whose kube-proxy (default: the first node)
  --mode        iptables or nftables (default: the configuration's mode; ipvs is not modelled yet)
  --ip-family   IPv4 (default) or IPv6
  --restore     the input of iptables-restore (or nft -f) in a first full sync (default)
  --save        the node's tables afterwards, as iptables-save (or nft list ruleset) prints them
  --jumps       with --restore: add the jumps from the built-in chains, so that the text can be loaded alone
  --config      a KubeProxyConfiguration; else ConfigMap kube-system/kube-proxy of the cluster file, else defaults
  --k8s         ${RULES_VERSIONS[0]} … ${RULES_VERSIONS.at(-1)} (default ${DEFAULT_VERSION})
  --batch FILE  a JSON array of {"args":[…]}; prints a JSON array of {"stdout","stderr","exit"}
`;

const VALUED = ['-f', '--node', '--mode', '--ip-family', '--config', '--k8s', '--seed', '--batch', '--lang'];
const FLAGS = ['--static', '--restore', '--save', '--jumps', '--help'];

/** Runs the command; resolves to the exit code. Bad input throws a UsageError. */
export function rulesCommand(args: readonly string[], io: CliIo): number {
  const parsed = parseArgs(args, VALUED, FLAGS);
  if (parsed.flags.has('--help')) {
    io.out(RULES_HELP);
    return 0;
  }
  const batch = parsed.values['--batch']?.[0];
  if (batch !== undefined) return runBatch(batch, io);
  if (parsed.rest[0] !== undefined) throw new UsageError(`unexpected argument ${parsed.rest[0]}`);
  io.out(rulesText(parsed, io));
  return 0;
}

function runBatch(path: string, io: CliIo): number {
  let runs: unknown;
  try {
    runs = JSON.parse(io.readFile(path));
  } catch (error) {
    if (error instanceof SyntaxError) throw new UsageError(`${path}: not JSON: ${error.message}`);
    throw error;
  }
  if (!Array.isArray(runs)) throw new UsageError(`${path}: --batch needs a JSON array of {"args":[…]}`);
  const results = runs.map((run: { args?: unknown }) => {
    let stdout = '';
    let stderr = '';
    let exit = 0;
    const own: CliIo = { ...io, out: (t) => void (stdout += t), err: (t) => void (stderr += t) };
    try {
      if (!Array.isArray(run?.args)) throw new UsageError(`${path}: an entry has no "args" array`);
      exit = rulesCommand(run.args.map(String), own);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      stderr += `ksvc rules: ${error.message}\n`;
      exit = 2;
    }
    return { stdout, stderr, exit };
  });
  io.out(JSON.stringify(results) + '\n');
  return 0;
}

function rulesText(parsed: ParsedArgs, io: CliIo): string {
  const one = (name: string): string | undefined => parsed.values[name]?.at(-1);
  const version = versionOf(one('--k8s'));
  const family = familyOf(one('--ip-family'));
  const files = parsed.values['-f'];
  if (!files) throw new UsageError('no cluster file; name one with -f');
  const given = readObjects(files, io);
  const isStatic = parsed.flags.has('--static');
  const objects = isStatic ? given : rolledOut(given, { k8s: version, seed: seedOf(one('--seed')) });
  if ('message' in objects) throw new UsageError(objects.message);
  const configFile = one('--config');
  const config = configFile === undefined ? kubeProxyConfigMap(objects) : readValue(configFile, io);
  const node = nodeNamed(objects, one('--node'));
  const facts = nodeFacts(node, version);
  const save = parsed.flags.has('--save');
  if (modeOf(one('--mode'), config, version) === 'nftables')
    return nftablesRulesText({ objects, config, facts, version, family, save });
  const proxier = new IptablesProxier({ config: proxyConfig(config, 'iptables'), facts, version, family });
  feed(proxier, objects);
  const { restore } = proxier.sync({ sinceCleanupMs: 0 });
  if (save) return printSave(tablesAtStart(family).restored(restore));
  return printRestore(parsed.flags.has('--jumps') ? withJumps(restore, family) : restore);
}

/** The restore input with the jumps that kube-proxy installs one by one. */
export function withJumps(restore: RestoreInput, family: IPFamily): RestoreInput {
  const hasFirewall = restore.tables.some((t) => t.chains.some((c) => c.name === 'KUBE-FIREWALL'));
  const jumps = jumpRules(family, hasFirewall);
  return {
    tables: restore.tables.map((t) => ({
      ...t,
      appended: t.name === 'nat' ? jumps.nat : t.name === 'filter' ? jumps.filter : [],
    })),
  };
}

function nodeNamed(objects: readonly KubeObject[], name: string | undefined): Node {
  const nodes = objects.filter((o): o is Node => o.kind === 'Node');
  const node = name === undefined ? nodes[0] : nodes.find((n) => n.metadata.name === name);
  if (node) return node;
  const known = nodes.map((n) => n.metadata.name).join(', ');
  throw new UsageError(
    name === undefined
      ? 'the cluster file has no Node'
      : `no node "${name}" in the cluster file${known ? `; it has ${known}` : ''}`,
  );
}
