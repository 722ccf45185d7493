'use client';
// One step of a packet: where, what; of the step in focus also the rule, the packet, why the rule is there and which lines made it.
import { useEffect, useState } from 'react';
import { formatLocations } from '@/components/chain-view/locations';
import { useWords } from '@/components/chain-view/words';
import { classes } from '@/components/ui/classes';
import { useLesson, useLessonStore } from '@/components/workbench/lesson-context';
import { useMessages } from '@/lib/i18n/client';
import type { FieldRef } from '@/lib/net/ruleset/types';
import type { PacketStep } from '@/lib/workbench/packet';
import type { RuleLocation } from '@/lib/workbench/protocol';
import styles from './packet.module.css';
import { ruleInGraph } from './stated';
import { placeOf, toneOf, whereOf, type ShownStep } from './steps';

interface StepRowProps {
  readonly id: string;
  readonly number: number;
  readonly shown: ShownStep;
  readonly current: boolean;
  /** It passes a rule that the chains or the editor point at. */
  readonly marked: boolean;
  readonly onPick: () => void;
}

export function StepRow({ id, number, shown, current, marked, onPick }: StepRowProps) {
  const { step, moved } = shown;
  const words = useMessages('trace');
  const t = useMessages('packet');
  const effect = words(step.effect.code as Parameters<typeof words>[0], step.effect.params);
  const place = placeOf(step);
  return (
    // The list itself hears the keys.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <li
      id={id}
      role="option"
      aria-selected={current}
      data-marked={marked || undefined}
      onClick={onPick}
      className={styles['step']}
    >
      <span className={styles['number']}>
        {number}
        {marked && (
          <>
            <span aria-hidden> ◂</span>
            <span className="sr-only"> {t('marked')}</span>
          </>
        )}
      </span>
      <span className={styles['where']} style={{ color: `var(${toneOf(step)})` }} title={whereTitle(step)}>
        {moved && <span className={styles['node']}>{place === 'node' ? step.node : t(place)}</span>}
        {step.leg === 'answer' && <span className={styles['node']}>{t('answer')}</span>}
        {whereOf(step)}
      </span>
      <span className={classes(styles['what'], isRewrite(step) && styles['rewrite'])}>{effect}</span>
      {current && <Detail {...shown} />}
    </li>
  );
}

function Detail({ step, before }: ShownStep) {
  return (
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
      <Reasons step={step} />
    </span>
  );
}

/** Why the rule is there, and the lines that it follows from. */
function Reasons({ step }: { step: PacketStep }) {
  const t = useMessages('packet');
  const words = useWords();
  const graph = useLesson((view) => view.state?.graph);
  const [id] = graph && step.index !== undefined ? ruleInGraph(graph, step) : [];
  const rule = graph?.nodes.flatMap((node) => node.rules).find((one) => one.id === id);
  const lines = useLines(step.origin ?? rule?.origin);
  if (!rule && lines.length === 0) return null;
  const params = { lines: formatLocations(lines).join('; ') };
  return (
    <span className={styles['reasons']} data-testid="packet-why">
      {rule ? t('why', { text: words.why(rule) }) : t('policyLines', params)}
      {rule && lines.length > 0 && ` (${t('lines', params)})`}
    </span>
  );
}

/** The editor's lines that a rule, or the verdict of a NetworkPolicy, follows from. */
function useLines(origin: readonly FieldRef[] = []): readonly RuleLocation[] {
  const store = useLessonStore();
  const key = JSON.stringify(origin);
  const [lines, setLines] = useState<readonly RuleLocation[]>([]);
  useEffect(() => {
    let left = false;
    void store.locate(JSON.parse(key) as FieldRef[]).then((found) => {
      if (!left) setLines(found);
    });
    return () => {
      left = true;
    };
  }, [store, key]);
  return lines;
}

const packetText = ({ source, destination }: PacketStep['packet']): string => `${source} → ${destination}`;
const whereTitle = ({ node, hook, table, chain }: PacketStep): string =>
  [node, table, hook, chain].filter(Boolean).join(' ');
const isRewrite = ({ effect }: PacketStep): boolean =>
  effect.code === 'step.dnat' || effect.code === 'step.snat' || effect.code === 'step.masquerade';
