// The editor's top bar: one tab a file, and the menu.
import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import type { RuleLocation } from '@/lib/workbench/protocol';
import type { Problem } from '@/lib/sim/types';
import type { EditorWords } from './words';

export interface FileTabsProps {
  readonly files: readonly string[];
  readonly active: string;
  readonly problems: readonly Problem[];
  readonly highlights: readonly RuleLocation[];
  /** Files whose text is not applied yet, and those that are different in the cluster. */
  readonly unsent: readonly string[];
  readonly moved: readonly string[];
  readonly words: EditorWords;
  readonly panelId: string;
  readonly onSelect: (file: string) => void;
  /** F2 or Delete was pressed on a tab. */
  readonly onKey: (kind: 'rename' | 'delete', file: string) => void;
  readonly children: ReactNode;
}

/** Tabs by the ARIA pattern: arrow keys walk, one tab stop; F2 renames, Delete deletes. */
export function FileTabs(props: FileTabsProps) {
  const { files, active, problems, highlights, words, panelId, onSelect, onKey, children } = props;
  const list = useRef<HTMLDivElement>(null);
  const walk = (event: KeyboardEvent): void => {
    if (event.key === 'F2' || event.key === 'Delete') {
      event.preventDefault();
      return onKey(event.key === 'F2' ? 'rename' : 'delete', active);
    }
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
            state={props.unsent.includes(file) ? 'pending' : props.moved.includes(file) ? 'moved' : undefined}
            words={words}
            panelId={panelId}
            onSelect={onSelect}
          />
        ))}
      </div>
      {children}
    </div>
  );
}

interface TabProps extends Pick<FileTabsProps, 'words' | 'panelId' | 'onSelect'> {
  readonly file: string;
  readonly on: boolean;
  readonly errors: number;
  readonly lit: boolean;
  readonly state: 'pending' | 'moved' | undefined;
}

const STATE = { pending: '○', moved: '≠' } as const;

function tabLabel({ file, errors, lit, state, words }: TabProps): string {
  if (errors > 0) return words('tabProblems', { file, n: errors });
  if (state) return words(state === 'pending' ? 'tabPending' : 'tabDrift', { file });
  return lit ? words('tabLit', { file }) : file;
}

function Tab(props: TabProps) {
  const { file, on, errors, lit, state, panelId, onSelect } = props;
  const label = tabLabel(props);
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
      {errors === 0 && state && <span className="text-(--warn)">{STATE[state]}</span>}
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
