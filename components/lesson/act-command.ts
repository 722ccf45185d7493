// What a link of the lesson does to the workbench: <Act do="set service.yaml spec.sessionAffinity ClientIP">.

import type { ClockMove } from '@/lib/course/types';

export type ActCommand =
  | { readonly kind: 'set'; readonly file: string; readonly path: string; readonly value: string }
  | { readonly kind: 'chain'; readonly prefix: string }
  | { readonly kind: 'run'; readonly terminal: string; readonly line: string }
  | { readonly kind: 'clock'; readonly move: ClockMove }
  | { readonly kind: 'hint'; readonly task: string }
  | { readonly kind: 'show'; readonly file: string; readonly line: number };

/** Reads an act; undefined if it is none (a lesson's test refuses that). */
export function parseAct(text: string): ActCommand | undefined {
  const [verb, first = '', second = '', ...rest] = text.trim().split(/\s+/);
  const value = rest.join(' ');
  if (verb === 'set' && first && second && value) return { kind: 'set', file: first, path: second, value };
  if (verb === 'chain' && first) return { kind: 'chain', prefix: first };
  // A line for a terminal: "run control kubectl get svc", "run default/client curl -s http://my-web-service".
  if (verb === 'run' && first && second)
    return { kind: 'run', terminal: first, line: [second, ...rest].join(' ') };
  // "clock hold", "clock step", "clock run"
  if (verb === 'clock' && (first === 'hold' || first === 'step' || first === 'run'))
    return { kind: 'clock', move: first };
  if (verb === 'hint' && first) return { kind: 'hint', task: first };
  if (verb === 'show' && first && Number(second) > 0)
    return { kind: 'show', file: first, line: Number(second) };
  return undefined;
}
