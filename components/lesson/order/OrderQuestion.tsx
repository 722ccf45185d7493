'use client';
// Items to be put in order, each with a button up and a button down: works by keyboard, by touch and without dragging (WCAG 2.5.7). The
// order goes into the log when it is checked; another try is free.
import { useId, useState } from 'react';
import { flushSync } from 'react-dom';
import { Button, IconButton } from '@/components/ui/Button';
import { classes } from '@/components/ui/classes';
import { useLesson, useLessonStore } from '@/components/workbench/lesson-context';
import { useMessages } from '@/lib/i18n/client';
import { Inline } from '../Inline';
import { arrangementOf, moved, rightFromTop } from './arrange';

export function OrderQuestion({ id }: { id: string }) {
  const t = useMessages('order');
  const store = useLessonStore();
  const titleId = useId();
  const answer = useLesson((view) => view.memory.answers[id]);
  const [draft, setDraft] = useState<{
    readonly since: string | undefined;
    readonly order: readonly number[];
  }>();
  const [said, setSaid] = useState('');
  const words = store.lesson.words.orders?.[id];
  if (!words) return null;
  const { items } = words;
  // What was moved counts until another answer comes: from this question, from another tab, from a reset.
  const order = draft && draft.since === answer ? draft.order : arrangementOf(answer, items.length);
  const checked = answer !== undefined && order.join(',') === answer;
  const right = checked ? rightFromTop(order, store.lesson.orders[id] ?? []) : 0;
  const move = (at: number, by: -1 | 1, button: HTMLElement): void => {
    const item = items[order[at] ?? 0] ?? '';
    const next = moved(order, at, by);
    if (next === order) return setSaid(t(by < 0 ? 'atTop' : 'atBottom', { item }));
    flushSync(() => setDraft({ since: answer, order: next }));
    // Taken out of the list and put back, its button has lost the focus.
    button.focus();
    setSaid(t('moved', { item, place: at + by + 1, of: items.length }));
  };
  return (
    <section
      aria-labelledby={titleId}
      data-order={id}
      className="my-4 rounded-panel border border-line bg-bg px-3.5 py-3"
    >
      <p id={titleId} className="mb-1 font-semibold">
        <span className="font-normal text-ink-3">{t('title')} · </span>
        <Inline text={words.question} />
      </p>
      <p className="mb-2 text-sm text-ink-3">{t('how')}</p>
      <ol className="grid gap-1">
        {order.map((item, at) => (
          <Item
            key={item}
            item={item}
            text={items[item] ?? ''}
            place={at + 1}
            of={items.length}
            right={checked && at < right}
            wrong={checked && at === right}
            onMove={(by, button) => move(at, by, button)}
          />
        ))}
      </ol>
      <p className="sr-only" aria-live="polite">
        {said}
      </p>
      <Button className="mt-2.5" disabled={checked} onClick={() => store.answer(id, order.join(','))}>
        {t('check')}
      </Button>
      <div aria-live="polite" className="mt-2 text-ink-2">
        {checked && right === items.length && (
          <>
            <p className="font-medium text-add">
              <span aria-hidden>✓ </span>
              {t('right', { n: items.length })}
            </p>
            <p>
              <Inline text={words.explain} />
            </p>
          </>
        )}
        {checked && right < items.length && <p className="text-ink">{t('wrong', { right })}</p>}
        {!checked && answer !== undefined && <p className="text-ink-3">{t('changed')}</p>}
      </div>
    </section>
  );
}

interface ItemProps {
  /** Its number in the lab's words. */
  readonly item: number;
  readonly text: string;
  readonly place: number;
  readonly of: number;
  /** Known since the last check. */
  readonly right: boolean;
  readonly wrong: boolean;
  readonly onMove: (by: -1 | 1, button: HTMLElement) => void;
}

function Item({ item, text, place, of, right, wrong, onMove }: ItemProps) {
  const t = useMessages('order');
  return (
    <li
      data-item={item}
      className={classes(
        'flex items-center gap-2 rounded-md border bg-panel py-1 pr-1.5 pl-2.5',
        right ? 'border-add' : wrong ? 'border-warn' : 'border-line',
      )}
    >
      <span className="w-5 shrink-0 text-right font-mono text-xs text-ink-3" aria-hidden>
        {right ? '✓' : place}
      </span>
      <span className="min-w-0 flex-1 text-sm [overflow-wrap:anywhere]">
        <Inline text={text} />
      </span>
      <MoveButton
        label={t('up', { item: text })}
        off={place === 1}
        path="M8 4l5 7H3z"
        onPress={(button) => onMove(-1, button)}
      />
      <MoveButton
        label={t('down', { item: text })}
        off={place === of}
        path="M8 12l5-7H3z"
        onPress={(button) => onMove(1, button)}
      />
    </li>
  );
}

/** Not `disabled` at the ends: that would take the focus from whoever moves an item by keyboard. */
function MoveButton(props: {
  label: string;
  off: boolean;
  path: string;
  onPress: (button: HTMLElement) => void;
}) {
  const { label, off, path, onPress } = props;
  return (
    <IconButton
      label={label}
      title={label}
      aria-disabled={off}
      onClick={(event) => onPress(event.currentTarget)}
      className={off ? 'opacity-50' : ''}
    >
      <svg aria-hidden viewBox="0 0 16 16" className="size-3.5">
        <path d={path} fill="currentColor" />
      </svg>
    </IconButton>
  );
}
