'use client';
// The way of one packet as a list of steps. The step in focus lights up its rule in the chains and the rule's lines in the editor; the
// arrow keys or the two buttons walk on and back. The same way can be read as sentences.
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Button, IconButton } from '@/components/ui/Button';
import { useLesson, useLessonStore } from '@/components/workbench/lesson-context';
import { useMessages } from '@/lib/i18n/client';
import type { PacketTrace } from '@/lib/workbench/packet';
import styles from './packet.module.css';
import { StepRow } from './StepRow';
import { passes, ruleInGraph } from './stated';
import { shownSteps, type ShownStep } from './steps';
import { useTelling } from './tell';

interface PacketTripProps {
  readonly trace: PacketTrace;
  /** Stands in the place of the verdict: what was said beside what happened. */
  readonly judged?: ReactNode;
}

export function PacketTrip({ trace, judged }: PacketTripProps) {
  const t = useMessages('packet');
  const store = useLessonStore();
  const id = useId();
  const tell = useTelling();
  const steps = useMemo(() => shownSteps(trace), [trace]);
  const [at, setAt] = useState(0);
  const [told, setTold] = useState(false);
  const list = useRef<HTMLOListElement>(null);
  const current = steps[at];
  const go = (to: number): void => {
    const next = Math.min(steps.length - 1, Math.max(0, to));
    setAt(next);
    const step = steps[next]?.step;
    if (step) store.lights.lightStep(step);
  };
  // Once its detail is there.
  useEffect(() => {
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, at]);
  useEffect(() => {
    const first = steps[0]?.step;
    if (first) store.lights.lightStep(first);
  }, [steps, store]);
  const marked = useMarked(steps, id);
  useHopEnd(steps, current, (to) => {
    setTold(false);
    go(to);
    requestAnimationFrame(() => list.current?.focus());
  });
  const press = (event: KeyboardEvent): void => {
    const to: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowRight: at + 1,
      ArrowUp: at - 1,
      ArrowLeft: at - 1,
      Home: 0,
      End: steps.length - 1,
    };
    const next = to[event.key];
    if (next === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    go(next);
  };
  const sentence = current ? tell(current.step, current.before) : '';
  return (
    <>
      <Verdict trace={trace} judged={judged}>
        <Button className="min-h-6 shrink-0" aria-pressed={told} onClick={() => setTold(!told)}>
          {t('inWords')}
        </Button>
        <span className="flex shrink-0 gap-1">
          <WalkButton label={t('rewind')} path="M4 3v10M13 3L6 8l7 5z" off={at === 0} onPress={() => go(0)} />
          <WalkButton label={t('back')} path="M11 3L4 8l7 5z" off={at === 0} onPress={() => go(at - 1)} />
          <WalkButton
            label={t('step')}
            path="M5 3l7 5-7 5z"
            off={at >= steps.length - 1}
            onPress={() => go(at + 1)}
          />
        </span>
      </Verdict>
      <p className="sr-only" aria-live="polite" data-testid="packet-told">
        {t('stepNow', { n: at + 1, of: steps.length, text: sentence })}
      </p>
      {told ? (
        <InWords steps={steps} at={at} />
      ) : (
        <ol
          ref={list}
          role="listbox"
          aria-label={t('steps')}
          aria-activedescendant={`${id}-${at}`}
          tabIndex={0}
          onKeyDown={press}
          className={styles['steps']}
        >
          {steps.map((shown, i) => (
            <StepRow
              key={i}
              id={`${id}-${i}`}
              number={i + 1}
              shown={shown}
              current={shown === current}
              marked={marked.has(i)}
              onPick={() => go(i)}
            />
          ))}
        </ol>
      )}
    </>
  );
}

/** The whole way as sentences, for reading and for whoever does not see the picture. */
function InWords({ steps, at }: { steps: readonly ShownStep[]; at: number }) {
  const t = useMessages('packet');
  const tell = useTelling();
  return (
    <ol className={styles['told']} tabIndex={0} aria-label={t('told')} data-testid="packet-words">
      {steps.map(({ step, before }, i) => (
        <li key={i} aria-current={i === at ? 'step' : undefined}>
          {tell(step, before)}
        </li>
      ))}
    </ol>
  );
}

/** Steps through rules that are selected in the chains or that the editor's cursor points at; the first comes into sight. */
function useMarked(steps: readonly ShownStep[], id: string): ReadonlySet<number> {
  const rules = useLesson((view) => view.marked);
  const graph = useLesson((view) => view.state?.graph);
  const marked = useMemo(
    () => new Set(graph ? steps.flatMap(({ step }, i) => (passes(graph, step, rules) ? [i] : [])) : []),
    [steps, graph, rules],
  );
  useEffect(() => {
    const [first] = marked;
    if (first !== undefined) document.getElementById(`${id}-${first}`)?.scrollIntoView({ block: 'nearest' });
  }, [marked, id]);
  return marked;
}

/** The trip as a link of the chain of provenance. */
function useHopEnd(
  steps: readonly ShownStep[],
  current: ShownStep | undefined,
  goTo: (index: number) => void,
): void {
  const store = useLessonStore();
  const latest = useRef({ steps, current, goTo });
  useEffect(() => {
    latest.current = { steps, current, goTo };
  });
  useEffect(() => {
    const graph = () => store.getView().state?.graph;
    store.trail.tell({
      rules: () => {
        const [picture, step] = [graph(), latest.current.current?.step];
        return picture && step?.index !== undefined ? ruleInGraph(picture, step) : [];
      },
      passed: (rules) => {
        const picture = graph();
        return rules.find(
          (rule) => picture && latest.current.steps.some(({ step }) => passes(picture, step, [rule])),
        );
      },
      goTo: (rules) => {
        const picture = graph();
        const to = latest.current.steps.findIndex(({ step }) => picture && passes(picture, step, rules));
        if (to >= 0) latest.current.goTo(to);
        return to >= 0;
      },
    });
    return () => store.trail.tell(null);
  }, [store]);
}

function WalkButton(props: { label: string; path: string; off: boolean; onPress: () => void }) {
  const { label, path, off, onPress } = props;
  return (
    <IconButton label={label} title={label} disabled={off} onClick={onPress}>
      <svg aria-hidden viewBox="0 0 16 16" className="size-3.5">
        <path d={path} fill="currentColor" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" />
      </svg>
    </IconButton>
  );
}

function Verdict({ trace, judged, children }: PacketTripProps & { children: ReactNode }) {
  const words = useMessages('trace');
  const good = trace.verdict === 'delivered';
  const params = {
    endpoint: trace.endpoint ?? '',
    source: trace.sourceIPSeen ?? '',
    pod: trace.endpointPod?.replace(/^default\//, '') ?? '',
  };
  return (
    <div className={styles['verdict']} data-testid="packet-verdict">
      {judged ?? (
        <p role="status" className={good ? 'text-add' : 'text-del'}>
          <span aria-hidden>{good ? '✓ ' : '✕ '}</span>
          {good
            ? words(trace.endpointPod ? 'reachedPod' : 'reached', params)
            : words(trace.reason.code as Parameters<typeof words>[0], trace.reason.params)}
        </p>
      )}
      <span className="flex shrink-0 items-center gap-2">{children}</span>
    </div>
  );
}
