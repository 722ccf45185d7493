// Reads an action log: the list from which everything that a learner did can be replayed.
import { err, ok, type Result } from '@/lib/core/result';
import { RULES_VERSIONS } from '@/lib/kube/versions';
import type { Action, ActionLog } from './types';

/** Raised when a log of before would replay to another state. */
export const ENGINE = 1;

/** The instant at which the clusters of labs begin. */
export const START_INSTANT = '2026-01-05T08:00:00Z';

const BYTE_LIMIT = 256 * 1024;
const ACTION_LIMIT = 10_000;

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The log in a JSON text, or one sentence on what is wrong with it. */
export function parseActionLog(text: string): Result<ActionLog, string> {
  if (text.length > BYTE_LIMIT) return err('a history larger than 256 KB is not replayed');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return err('not JSON');
  }
  if (!isFields(value)) return err('not an action log: a JSON object is needed');
  const fault = headFault(value) ?? actionsFault(value['actions']);
  return fault === undefined ? ok(value as unknown as ActionLog) : err(fault);
}

function headFault(log: Fields): string | undefined {
  if (log['format'] !== 1) return 'not an action log of format 1';
  if (log['engine'] !== ENGINE)
    return `made by engine ${String(log['engine'])}; this is engine ${ENGINE}, which would replay it differently, so its old result stands`;
  if (!RULES_VERSIONS.some((v) => v === log['k8s'])) return `Kubernetes ${String(log['k8s'])} is not known`;
  if (!Number.isInteger(log['seed'])) return 'seed must be a whole number';
  if (log['lab'] !== undefined && typeof log['lab'] !== 'string') return 'lab must be text';
  return undefined;
}

function actionsFault(actions: unknown): string | undefined {
  if (!Array.isArray(actions)) return 'actions must be a list';
  if (actions.length > ACTION_LIMIT) return `more than ${ACTION_LIMIT} actions are not replayed`;
  const wrong = actions.findIndex((a: unknown) => !isAction(a));
  return wrong < 0 ? undefined : `actions[${wrong}] is no action that this lab knows`;
}

const FIELDS: Readonly<Record<Action['kind'], Readonly<Record<string, 'string' | 'number'>>>> = {
  apply: { file: 'string', text: 'string' },
  click: { target: 'string' },
  predict: { question: 'string', answer: 'string' },
  answer: { question: 'string', answer: 'string' },
  time: { advanceMs: 'number' },
};

function isAction(value: unknown): value is Action {
  if (!isFields(value) || typeof value['at'] !== 'number' || typeof value['kind'] !== 'string') return false;
  const fields = Object.hasOwn(FIELDS, value['kind']) ? FIELDS[value['kind'] as Action['kind']] : undefined;
  if (!fields) return false;
  if (
    value['kind'] === 'time' &&
    !(Number(value['advanceMs']) >= 0 && Number(value['advanceMs']) <= 7 * 86_400_000)
  )
    return false;
  return Object.entries(fields).every(([name, type]) => typeof value[name] === type);
}
