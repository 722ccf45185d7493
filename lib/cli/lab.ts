// `ksvc lab`: lists the labs, grades a history or a state, and proves each lab by replaying its solution and its wrong attempts.
import { stateDigest } from '@/lib/course/digest';
import { LABS, type LabEntry } from '@/lib/course/labs';
import { parseActionLog, START_INSTANT } from '@/lib/course/log';
import { replayLab, type ReplayLine, type Stage } from '@/lib/course/replay';
import { LabRun } from '@/lib/course/runtime';
import { worldOf } from '@/lib/course/world';
import { fromFragment } from '@/lib/course/permalink';
import { MARK } from '@/lib/course/permalink-mark';
import type { ActionLog, Lab, LabWords, Lang, TaskState } from '@/lib/course/types';
import { reasonText } from '@/lib/i18n/catalogue';
import { formatMessage } from '@/lib/i18n/format';
import { defaultNodes } from '@/lib/kube/controllers/static-objects';
import { DEFAULT_VERSION, LEARNER_VERSIONS, parseVersion, type K8sVersion } from '@/lib/kube/versions';
import { Cluster } from '@/lib/sim';
import { Terminals } from '@/lib/terminal/terminals';
import { readObjects } from './cluster-file';
import { parseArgs, UsageError, type CliIo, type ParsedArgs } from './io';
import { labWords } from './lab-words';

export const LAB_HELP = `ksvc lab: lists, grades and replays the labs

  ksvc lab list
  ksvc lab replay [LAB…]            every reference solution must pass, every wrong attempt must be refused
  ksvc lab check LAB --log FILE     grades what a learner did
  ksvc lab check LAB -f STATE…      grades what a cluster's state alone can show, and names the rest
  ksvc lab digest --log FILE        replays a history and prints the fingerprint of the cluster that it leads to

A history is an action log (JSON) or the address that "Share" gives (http://…#s=…).

  --k8s    ${LEARNER_VERSIONS[0]} … ${LEARNER_VERSIONS.at(-1)} (replay: default every version of the lab; else ${DEFAULT_VERSION})
  --lang   zh or en (replay: default both; else en)

Exit: 0 solved, 1 not solved, 2 bad usage or input.
`;

interface Options {
  readonly k8s: K8sVersion | undefined;
  readonly lang: Lang | undefined;
}

/** Runs the command; resolves to the exit code. */
export async function labCommand(args: readonly string[], io: CliIo): Promise<number> {
  try {
    return run(args, io);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.err(`ksvc lab: ${error.message}\n`);
    return 2;
  }
}

function run(args: readonly string[], io: CliIo): number {
  const parsed = parseArgs(args, ['--log', '-f', '--k8s', '--lang', '--seed'], ['--help']);
  if (parsed.flags.has('--help')) {
    io.out(LAB_HELP);
    return 0;
  }
  const options: Options = {
    k8s: versionOf(parsed.values['--k8s']?.at(-1)),
    lang: langOf(parsed.values['--lang']?.at(-1)),
  };
  const [verb, ...names] = parsed.rest;
  switch (verb) {
    case 'list':
      return list(options.lang ?? 'en', io);
    case 'replay':
      return replay(names.length > 0 ? names.map(entryOf) : LABS, options, io);
    case 'check':
      return check(names, parsed, options, io);
    case 'digest':
      return digest(parsed, options, io);
    default:
      throw new UsageError(
        `${verb === undefined ? 'no subcommand' : `no subcommand "${verb}"`}; use list, replay, check or digest`,
      );
  }
}

function list(lang: Lang, io: CliIo): number {
  for (const entry of LABS) {
    const { id, tasks, versions } = entry.lab;
    io.out(
      `${id}  ${labWords(entry, lang)?.title ?? ''}  (${tasks.length} tasks, v${versions[0] ?? ''} … v${versions.at(-1) ?? ''})\n`,
    );
  }
  return 0;
}

function replay(entries: readonly LabEntry[], options: Options, io: CliIo): number {
  let faults = 0;
  for (const entry of entries)
    for (const k8s of options.k8s ? [supported(entry.lab, options.k8s)] : entry.lab.versions)
      for (const lang of options.lang ? [options.lang] : (['zh', 'en'] as const)) {
        const words = labWords(entry, lang);
        const cluster = Cluster.create({ k8s, seed: 1, now: START_INSTANT });
        const stage: Stage = { cluster, terminals: (files) => new Terminals(cluster, files) };
        for (const line of replayLab(entry.lab, stage, lang)) {
          if (line.fault !== undefined) faults++;
          io.out(`${entry.lab.id} v${k8s} ${lang}  ${replayText(line, words, lang)}\n`);
        }
      }
  if (faults > 0)
    io.err(`ksvc lab: ${faults} of the replays ${faults === 1 ? 'is' : 'are'} not as the lab says\n`);
  return faults > 0 ? 1 : 0;
}

function replayText(line: ReplayLine, words: LabWords | undefined, lang: Lang): string {
  const { kind, name, fault, told } = line;
  if (fault !== undefined) return `${kind} ${name}: FAULT ${fault}`;
  if (kind === 'start') return 'start: nothing solved';
  if (kind === 'task') return `task ${name}: solved`;
  return `wrong "${name}": refused${told ? ` at ${told.id}: ${sentence(told, words, lang)}` : ''}`;
}

