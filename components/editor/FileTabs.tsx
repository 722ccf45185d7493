// The editor's top bar: one tab a file, and how the text relates to the cluster.
import { useRef, type KeyboardEvent } from 'react';
import type { RuleLocation } from '@/lib/workbench/protocol';
import type { Problem } from '@/lib/sim/types';
import { syncText } from './problem-text';
import type { EditorWords } from './words';

export interface FileTabsProps {
  readonly files: readonly string[];
  readonly active: string;
  readonly problems: readonly Problem[];
  readonly highlights: readonly RuleLocation[];
  readonly sync: 'applied' | 'invalid' | 'incomplete';
  readonly words: EditorWords;
  readonly panelId: string;
  readonly onSelect: (file: string) => void;
}

const CHIP = { applied: 'text-(--add)', invalid: 'text-(--del)', incomplete: 'text-(--ink-2)' } as const;

/** Tabs by the ARIA pattern: arrow keys walk, one tab stop. */
export function FileTabs({
  files,
  active,
  problems,
  highlights,
  sync,
  words,
  panelId,
  onSelect,
}: FileTabsProps) {
  const list = useRef<HTMLDivElement>(null);
  const chip = syncText(sync, problems, words);
  const walk = (event: KeyboardEvent): void => {
    const to = nextTab(event.key, files.indexOf(active), files.length);
    const file = to === undefined ? undefined : files[to];
    if (to === undefined || file === undefined) return;
    event.preventDefault();
    onSelect(file);
    list.current?.querySelectorAll('button')[to]?.focus();
  };
  return (
    <div className="flex h-9 min-w-0 items-stretch gap-2 border-b border-(--line) px-2 text-[12.5px]">
      <div
        ref={list}
        role="tablist"
        aria-label={words('files')}
        onKeyDown={walk}
        className="flex min-w-0 flex-1 overflow-x-auto"
      >
        {files.map((file) => (
          <Tab
            key={file}
            file={file}
            on={file === active}
            errors={
              problems.filter((problem) => problem.file === file && problem.severity === 'error').length
            }
            lit={file !== active && highlights.some((location) => location.file === file)}
            words={words}
            panelId={panelId}
            onSelect={onSelect}
          />
        ))}
      </div>
      <span
        role="status"
        data-testid="editor-sync"
        data-sync={sync}
        className={`flex shrink-0 items-center gap-1.5 ${CHIP[sync]}`}
      >
        <span aria-hidden="true">{chip.sign}</span>
        {chip.text}
      </span>
    </div>
  );
}

interface TabProps extends Pick<FileTabsProps, 'words' | 'panelId' | 'onSelect'> {
  readonly file: string;
  readonly on: boolean;
  readonly errors: number;
  readonly lit: boolean;
}

function Tab({ file, on, errors, lit, words, panelId, onSelect }: TabProps) {
  const label =
    errors > 0 ? words('tabProblems', { file, n: errors }) : lit ? words('tabLit', { file }) : file;
  return (
    <button
      type="button"
      role="tab"
      aria-selected={on}
      aria-controls={panelId}
      aria-label={label}
      tabIndex={on ? 0 : -1}
      onClick={() => onSelect(file)}
      className={`flex shrink-0 items-center gap-1 border-b-2 px-2.5 ${
        on
          ? 'border-(--accent) font-medium text-(--ink)'
          : 'border-transparent text-(--ink-2) hover:text-(--ink)'
      } focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-(--accent)`}
    >
      {file}
      {errors > 0 && <span className="text-(--del)">✕ {errors}</span>}
      {errors === 0 && lit && <span className="text-(--accent)">▍</span>}
    </button>
  );
}

/** Where an arrow key leads in the row of tabs; undefined for other keys. */
function nextTab(key: string, at: number, count: number): number | undefined {
  if (count === 0) return undefined;
  if (key === 'ArrowRight') return (at + 1) % count;
  if (key === 'ArrowLeft') return (at - 1 + count) % count;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return undefined;
}
