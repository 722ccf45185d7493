'use client';
// The present beside the goal of a task, as two small pictures of the same objects: what comes is green with +, what goes is red with −,
// what stays is grey. What the cluster does not show (a call, a selection) stands below in words.
import { Fragment } from 'react';
import { classes } from '@/components/ui/classes';
import { useInspect } from '@/components/workbench/use-inspect';
import { useMessages } from '@/lib/i18n/client';
import type { Amount, Deed, GoalBox, GoalRow } from '@/lib/workbench/goal';
import { Inline } from '../Inline';
import { changeOf, isThere, type Side } from './goal-sides';
import styles from './goal.module.css';
import { useLessonStore } from '@/components/workbench/lesson-context';

type Words = ReturnType<typeof useMessages<'task'>>;

export function GoalDrawing({ task }: { task: string }) {
  const t = useMessages('task');
  const goal = useInspect({ ask: 'goal', task }, true);
  if (goal === undefined) return <p className={styles['quiet']}>{t('goalLoading')}</p>;
  if (goal === null) return <p className={styles['quiet']}>{t('goalNone')}</p>;
  const { boxes, deeds } = goal;
  const drawn = boxes.length > 0;
  return (
    <>
      {drawn && <Pictures boxes={boxes} t={t} />}
      <Deeds
        deeds={drawn ? deeds.filter(({ code }) => code !== 'edit' && code !== 'run') : deeds}
        drawn={drawn}
      />
    </>
  );
}

function Pictures({ boxes, t }: { boxes: readonly GoalBox[]; t: Words }) {
  return (
    <div className={styles['pictures']}>
      <p className={styles['head']}>{t('goalNow')}</p>
      <p className={styles['head']}>{t('goalThen')}</p>
      {boxes.map((box) => (
        <Fragment key={`${box.kind} ${box.name}`}>
          <Picture box={box} side="now" t={t} />
          <Picture box={box} side="goal" t={t} />
        </Fragment>
      ))}
      {boxes.every(isThere) && (
        <p className={styles['reached']}>
          <span aria-hidden>✓ </span>
          {t('goalReached')}
        </p>
      )}
    </div>
  );
}

function Picture({ box, side, t }: { box: GoalBox; side: Side; t: Words }) {
  const there = box[side];
  const other = box[side === 'now' ? 'goal' : 'now'];
  const change = there === other ? 'same' : side === 'now' ? 'removed' : 'added';
  const label = box.kind === 'Pod' && box.name === '' ? '' : `${box.kind} ${box.name}`;
  if (!there)
    return (
      <div className={classes(styles['box'], styles['absent'])}>
        <p>{t('goalAbsent')}</p>
      </div>
    );
  const changed = change === 'same' && box.differs && side === 'goal';
  return (
    <div className={styles['box']} data-change={change}>
      {label && (
        <p className={styles['name']}>
          <Sign change={change} t={t} />
          <span className={styles['kind']}>{box.kind}</span> {box.name}
          {changed && <span className={styles['changed']}> ~ {t('goalChanged')}</span>}
        </p>
      )}
      <ul>
        {box.rows.map((row) => (
          <Row key={`${row.field} ${row.name}`} row={row} side={side} t={t} />
        ))}
      </ul>
    </div>
  );
}

function Row({ row, side, t }: { row: GoalRow; side: Side; t: Words }) {
  const amount = row[side];
  if (!amount) return null;
  const change = changeOf(row, side);
  return (
    <li className={styles['row']} data-change={change}>
      <Sign change={change} t={t} />
      <Value row={row} amount={amount} t={t} />
    </li>
  );
}

/** So many endpoints are drawn as dots. */
const DOTS = 8;

function Value({
  row: { field, name },
  amount: { value, rules },
  t,
}: {
  row: GoalRow;
  amount: Amount;
  t: Words;
}) {
  const n = Number(value);
  switch (field) {
    case 'type':
      return value;
    case 'port':
      return value === '' ? name : `${name} · ${value}`;
    case 'ready':
    case 'count':
      return (
        <>
          {n <= DOTS && n > 0 && (
            <span aria-hidden className={styles['dots']}>
              {'●'.repeat(n)}{' '}
            </span>
          )}
          {t(field === 'ready' ? 'goalReady' : 'goalPods', { n })}
        </>
      );
    case 'unready':
      return t('goalUnready', { n });
    case 'chain':
      return (
        <>
          {name}
          {n > 1 && ` ×${n}`}
          {rules !== undefined && <span className={styles['rules']}> {t('goalRules', { n: rules })}</span>}
        </>
      );
  }
}

const SIGN = { added: '+', removed: '−', same: '' } as const;
const SAID = { added: 'goalAdded', removed: 'goalRemoved', same: 'goalSame' } as const;

/** A sign for the eye and a word for the ear; what stays is not remarked on. */
function Sign({ change, t }: { change: keyof typeof SIGN; t: Words }) {
  if (change === 'same') return null;
  return (
    <>
      <span aria-hidden className={styles['sign']}>
        {SIGN[change]}
      </span>
      <span className="sr-only">{t(SAID[change])} </span>
    </>
  );
}

function Deeds({ deeds, drawn }: { deeds: readonly Deed[]; drawn: boolean }) {
  const t = useMessages('task');
  const { lesson } = useLessonStore();
  if (deeds.length === 0) return null;
  const words = ({ code, params }: Deed): string => {
    const title =
      code === 'predict' ? lesson.words.predictions[params['question'] ?? '']?.question : undefined;
    return t(`deed_${code}`, params) + (title === undefined ? '' : ` “${title.trim()}”`);
  };
  return (
    <div className="mt-1.5 text-sm text-ink-2">
      <p>{t(drawn ? 'deeds' : 'deedsOnly')}</p>
      <ul className="list-disc pl-5">
        {deeds.map((deed) => (
          <li key={JSON.stringify(deed)}>
            <Inline text={words(deed)} />
          </li>
        ))}
      </ul>
    </div>
  );
}