/** What the learner reads under a task that is not done. */
function sentence(state: TaskState, words: LabWords | undefined, lang: Lang): string {
  const { mistake, reason } = state;
  if (mistake !== undefined)
    return formatMessage(lang, words?.mistakes[mistake] ?? mistake, reason?.params ?? {});
  if (!reason) return '';
  const own = words?.reasons[reason.code];
  return own === undefined
    ? (reasonText(lang, reason) ?? reason.code)
    : formatMessage(lang, own, reason.params);
}

function check(names: readonly string[], parsed: ParsedArgs, options: Options, io: CliIo): number {
  const [name, extra] = names;
  if (name === undefined || extra !== undefined)
    throw new UsageError('check needs one lab; lab list names them');
  const entry = entryOf(name);
  const log = parsed.values['--log']?.at(-1);
  const states = parsed.values['-f'];
  if (log !== undefined && states) throw new UsageError('check takes --log or -f, not both');
  if (log !== undefined) return checkLog(entry, log, options, io);
  if (states) return checkState(entry, states, options, io);
  throw new UsageError('check needs --log FILE or -f STATE');
}

function checkLog(entry: LabEntry, file: string, { lang = 'en' }: Options, io: CliIo): number {
  const log = readLog(file, io);
  if (log.lab !== undefined && log.lab !== entry.lab.id)
    throw new UsageError(`${file}: a history of lab ${log.lab}, not of ${entry.lab.id}`);
  const k8s = supported(entry.lab, log.k8s);
  const { run } = replayed(entry, log, k8s, lang);
  return report(run.tasks, entry, lang, io);
}

function digest(parsed: ParsedArgs, { lang = 'en' }: Options, io: CliIo): number {
  const file = parsed.values['--log']?.at(-1);
  if (file === undefined) throw new UsageError('digest needs --log FILE');
  const log = readLog(file, io);
  if (log.lab === undefined) throw new UsageError(`${file}: the history names no lab`);
  const entry = entryOf(log.lab);
  io.out(`${stateDigest(replayed(entry, log, supported(entry.lab, log.k8s), lang).cluster)}\n`);
  return 0;
}

/** An action log, or the address of a state. */
function readLog(file: string, io: CliIo): ActionLog {
  const text = io.readFile(file);
  const mark = text.indexOf(MARK);
  const parsed = mark < 0 ? parseActionLog(text) : fromFragment(text.slice(mark).trim());
  if (parsed.ok) return parsed.value;
  throw new UsageError(`${file}: ${parsed.error.sentence}`);
}

function replayed(
  { lab }: LabEntry,
  log: ActionLog,
  k8s: K8sVersion,
  lang: Lang,
): { readonly run: LabRun; readonly cluster: Cluster } {
  const cluster = Cluster.create({
    k8s,
    seed: log.seed,
    now: START_INSTANT,
    ...(log.proxyMode === undefined ? {} : { proxyMode: log.proxyMode }),
  });
  const run = new LabRun(lab, cluster, lang, (files) => new Terminals(cluster, files));
  run.resume({ log: log.actions, drafts: [], done: [] });
  return { run, cluster };
}

function checkState(
  entry: LabEntry,
  files: readonly string[],
  { lang = 'en', k8s = DEFAULT_VERSION }: Options,
  io: CliIo,
): number {
  const given = readObjects(files, io);
  const nodes = given.some((o) => o.kind === 'Node') ? [] : defaultNodes(k8s);
  const cluster = Cluster.load([...nodes, ...given], {
    k8s: supported(entry.lab, k8s),
    seed: 1,
    now: START_INSTANT,
  });
  if ('message' in cluster) throw new UsageError(cluster.message);
  const world = worldOf(cluster, { predictions: {}, clicks: [] });
  const states = entry.lab.tasks.flatMap(({ id, state }): TaskState[] => {
    const result = state?.(world);
    return result === undefined
      ? []
      : [result === true ? { id, done: true } : { id, done: false, reason: result }];
  });
  const code = report(states, entry, lang, io);
  for (const { id } of entry.lab.tasks.filter((t) => !t.state))
    io.out(`${id}: not judged, a state alone does not show it\n`);
  return code;
}

function report(tasks: readonly TaskState[], entry: LabEntry, lang: Lang, io: CliIo): number {
  const words = labWords(entry, lang);
  for (const task of tasks)
    io.out(`${task.id}: ${task.done ? 'solved' : `not solved: ${sentence(task, words, lang)}`}\n`);
  return tasks.every((t) => t.done) ? 0 : 1;
}

function entryOf(id: string): LabEntry {
  const entry = LABS.find((e) => e.lab.id === id);
  if (entry) return entry;
  throw new UsageError(`no lab "${id}"; there is ${LABS.map((e) => e.lab.id).join(', ')}`);
}

function supported(lab: Lab, k8s: K8sVersion): K8sVersion {
  if (lab.versions.includes(k8s)) return k8s;
  throw new UsageError(
    `lab ${lab.id} is not made for Kubernetes ${k8s}; use one of ${lab.versions.join(', ')}`,
  );
}

function versionOf(text: string | undefined): K8sVersion | undefined {
  if (text === undefined) return undefined;
  const version = parseVersion(text);
  if (version) return version;
  throw new UsageError(`Kubernetes ${text} is not known; use one of ${LEARNER_VERSIONS.join(', ')}`);
}

function langOf(text: string | undefined): Lang | undefined {
  if (text === undefined || text === 'zh' || text === 'en') return text;
  throw new UsageError(`--lang "${text}"; use zh or en`);
}
