'use client';
// "Check yourself": formative, so every option says why it is right or wrong, and another try is free.
import { useId, useState } from 'react';
import { Button } from '@/components/ui/Button';
import { classes } from '@/components/ui/classes';
import { useMessages } from '@/lib/i18n/client';
import { Inline } from './Inline';

export interface CheckOption {
  readonly text: string;
  readonly correct?: boolean;
  readonly why: string;
}

export function Check({ question, options }: { question: string; options: readonly CheckOption[] }) {
  const t = useMessages('lesson');
  const name = useId();
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [checked, setChecked] = useState<ReadonlySet<number> | null>(null);
  const several = options.filter((option) => option.correct).length > 1;
  const pick = (index: number): void => {
    const next = new Set(several ? chosen : []);
    if (several && chosen.has(index)) next.delete(index);
    else next.add(index);
    setChosen(next);
    setChecked(null);
  };
  return (
    <form
      className="my-4 rounded-panel border border-line px-3.5 py-3"
      onSubmit={(event) => {
        event.preventDefault();
        setChecked(chosen);
      }}
    >
      <fieldset>
        <legend className="mb-2 font-semibold">
          <span className="text-ink-3">{t('check')} · </span>
          <Inline text={question} />
        </legend>
        {several && <p className="mb-1 text-sm text-ink-3">{t('checkSelect')}</p>}
        {options.map((option, i) => (
          <label key={option.text} className="flex gap-2 py-1">
            <input
              type={several ? 'checkbox' : 'radio'}
              name={name}
              checked={chosen.has(i)}
              onChange={() => pick(i)}
              className="mt-1 accent-accent"
            />
            <span>
              <Inline text={option.text} />
            </span>
          </label>
        ))}
      </fieldset>
      <Button type="submit" className="mt-1.5" disabled={chosen.size === 0}>
        {t('checkAnswer')}
      </Button>
      <div aria-live="polite">{checked && <Verdict options={options} chosen={checked} />}</div>
    </form>
  );
}

function Verdict({ options, chosen }: { options: readonly CheckOption[]; chosen: ReadonlySet<number> }) {
  const t = useMessages('lesson');
  const right = options.every((option, i) => chosen.has(i) === (option.correct === true));
  const partly = !right && [...chosen].some((i) => options[i]?.correct === true);
  return (
    <div className="mt-2.5">
      <p className={classes('font-medium', right ? 'text-add' : 'text-del')}>
        <span aria-hidden>{right ? '✓ ' : '✕ '}</span>
        {right ? t('right') : partly ? t('partly') : t('wrong')}
      </p>
      <ul className="text-ink-2">
        {options.map(
          (option, i) =>
            chosen.has(i) && (
              <li key={option.text} className="mt-1">
                <Inline text={option.why} />
              </li>
            ),
        )}
      </ul>
    </div>
  );
}
