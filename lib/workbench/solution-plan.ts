// A task's reference solution as steps that can be shown one after the other: lines of YAML with what their fields mean, lines for a
// terminal, clicks, packets. Names in it (Pods, addresses, chains) are those of the learner's own cluster where he has got that far.
import { packetOf } from '@/lib/course/packet-target';
import type { ActionBody, Lang, Step } from '@/lib/course/types';
import type { From } from '@/lib/net/datapath/connect';
import { joinHostPort } from '@/lib/core/ip';
import type { K8sVersion } from '@/lib/kube/versions';
import { fieldHelp } from './editor-help';
import type { Sandbox } from './sandbox';

export type PlanStep =
  | { readonly kind: 'edit'; readonly file: string; readonly lines: readonly PlanLine[] }
  | { readonly kind: 'shell'; readonly terminal: string; readonly line: string }
  | { readonly kind: 'chain'; readonly name: string }
  | { readonly kind: 'packet'; readonly from: string; readonly fromKind: EndKind; readonly to: string }
  | { readonly kind: 'predict' | 'answer'; readonly question: string }
  | { readonly kind: 'click'; readonly target: string }
  | { readonly kind: 'time' };

type EndKind = 'pod' | 'node' | 'external';

export interface PlanLine {
  readonly text: string;
  /** removed: a line of the file that goes. */
  readonly change: 'written' | 'removed';
  /** "spec.ports.targetPort" and what it means, in the learner's language, if somebody has written about it. */
  readonly field?: string;
  readonly about?: string;
}

export interface PlanContext {
  readonly lang: Lang;
  readonly k8s: K8sVersion;
}

/**
 * The steps of a solution. `reference` stands at the task's start: what is to be written is counted from there, so that it does not
 * change while the learner writes. `own` stands where the learner is; names come from it.
 */
export function planOf(
  task: string,
  reference: Sandbox,
  own: Sandbox | undefined,
  context: PlanContext,
): readonly PlanStep[] {
  let names = own;
  return reference.run.solution(task).map((step) => {
    const before = reference.run.files;
    const action = reference.run.resolve(step);
    reference.run.play(action);
    const here = names && played(names, step);
    if (!here) names = undefined;
    if (action.kind !== 'apply') return shown(here?.kind === action.kind ? here : action);
    const old = typeof step !== 'function' && step.kind === 'set' ? (before.get(action.file) ?? '') : '';
    return { kind: 'edit', file: action.file, lines: linesOf(old, action.text, context) };
  });
}

/** The step played where the learner is; undefined if it cannot be. */
function played({ run }: Sandbox, step: Step): ActionBody | undefined {
  try {
    const action = run.resolve(step);
    run.play(action);
    return action;
  } catch {
    return undefined;
  }
}

function shown(action: Exclude<ActionBody, { readonly kind: 'apply' }>): PlanStep {
  switch (action.kind) {
    case 'shell':
      return { kind: 'shell', terminal: action.terminal, line: action.line };
    case 'predict':
    case 'answer':
      return { kind: action.kind, question: action.question };
    case 'time':
      return { kind: 'time' };
    case 'click': {
      const { target } = action;
      if (target.startsWith('chain:')) return { kind: 'chain', name: target.slice('chain:'.length) };
      const call = packetOf(target);
      if (!call) return { kind: 'click', target };
      const [fromKind, from] = endOf(call.from);
      const to = call.port === undefined ? call.to : joinHostPort(call.to, call.port);
      return { kind: 'packet', from, fromKind, to };
    }
  }
}

function endOf(from: From): readonly [EndKind, string] {
  if ('pod' in from) return ['pod', from.pod];
  return 'node' in from ? ['node', from.node] : ['external', from.external];
}

/** Lines that a text has and the one before had not, between those that both begin and end with; comments alone and gaps left out. */
function linesOf(before: string, after: string, context: PlanContext): readonly PlanLine[] {
  const [old, lines] = [before, after].map((text) => text.split('\n')) as [string[], string[]];
  let head = 0;
  while (head < Math.min(old.length, lines.length) && old[head] === lines[head]) head++;
  let tail = 0;
  while (
    tail < Math.min(old.length, lines.length) - head &&
    old[old.length - 1 - tail] === lines[lines.length - 1 - tail]
  )
    tail++;
  const gone = before === '' ? [] : old.slice(head, old.length - tail).filter(isText);
  return [
    ...gone.map((text): PlanLine => ({ text, change: 'removed' })),
    ...lines.slice(head, lines.length - tail).flatMap((text, i): PlanLine[] => {
      if (!isText(text)) return [];
      return [{ text, change: 'written', ...meaning(after, text, head + i + 1, context) }];
    }),
  ];
}

const isText = (line: string): boolean => line.trim() !== '' && !line.trimStart().startsWith('#');

function meaning(
  file: string,
  text: string,
  line: number,
  { k8s, lang }: PlanContext,
): Pick<PlanLine, 'field' | 'about'> {
  const column = (/^[\s-]*/.exec(text)?.[0].length ?? 0) + 1;
  const help = fieldHelp(file, line, column, k8s);
  return help?.doc ? { field: help.title, about: help.doc[lang] } : {};
}
