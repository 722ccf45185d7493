// The action log: the list from which everything that a learner did can be replayed.
import { err, ok, type Result } from '@/lib/core/result';
import {
  CLUSTER_PROXY_MODES,
  nftablesSupport,
  type ClusterProxyMode,
  RULES_VERSIONS,
  type K8sVersion,
} from '@/lib/kube/version';
import { ACTION_LIMIT, BYTE_LIMIT } from './log-limits';
import { RESERVED_KINDS, type Action, type ActionLog } from './types';

/** Raised when a log of before would replay to another state. */
export const ENGINE = 4;

/** One cluster, one seed: every learner's lab has the same addresses and names. */
export const LAB_SEED = 1;

/** The instant at which the clusters of labs begin. */
export const START_INSTANT = '2026-01-05T08:00:00Z';

const KNOW_NFTABLES = RULES_VERSIONS.filter((version) => nftablesSupport(version) !== 'none');

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Why a log is not replayed: pages choose their words by the code, the command line prints the sentence. */
export interface LogFault {
  readonly code: 'size' | 'shape' | 'engine';
  readonly sentence: string;
}

/** A log of what was done in a lab. */
export const actionLog = (
  lab: string,
  k8s: K8sVersion,
  actions: readonly Action[],
  seed = LAB_SEED,
  proxyMode: ClusterProxyMode = 'iptables',
): ActionLog => ({
  format: 1,
  engine: ENGINE,
  k8s,
  seed,
  ...(proxyMode === 'iptables' ? {} : { proxyMode }),
  lab,
  actions,
});

/** The log in a JSON text, or one sentence on what is wrong with it. */
export function parseActionLog(text: string): Result<ActionLog, LogFault> {
  if (text.length > BYTE_LIMIT || new TextEncoder().encode(text).length > BYTE_LIMIT)
    return err({ code: 'size', sentence: 'a history larger than 256 KB is not replayed' });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return err({ code: 'shape', sentence: 'not JSON' });
  }
  return readActionLog(value);
}

/** The same for a value that was read from JSON. */
export function readActionLog(value: unknown): Result<ActionLog, LogFault> {
  if (!isFields(value)) return err({ code: 'shape', sentence: 'not an action log: a JSON object is needed' });
  const fault = headFault(value) ?? actionsFault(value['actions']);
  return fault === undefined ? ok(value as unknown as ActionLog) : err(fault);
}

const shape = (sentence: string): LogFault => ({ code: 'shape', sentence });

function headFault(log: Fields): LogFault | undefined {
  if (log['format'] !== 1) return shape('not an action log of format 1');
  if (log['engine'] !== ENGINE)
    return {
      code: 'engine',
      sentence: `made by engine ${brief(log['engine'])}; this is engine ${ENGINE}, which would replay it differently, so its old result stands`,
    };
  if (!RULES_VERSIONS.some((v) => v === log['k8s']))
    return shape(`Kubernetes ${brief(log['k8s'])} is not known`);
  const mode = log['proxyMode'] ?? 'iptables';
  if (!CLUSTER_PROXY_MODES.some((m) => m === mode))
    return shape(`kube-proxy mode ${brief(mode)} is not known`);
  if (mode === 'nftables' && !KNOW_NFTABLES.some((v) => v === log['k8s']))
    return shape(`kube-proxy of Kubernetes ${brief(log['k8s'])} has no nftables mode: it came with 1.29`);
  if (!Number.isInteger(log['seed'])) return shape('seed must be a whole number');
  if (log['lab'] !== undefined && typeof log['lab'] !== 'string') return shape('lab must be text');
  return undefined;
}

/** A value of a stranger's log, short enough for a sentence. */
const brief = (value: unknown): string =>
  String(JSON.stringify(value) ?? value)
    .slice(0, 40)
    .replaceAll('"', '');

function actionsFault(actions: unknown): LogFault | undefined {
  if (!Array.isArray(actions)) return shape('actions must be a list');
  if (actions.length > ACTION_LIMIT)
    return { code: 'size', sentence: `more than ${ACTION_LIMIT} actions are not replayed` };
  const wrong = actions.findIndex((a: unknown) => !isAction(a));
  if (wrong < 0) return undefined;
  const kind = isFields(actions[wrong]) ? actions[wrong]['kind'] : undefined;
  return shape(
    typeof kind === 'string' && RESERVED_KINDS.includes(kind)
      ? `actions[${wrong}] is of kind ${kind}, which this engine does not play yet`
      : `actions[${wrong}] is no action that this lab knows`,
  );
}

const FIELDS: Readonly<Record<Action['kind'], Readonly<Record<string, 'string' | 'number'>>>> = {
  apply: { file: 'string', text: 'string' },
  shell: { terminal: 'string', line: 'string' },
  click: { target: 'string' },
  predict: { question: 'string', answer: 'string' },
  answer: { question: 'string', answer: 'string' },
  time: {},
};

/** Either the clock moves on, by at most a week, or it is held, stepped or let go. */
function isTime({ advanceMs, clock }: Fields): boolean {
  if (clock !== undefined) return clock === 'hold' || clock === 'step' || clock === 'run';
  return typeof advanceMs === 'number' && advanceMs >= 0 && advanceMs <= 7 * 86_400_000;
}

function isAction(value: unknown): value is Action {
  if (!isFields(value) || typeof value['at'] !== 'number' || typeof value['kind'] !== 'string') return false;
  const fields = Object.hasOwn(FIELDS, value['kind']) ? FIELDS[value['kind'] as Action['kind']] : undefined;
  if (!fields) return false;
  if (value['kind'] === 'time' && !isTime(value)) return false;
  return Object.entries(fields).every(([name, type]) => typeof value[name] === type);
}
