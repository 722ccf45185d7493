'use client';
// One question: what is shown, four options, and after grading why the right one is right.
import Link from 'next/link';
import { useId } from 'react';
import { classes } from '@/components/ui/classes';
import type { Option, Question } from '@/lib/course/placement/types';
import type { Key } from '@/lib/i18n/catalogue';
import { useLocale, useMessages } from '@/lib/i18n/client';

export interface QuestionBoxProps {
  readonly question: Question;
  readonly number: number;
  readonly of: number;
  /** Index of the chosen option. */
  readonly answer: number | undefined;
  readonly graded: boolean;
  readonly onAnswer: (option: number) => void;
}

export function QuestionBox({ question, number, of, answer, graded, onAnswer }: QuestionBoxProps) {
  const t = useMessages('placement');
  const name = useId();
  const { id, code, params, shown, options, computed } = question;
  const say = (key: string): string => t(key as Key<'placement'>, params);
  return (
    <li data-question={id} className="border-t border-line py-5">
      <fieldset className="min-w-0">
        <legend className="mb-2">
          <span className="block text-sm text-ink-3">
            {t('number', { n: number, of })}
            {computed && ` · ${t('computed')}`}
          </span>
          <span className="font-medium">{say(code)}</span>
        </legend>
        {shown !== undefined && (
          <pre
            tabIndex={0}
            className="mb-3 overflow-x-auto rounded-md border border-line bg-panel px-3 py-2 text-[12.5px] leading-5"
          >
            <code>{shown.trimEnd()}</code>
          </pre>
        )}
        <div className="grid gap-1">
          {options.map((option, i) => (
            <label
              key={i}
              className={classes(
                'flex min-h-7 items-start gap-2 rounded-md border px-2.5 py-1',
                graded && i === question.correct
                  ? 'border-add bg-add-weak'
                  : answer === i
                    ? 'border-line-control bg-panel'
                    : 'border-transparent',
              )}
            >
              <input
                type="radio"
                name={name}
                value={i}
                checked={answer === i}
                disabled={graded}
                onChange={() => onAnswer(i)}
                className="mt-1 shrink-0 accent-(--accent)"
              />
              <OptionText option={option} say={say} />
            </label>
          ))}
        </div>
      </fieldset>
      {graded && <Explained question={question} right={answer === question.correct} say={say} />}
    </li>
  );
}

interface OptionTextProps {
  readonly option: Option | undefined;
  readonly say: (key: string) => string;
}

function OptionText({ option, say }: OptionTextProps) {
  if (!option) return null;
  return 'raw' in option ? <code className="break-all">{option.raw}</code> : <span>{say(option.word)}</span>;
}

interface ExplainedProps {
  readonly question: Question;
  readonly right: boolean;
  readonly say: (key: string) => string;
}

function Explained({ question, right, say }: ExplainedProps) {
  const t = useMessages('placement');
  const locale = useLocale();
  const option = question.options[question.correct];
  const answer = !option ? '' : 'raw' in option ? option.raw : say(option.word);
  return (
    <div className={classes('mt-3 border-l-4 px-3 py-1', right ? 'border-add' : 'border-warn')}>
      <p className="font-medium">
        <span aria-hidden className={right ? 'text-add' : 'text-warn'}>
          {right ? '✓ ' : '✕ '}
        </span>
        {right ? t('right') : t('wrong', { answer })}
      </p>
      <p className="max-w-[72ch] text-ink-2">{say(question.why)}</p>
      <p className="text-sm">
        <Link
          href={`/${locale}/learn#lesson-${question.lesson}`}
          className="text-accent underline underline-offset-2"
        >
          {t('lesson', { id: question.lesson })}
        </Link>
      </p>
    </div>
  );
}
