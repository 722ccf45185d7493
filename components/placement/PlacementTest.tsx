'use client';
// "I know stage 1": eight questions from a cluster drawn by lot, answered together, each explained afterwards.
import Link from 'next/link';
import { useEffect, useId, useRef, useState, type FormEvent } from 'react';
import { setCourseState, useCourseState } from '@/components/course/use-kept';
import { Button, buttonClass } from '@/components/ui/Button';
import { ProgressBar } from '@/components/ui/Progress';
import { ErrorState } from '@/components/ui/States';
import { PASS_MARK, type Question } from '@/lib/course/placement/types';
import { useLocale, useMessages } from '@/lib/i18n/client';
import { QuestionBox } from './QuestionBox';

type Phase =
  | { readonly kind: 'before' }
  | { readonly kind: 'drawing' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'asking' | 'graded'; readonly seed: number; readonly questions: readonly Question[] };

const STAGE = 1;

export function PlacementTest({ goOn }: { readonly goOn: string }) {
  const t = useMessages('placement');
  const [phase, setPhase] = useState<Phase>({ kind: 'before' });
  const [answers, setAnswers] = useState<Readonly<Record<string, number>>>({});
  const { known } = useCourseState();
  const draw = async (): Promise<void> => {
    setPhase({ kind: 'drawing' });
    setAnswers({});
    try {
      const seed = 1 + crypto.getRandomValues(new Uint16Array(1)).reduce((sum, n) => sum + n, 0);
      const { drawPlacement } = await import('@/lib/workbench/placement-client');
      setPhase({ kind: 'asking', seed, questions: await drawPlacement(seed) });
    } catch (error) {
      console.error(error);
      setPhase({ kind: 'failed' });
    }
  };
  const grade = (): void => {
    if (phase.kind !== 'asking') return;
    setPhase({ ...phase, kind: 'graded' });
    const passed = rightAnswers(phase.questions, answers) >= PASS_MARK;
    if (passed) setCourseState({ known: [...new Set([...known, STAGE])] });
  };
  if (phase.kind !== 'asking' && phase.kind !== 'graded')
    return <NoQuestions kind={phase.kind} onDraw={() => void draw()} />;
  const { questions, seed } = phase;
  const graded = phase.kind === 'graded';
  return (
    <>
      {graded && (
        <Result
          right={rightAnswers(questions, answers)}
          of={questions.length}
          goOn={goOn}
          onAgain={() => void draw()}
        />
      )}
      <Questions
        key={seed}
        questions={questions}
        answers={answers}
        graded={graded}
        onAnswer={(id, option) => setAnswers({ ...answers, [id]: option })}
        onGrade={grade}
      />
      <p className="mt-6 text-sm text-ink-3">{t('cluster', { seed })}</p>
    </>
  );
}

interface NoQuestionsProps {
  readonly kind: 'before' | 'drawing' | 'failed';
  readonly onDraw: () => void;
}

function NoQuestions({ kind, onDraw }: NoQuestionsProps) {
  const t = useMessages('placement');
  const common = useMessages('common');
  if (kind === 'failed')
    return <ErrorState title={t('failed')} action={<Button onClick={onDraw}>{common('retry')}</Button>} />;
  if (kind === 'before')
    return (
      <Button kind="primary" size="large" onClick={onDraw}>
        {t('begin')}
      </Button>
    );
  return (
    <div role="status" className="max-w-96">
      <ProgressBar label={t('drawing')} />
      <p className="mt-2 text-ink-2">{t('drawing')}</p>
    </div>
  );
}

const rightAnswers = (questions: readonly Question[], answers: Readonly<Record<string, number>>): number =>
  questions.filter(({ id, correct }) => answers[id] === correct).length;

interface QuestionsProps {
  readonly questions: readonly Question[];
  readonly answers: Readonly<Record<string, number>>;
  readonly graded: boolean;
  readonly onAnswer: (id: string, option: number) => void;
  readonly onGrade: () => void;
}

function Questions({ questions, answers, graded, onAnswer, onGrade }: QuestionsProps) {
  const t = useMessages('placement');
  const [missing, setMissing] = useState(0);
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  // The first question is where the reader goes on after "Begin".
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const open = questions.filter((question) => answers[question.id] === undefined);
    setMissing(open.length);
    const [first] = open;
    if (first) form.current?.querySelector<HTMLElement>(`[data-question="${first.id}"] input`)?.focus();
    else onGrade();
  };
  return (
    <form ref={form} onSubmit={submit} noValidate>
      <ol>
        {questions.map((question, i) => (
          <QuestionBox
            key={question.id}
            question={question}
            number={i + 1}
            of={questions.length}
            answer={answers[question.id]}
            graded={graded}
            onAnswer={(option) => onAnswer(question.id, option)}
          />
        ))}
      </ol>
      {!graded && (
        <div className="flex flex-wrap items-center gap-4 border-t border-line pt-5">
          <Button kind="primary" size="large" type="submit" aria-describedby={id}>
            {t('answer')}
          </Button>
          <p id={id} role="status" className="text-ink-2">
            {missing > 0 && t('unanswered', { n: missing })}
          </p>
        </div>
      )}
    </form>
  );
}

interface ResultProps {
  readonly right: number;
  readonly of: number;
  /** The lesson after the stage. */
  readonly goOn: string;
  readonly onAgain: () => void;
}

function Result({ right, of, goOn, onAgain }: ResultProps) {
  const t = useMessages('placement');
  const locale = useLocale();
  const { known } = useCourseState();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  const passed = right >= PASS_MARK;
  return (
    <div
      ref={box}
      tabIndex={-1}
      data-testid="result"
      data-passed={passed}
      className={`mb-6 border-l-4 px-4 py-3 ${passed ? 'border-add bg-add-weak' : 'border-warn bg-warn-weak'}`}
    >
      <h2 className="text-[17px] font-semibold">{t('score', { right, of })}</h2>
      <p className="mb-3">
        {!passed ? t('missed', { pass: PASS_MARK }) : known.includes(STAGE) ? t('passed') : t('notKept')}
      </p>
      <div className="flex flex-wrap gap-2">
        <Link
          href={passed ? `/${locale}/learn/${goOn}` : `/${locale}/learn`}
          className={buttonClass('primary', 'large')}
        >
          {t(passed ? 'goOn' : 'goOnMap', { id: goOn })}
        </Link>
        <Button size="large" onClick={onAgain}>
          {t('again')}
        </Button>
      </div>
    </div>
  );
}
