'use client';
// The table of one kind, with the columns of `kubectl get`. Only rows in sight are asked for and drawn, so ten thousand Services
// scroll like ten.
import { useEffect, useId, useRef, useState, type KeyboardEvent, type Ref, type RefObject } from 'react';
import { useInspect } from '@/components/workbench/use-inspect';
import { useMessages } from '@/lib/i18n/client';
import type { InspectAnswers } from '@/lib/workbench/inspect';
import type { ObjectId } from './object-id';
import styles from './objects.module.css';

export interface ObjectTableProps {
  readonly ref: Ref<HTMLTableElement>;
  readonly kind: string;
  readonly query: string;
  readonly shown: boolean;
  readonly chosen: ObjectId | null;
  readonly onChoose: (namespace: string, name: string) => void;
}

type Window = InspectAnswers['table'];

/** Height of a row (px), and rows drawn above and below those in sight. */
const ROW = 26;
const SPARE = 12;
/** Widest column, in characters; the last one may be wider. */
const WIDEST = 44;

export function ObjectTable({ ref, kind, query, shown, chosen, onChoose }: ObjectTableProps) {
  const t = useMessages('objects');
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [from, count] = useRange(scroller);
  const window = useInspect({ ask: 'table', kind, query, from, count }, shown);
  const [at, setAt] = useState(0);
  if (!window) return <div className="flex-1" />;
  const { total } = window;
  const rowId = (index: number): string => `${id}-${index}`;
  const press = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW) - 2);
    const to: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: total - 1,
    };
    const next = to[event.key];
    const row = window.rows[at - window.from];
    if (next !== undefined) {
      const index = Math.min(total - 1, Math.max(0, next));
      setAt(index);
      intoSight(scroller.current, index);
    } else if ((event.key === 'Enter' || event.key === ' ') && row) onChoose(row.namespace, row.name);
    else return;
    event.preventDefault();
  };
  if (total === 0) return <p className="p-6 text-center text-ink-3">{t('noMatch', { query })}</p>;
  const columns = window.namespaced ? ['Namespace', ...window.columns] : window.columns;
  return (
    <div ref={scroller} className={styles['scroller']}>
      <table
        ref={ref}
        role="grid"
        aria-label={kind}
        aria-rowcount={total + 1}
        aria-activedescendant={rowId(at)}
        data-pane-focus
        data-testid="objects-table"
        tabIndex={0}
        onKeyDown={press}
        className={styles['table']}
      >
        <Widths window={window} columns={columns} />
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap rows={window.from} />
          {window.rows.map((row, i) => {
            const index = window.from + i;
            const selected = chosen?.name === row.name && chosen.namespace === row.namespace;
            return (
              <tr
                key={`${row.namespace}/${row.name}`}
                id={rowId(index)}
                aria-rowindex={index + 2}
                aria-selected={selected}
                data-at={index === at || undefined}
                onClick={() => {
                  setAt(index);
                  onChoose(row.namespace, row.name);
                }}
              >
                {(window.namespaced ? [row.namespace, ...row.cells] : row.cells).map((cell, column) => (
                  <td key={columns[column]} title={String(cell).length > 24 ? String(cell) : undefined}>
                    {cell}
                  </td>
                ))}
              </tr>
            );
          })}
          <Gap rows={total - window.from - window.rows.length} />
        </tbody>
      </table>
    </div>
  );
}

const Gap = ({ rows }: { rows: number }) =>
  rows > 0 ? (
    <tr aria-hidden style={{ height: rows * ROW }}>
      <td>{'\u00a0'}</td>
    </tr>
  ) : null;

/** As wide as what is in sight needs. */
function Widths({ window, columns }: { window: Window; columns: readonly string[] }) {
  const width = (column: number): number => {
    const texts = window.rows.map((row) =>
      String((window.namespaced ? [row.namespace, ...row.cells] : row.cells)[column] ?? ''),
    );
    const longest = Math.max(columns[column]?.length ?? 0, ...texts.map((text) => text.length));
    return Math.min(column === columns.length - 1 ? 200 : WIDEST, longest) + 3;
  };
  return (
    <colgroup>
      {columns.map((name, i) => (
        <col key={name} style={{ width: `${width(i)}ch` }} />
      ))}
    </colgroup>
  );
}

/** The rows in sight and some around them, in steps, so that not every move of the wheel asks again. */
function useRange(scroller: RefObject<HTMLDivElement | null>): readonly [from: number, count: number] {
  const [range, setRange] = useState<readonly [number, number]>([0, 50]);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const measure = (): void => {
      const first = Math.floor(element.scrollTop / ROW / SPARE) * SPARE - SPARE;
      const seen = Math.ceil(element.clientHeight / ROW / SPARE) * SPARE;
      const next = [Math.max(0, first), seen + 3 * SPARE] as const;
      setRange((now) => (now[0] === next[0] && now[1] === next[1] ? now : next));
    };
    const sizes = new ResizeObserver(measure);
    sizes.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener('scroll', measure);
    };
    // The scroller is there once the first answer is.
  });
  return range;
}

function intoSight(scroller: HTMLElement | null, index: number): void {
  if (!scroller) return;
  const top = index * ROW;
  if (top < scroller.scrollTop) scroller.scrollTop = top;
  else if (top + 2 * ROW > scroller.scrollTop + scroller.clientHeight)
    scroller.scrollTop = top + 2 * ROW - scroller.clientHeight;
}
