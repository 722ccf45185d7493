'use client';
// A prediction before a surprise: the answer is given first, the explanation comes after it. What is recorded is the index of
// the option, so that it means the same in both languages.
import { useId } from 'react';
import { useLesson, useLessonStore } from '@/components/workbench/lesson-context';
import { classes } from '@/components/ui/classes';
import { useMessages } from '@/lib/i18n/client';
import { Inline } from './Inline';

/** `guards`: links that act and "show me" wait for the answer (guards.ts). */
export function Predict({ id, guards = false }: { id: string; guards?: boolean }) {
  const t = useMessages('lesson');
  const store = useLessonStore();
  const titleId = useId();
  const answer = useLesson((view) => view.memory.predictions[id]);
  const skipped = useLesson((view) => view.skipped.includes(id));
  const words = store.lesson.words.predictions[id];
  if (!words) return null;
  const chosen = answer === undefined ? undefined : words.options[Number(answer)];
  const right = words.options[store.lesson.answers[id] ?? -1];
  return (
    <section
      aria-labelledby={titleId}
      data-prediction={id}
      data-guards={guards ? (answer === undefined && !skipped ? 'held' : 'open') : undefined}
      className="my-4 rounded-panel border border-line bg-bg px-3.5 py-3"
    >
      <p id={titleId} className="mb-2 font-semibold">
        <span className="font-normal text-ink-3">{t('predict')} · </span>
        <Inline text={words.question} />
      </p>
      <div className="flex flex-wrap gap-1.5">
        {words.options.map((option, i) => (
          <Option
            key={option}
            text={option}
            chosen={option === chosen}
            right={chosen !== undefined && option === right}
            locked={chosen !== undefined}
            onChoose={() => store.predict(id, String(i))}
          />
        ))}
      </div>
      {guards && answer === undefined && !skipped && (
        <p className="mt-2 text-sm text-ink-3 print:hidden">
          {t('guard')}{' '}
          <button
            type="button"
            onClick={() => store.skip(id)}
            className="text-accent underline underline-offset-2"
          >
            {t('guardSkip')}
          </button>
        </p>
      )}
      {chosen === undefined && (
        <p className="hidden text-ink-2 print:block">
          <Inline text={`${t('printAnswer', { answer: right ?? '' })} ${words.explain}`} />
        </p>
      )}
      <div aria-live="polite">
        {chosen !== undefined && (
          <div className="mt-2.5 text-ink-2">
            <p className={classes('font-medium', chosen === right ? 'text-add' : 'text-ink')}>
              <Inline
                text={
                  chosen === right
                    ? t('predictedRight', { answer: chosen })
                    : t('predictedWrong', { answer: chosen, right: right ?? '' })
                }
              />
            </p>
            <p>
              <Inline text={words.explain} />
            </p>
          </div>
        )}
      </div>
    </section>
  );
}

interface OptionProps {
  readonly text: string;
  readonly chosen: boolean;
  readonly right: boolean;
  readonly locked: boolean;
  readonly onChoose: () => void;
}

function Option({ text, chosen, right, locked, onChoose }: OptionProps) {
  return (
    <button
      type="button"
      aria-pressed={chosen}
      // Not `disabled`: that would take the focus from whoever has answered by keyboard.
      aria-disabled={locked}
      onClick={() => !locked && onChoose()}
      className={classes(
        'min-h-7 rounded-md border bg-panel px-3 py-0.5 text-left text-[13px]',
        chosen
          ? 'border-accent font-medium text-accent shadow-[inset_0_0_0_1px_var(--accent)]'
          : locked
            ? 'border-line-control text-ink-3'
            : 'border-line-control hover:border-accent',
      )}
    >
      {right && <span className="mr-1 text-add">✓</span>}
      <Inline text={text} />
    </button>
  );
}
