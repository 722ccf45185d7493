'use client';
// Source and destination of one connection, foretold place by place; beside them what the newest such connection in the cluster really had.
// The prediction goes into the log when it is recorded, and another try is free.
import { useId, useState } from 'react';
import { Button } from '@/components/ui/Button';
import { useInspect } from '@/components/workbench/use-inspect';
import { useLesson, useLessonStore } from '@/components/workbench/lesson-context';
import {
  fits,
  JOURNEY_POINTS,
  waysSaid,
  type Journey,
  type JourneyQuestion,
  type JourneyWay,
} from '@/lib/course/journey';
import { useMessages } from '@/lib/i18n/client';
import { Inline } from '../Inline';
import { JourneyLine } from './JourneyLine';

type Ways = readonly (JourneyWay | undefined)[];

export function JourneyTable({ id }: { id: string }) {
  const store = useLessonStore();
  const question = store.lesson.journeys[id];
  const words = store.lesson.words.journeys?.[id];
  return question && words ? <Table id={id} question={question} words={words} /> : null;
}

interface TableProps {
  readonly id: string;
  readonly question: JourneyQuestion;
  readonly words: { readonly question: string; readonly explain: string };
}

function Table({ id, question, words }: TableProps) {
  const t = useMessages('journey');
  const store = useLessonStore();
  const titleId = useId();
  const answer = useLesson((view) => view.memory.answers[id]);
  const ready = useLesson((view) => view.status === 'ready');
  const made = useInspect({ ask: 'journey', ...question }, answer !== undefined);
  const [draft, setDraft] = useState<{ readonly since: string | undefined; readonly ways: Ways }>();
  const [missing, setMissing] = useState(false);
  // What was chosen counts until another answer comes: from here, from another tab, from a reset.
  const ways = draft && draft.since === answer ? draft.ways : waysSaid(answer);
  const recorded = answer !== undefined && ways.join() === answer;
  const journey = answer === undefined ? undefined : (made ?? undefined);
  const choose = (at: number, way: JourneyWay | undefined): void => {
    setMissing(false);
    setDraft({ since: answer, ways: ways.map((one, i) => (i === at ? way : one)) });
  };
  const record = (): void => {
    if (ways.includes(undefined)) return setMissing(true);
    store.answer(id, ways.join());
  };
  return (
    <section
      aria-labelledby={titleId}
      data-journey={id}
      className="my-4 rounded-panel border border-line bg-bg px-3.5 py-3"
    >
      <p id={titleId} className="mb-1 font-semibold">
        <span className="font-normal text-ink-3">{t('title')} · </span>
        <Inline text={words.question} />
      </p>
      <p className="mb-2 text-sm text-ink-3">{t('legend')}</p>
      <ol>
        {JOURNEY_POINTS.map((point, at) => (
          <JourneyLine
            key={point}
            point={point}
            hook={question.from === 'node' ? 'OUTPUT' : 'PREROUTING'}
            way={ways[at]}
            real={journey?.rows[at]}
            right={recorded && journey ? fitsRow(ways, at, journey) : undefined}
            onChoose={(way) => choose(at, way)}
          />
        ))}
      </ol>
      {missing && (
        <p role="alert" className="mt-2 text-sm text-warn">
          {t('missing')}
        </p>
      )}
      <Button className="mt-2.5" disabled={!ready || recorded} onClick={record}>
        {t('record')}
      </Button>
      <Outcome
        ways={ways}
        recorded={recorded}
        answered={answer !== undefined}
        journey={journey}
        explain={words.explain}
      />
    </section>
  );
}

const fitsRow = (ways: Ways, at: number, journey: Journey): boolean => {
  const row = journey.rows[at];
  return row !== undefined && fits(ways[at], row, journey);
};

interface OutcomeProps {
  readonly ways: Ways;
  readonly recorded: boolean;
  readonly answered: boolean;
  readonly journey: Journey | undefined;
  readonly explain: string;
}

function Outcome({ ways, recorded, answered, journey, explain }: OutcomeProps) {
  const t = useMessages('journey');
  const wrong = journey ? JOURNEY_POINTS.filter((_, at) => !fitsRow(ways, at, journey)).length : 0;
  return (
    <div aria-live="polite" className="mt-2 text-sm text-ink-2">
      {answered && !recorded && <p className="text-ink-3">{t('changed')}</p>}
      {recorded && !journey && <p>{t('send')}</p>}
      {recorded && journey && (
        <>
          <p className="font-mono text-xs text-ink-3 [overflow-wrap:anywhere]">
            {t('real', { source: journey.source, destination: journey.destination })}
          </p>
          {wrong > 0 ? (
            <p className="text-ink">{t('someWrong', { n: wrong })}</p>
          ) : (
            <>
              <p className="font-medium text-add">
                <span aria-hidden>✓ </span>
                {t('allRight')}
              </p>
              <p>
                <Inline text={explain} />
              </p>
            </>
          )}
        </>
      )}
    </div>
  );
}
