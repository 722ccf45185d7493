'use client';
// The way of one packet as a list of steps. The step in focus lights up its rule in the chains; the arrow keys or the two buttons
// walk on and back.
import { useEffect, useId, useMemo, useState, type KeyboardEvent } from 'react';
import { IconButton } from '@/components/ui/Button';
import { classes } from '@/components/ui/classes';
import { useLessonStore } from '@/components/workbench/lesson-context';
import { useMessages } from '@/lib/i18n/client';
import type { PacketStep, PacketTrace } from '@/lib/workbench/packet';
import styles from './packet.module.css';
import { shownSteps, toneOf, whereOf, type ShownStep } from './steps';

export function PacketTrip({ trace }: { trace: PacketTrace }) {
  const t = useMessages('packet');
  const store = useLessonStore();
  const id = useId();
  const steps = useMemo(() => shownSteps(trace), [trace]);
  const [at, setAt] = useState(0);
  const current = steps[at];
  const go = (to: number): void => {
    const next = Math.min(steps.length - 1, Math.max(0, to));
    setAt(next);
    const step = steps[next]?.step;
    if (step) store.lightStep(step);
    document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' });
  };
  useEffect(() => {
    const first = steps[0]?.step;
    if (first) store.lightStep(first);
  }, [steps, store]);
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
    if (next === undefined) return;
    event.preventDefault();
    go(next);
  };
  return (
    <>
      <Verdict trace={trace}>
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
      <ol
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
            onPick={() => go(i)}
          />
        ))}
      </ol>
    </>
  );
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

function Verdict({ trace, children }: { trace: PacketTrace; children: React.ReactNode }) {
  const words = useMessages('trace');
  const good = trace.verdict === 'delivered';
  const params = {
    endpoint: trace.endpoint ?? '',
    source: trace.sourceIPSeen ?? '',
    pod: trace.endpointPod?.replace(/^default\//, '') ?? '',
  };
  return (
    <div className={styles['verdict']} data-testid="packet-verdict">
      <p role="status" className={good ? 'text-add' : 'text-del'}>
        <span aria-hidden>{good ? '✓ ' : '✕ '}</span>
        {good
          ? words(trace.endpointPod ? 'reachedPod' : 'reached', params)
          : words(trace.reason.code as Parameters<typeof words>[0], trace.reason.params)}
      </p>
      {children}
    </div>
  );
}

interface StepRowProps {
  readonly id: string;
  readonly number: number;
  readonly shown: ShownStep;
  readonly current: boolean;
  readonly onPick: () => void;
}

function StepRow({ id, number, shown: { step, before, moved }, current, onPick }: StepRowProps) {
  const words = useMessages('trace');
  const t = useMessages('packet');
  const effect = words(step.effect.code as Parameters<typeof words>[0], step.effect.params);
  return (
    // The list itself hears the keys.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <li id={id} role="option" aria-selected={current} onClick={onPick} className={styles['step']}>
      <span className={styles['number']}>{number}</span>
      <span className={styles['where']} style={{ color: `var(${toneOf(step)})` }} title={whereTitle(step)}>
        {moved && (
          <span className={styles['node']}>{step.balancer === undefined ? step.node : t('balancer')}</span>
        )}
        {step.leg === 'answer' && <span className={styles['node']}>{t('answer')}</span>}
        {whereOf(step)}
      </span>
      <span className={classes(styles['what'], isRewrite(step) && styles['rewrite'])}>{effect}</span>
      {current && (
        <span className={styles['detail']}>
          {step.rule && <code title={step.rule}>{step.rule}</code>}
          <span>
            {before && packetText(before) !== packetText(step.packet) && (
              <>
                {packetText(before)} <span aria-hidden>⇒ </span>
              </>
            )}
            {packetText(step.packet)}
            {step.packet.mark !== 0 && ` · mark 0x${step.packet.mark.toString(16)}`}
          </span>
        </span>
      )}
    </li>
  );
}

const packetText = ({ source, destination }: PacketStep['packet']): string => `${source} → ${destination}`;
const whereTitle = ({ node, hook, table, chain }: PacketStep): string =>
  [node, table, hook, chain].filter(Boolean).join(' ');
const isRewrite = ({ effect }: PacketStep): boolean =>
  effect.code === 'step.dnat' || effect.code === 'step.snat' || effect.code === 'step.masquerade';
