'use client';
// The flow as the cluster's record tells it, and sentences about it.
import { useLesson } from '@/components/workbench/lesson-context';
import { useInspect } from '@/components/workbench/use-inspect';
import { duration } from '@/components/changes/duration';
import type { useMessages } from '@/lib/i18n/client';
import type { ClockState } from '@/lib/workbench/protocol';
import type { Flow, FlowTurn, FlowWrite } from '@/lib/workbench/flow';

export function useFlow(): Flow | undefined {
  const service = useLesson((view) => view.state?.focus.service ?? null);
  return useInspect({ ask: 'flow', service }, true);
}

type Words = ReturnType<typeof useMessages<'flow'>>;

/** kubelet (node-2) */
export const nameOf = ({ by, node }: { readonly by: string; readonly node?: string }): string =>
  node === undefined ? by : `${by} (${node})`;

const joined = (texts: readonly string[], key: 'list' | 'writes', t: Words): string =>
  texts.reduceRight((rest, first) => t(key, { first, rest }));

/** changed Pod web-5ml82: spec.nodeName = node-2 */
function writeText({ type, kind = '', name = '', fields }: FlowWrite, t: Words): string {
  const what = type === 'RULES' ? t('RULES') : t(type, { kind, name });
  if (fields.length === 0) return what;
  const texts = fields.map(
    ({ path, after, before = '' }) => `${path} = ${after ?? `∅ (${t('was', { before })})`}`,
  );
  return t('write', { what, fields: joined(texts, 'list', t) });
}

export const turnText = ({ wrote }: FlowTurn, t: Words): string =>
  wrote.length > 0
    ? joined(
        wrote.map((write) => writeText(write, t)),
        'writes',
        t,
      )
    : t('nothingToDo');

/** Only the API server is left, which forgets old Events: nothing that a step would show. */
export const isExpiry = (clock: ClockState | undefined): boolean =>
  clock?.next?.component === 'kube-apiserver';

/** Whose turn comes next, while the clock is held. */
export function nextText(clock: ClockState | undefined, now: number, t: Words): string {
  if (!clock?.held) return '';
  if (!clock.next) return t('nothing');
  const { component, node, at } = clock.next;
  if (isExpiry(clock)) return t('nextExpiry', { time: duration(at - now) });
  const who = node === undefined ? component : `${component} (${node})`;
  return at <= now ? t('nextNow', { who }) : t('next', { who, time: duration(at - now) });
}
