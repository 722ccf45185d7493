// The editor's text and the cluster's version of it, line by line. Plain HTML: a page has one Monaco.
import { useEffect, useId, useMemo, useRef } from 'react';
import { Button } from '@/components/ui/Button';
import type { Comparison } from '@/lib/workbench/editor-compare';
import { diffRows, type DiffRow } from './diff-lines';
import { FONT } from './options';
import type { EditorWords } from './words';

export interface DiffViewProps {
  readonly file: string;
  readonly text: string;
  /** undefined while the cluster is being read; null if it cannot be. */
  readonly comparison: Comparison | null | undefined;
  readonly words: EditorWords;
  readonly onTake: (text: string) => void;
  readonly onApply: () => void;
  readonly onClose: () => void;
}

export function DiffView({ file, text, comparison, words, onTake, onApply, onClose }: DiffViewProps) {
  const region = useRef<HTMLDivElement>(null);
  const titleId = useId();
  useEffect(() => region.current?.focus(), []);
  const live = comparison?.text;
  const rows = useMemo(() => (live === undefined ? undefined : diffRows(text, live)), [text, live]);
  const differs = rows !== undefined && rows.length > 0;
  return (
    <section
      aria-labelledby={titleId}
      data-testid="editor-diff"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
      className="absolute inset-0 z-10 flex flex-col bg-(--panel)"
    >
      <div className="flex flex-wrap items-center gap-2 border-b border-(--line) px-3 py-1.5 text-[12.5px]">
        <h2 id={titleId} className="sr-only">
          {words('diffTitle', { file })}
        </h2>
        <p className="m-0 min-w-40 flex-1">
          <span className="text-(--del)">− {words('diffEditor')}</span>{' '}
          <span className="text-(--add)">+ {words('diffCluster')}</span>
          <span className="block text-[11.5px] text-(--ink-2)">{words('diffNote')}</span>
        </p>
        <Button onClick={onClose}>{words('close')}</Button>
        {differs && <Button onClick={onApply}>{words('applyEditor')}</Button>}
        {differs && live !== undefined && (
          <Button kind="primary" onClick={() => onTake(live)}>
            {words('takeCluster')}
          </Button>
        )}
      </div>
      <div
        ref={region}
        role="region"
        aria-labelledby={titleId}
        tabIndex={0}
        className="min-h-0 flex-1 overflow-auto"
      >
        <p role="status" className="m-0 px-3 py-1 text-[12.5px] text-(--ink-2) empty:p-0">
          {statusText(comparison, rows, words)}
        </p>
        {rows && <Rows rows={rows} words={words} />}
      </div>
    </section>
  );
}

function statusText(
  comparison: Comparison | null | undefined,
  rows: readonly DiffRow[] | undefined,
  words: EditorWords,
): string {
  if (comparison === undefined) return words('diffLoading');
  if (comparison === null) return words('diffGone');
  if (comparison.unreadable) return words('diffUnreadable');
  return rows?.length === 0 ? words('diffSame') : '';
}

const SIGN = { same: ' ', left: '−', right: '+', folded: '⋯' } as const;
const COLOUR = {
  same: '',
  left: 'bg-(--del-weak) text-(--del)',
  right: 'bg-(--add-weak) text-(--add)',
  folded: 'text-(--ink-2)',
} as const;

function Rows({ rows, words }: { rows: readonly DiffRow[]; words: EditorWords }) {
  return (
    <table
      className="w-full border-collapse"
      style={{ fontFamily: FONT.family, fontSize: FONT.size, lineHeight: `${FONT.lineHeight}px` }}
    >
      <tbody>
        {rows.map((row, i) => (
          <tr key={i} data-diff={row.kind} className={COLOUR[row.kind]}>
            <Number at={'left' in row && row.kind !== 'folded' ? row.left : undefined} />
            <Number at={'right' in row ? row.right : undefined} />
            <td className="w-5 px-1 text-center select-none">
              <span aria-hidden="true">{SIGN[row.kind]}</span>
              {row.kind === 'left' && <span className="sr-only">{words('diffOnlyEditor')}</span>}
              {row.kind === 'right' && <span className="sr-only">{words('diffOnlyCluster')}</span>}
            </td>
            <td className="pr-3 [overflow-wrap:anywhere] whitespace-pre-wrap">
              {row.kind === 'folded' ? words('diffFolded', { n: row.lines }) : row.text}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Number({ at }: { at: number | undefined }) {
  return <td className="w-9 pl-2 text-right text-(--ink-2) tabular-nums select-none">{at}</td>;
}
