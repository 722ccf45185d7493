'use client';
// The lesson page: the lesson beside its instruments; under 1 024 px tabs, with the current task on top.
import { lazy, Suspense, useState, type CSSProperties, type ReactNode } from 'react';
import { Tabs } from '@/components/ui/Tabs';
import { LessonBar } from '@/components/lesson/bar/LessonBar';
import { useMessages } from '@/lib/i18n/client';
import { Announcer } from './Announcer';
import { EditorPane } from './EditorPane';
import { Failure } from './Failure';
import { useLesson, useLessonStore } from './lesson-context';
import { Divider } from './panes/Divider';
import type { PaneId } from './panes/layout-state';
import { Pane } from './panes/Pane';
import styles from './panes/panes.module.css';
import { usePaneKeys } from './panes/use-pane-keys';
import { usePanes, usePaneStore } from './panes/use-panes';
import { PacketPane } from './PacketPane';
import { PinnedTask } from './PinnedTask';
import { TerminalPane } from './TerminalPane';
import { useNarrow } from './use-narrow';
import { useProvenanceKeys } from './use-provenance-keys';
import { useTaskKeys } from './use-task-keys';
import { ViewsPane } from './ViewsPane';

const KeyMap = lazy(async () => ({ default: (await import('./KeyMap')).KeyMap }));
const ShowBar = lazy(async () => ({ default: (await import('./show/ShowBar')).ShowBar }));

export function Workbench({ children }: { children: ReactNode }) {
  const t = useMessages('workbench');
  const unsaved = useLesson((view) => view.unsaved);
  const showing = useLesson((view) => view.showing !== null);
  const help = usePanes((view) => view.help);
  const sizes = useSizes();
  const mounted = useMounted();
  const hint = t('dividerHint');
  usePaneKeys();
  useProvenanceKeys();
  useTaskKeys();
  return (
    <main id="main" tabIndex={-1} className="flex min-h-0 flex-1 flex-col outline-none print:block">
      <Failure />
      {unsaved && (
        <p className="border-b border-line bg-warn-weak px-4 py-1 text-sm text-warn">{t('quota')}</p>
      )}
      <PaneTabs />
      <PinnedTask />
      <div data-bench className={styles['bench']} style={sizes}>
        <Pane id="lesson" label={t('paneLesson')} className="flex flex-col">
          <LessonBar />
          <div data-lesson-text className="relative min-h-0 flex-1 overflow-y-auto px-6 py-5 max-sm:px-4">
            {children}
          </div>
        </Pane>
        <Divider label={t('dividerLesson')} hint={hint} name="--lesson-w" way="upright" />
        <div className={styles['right']}>
          <div data-row="top" className={styles['row']}>
            <Pane id="editor" label={t('paneEditor')}>
              <EditorPane mounted={mounted.editor} />
            </Pane>
            <Divider label={t('dividerEditor')} hint={hint} name="--editor-w" way="upright" />
            <Pane id="views" label={t('paneViews')}>
              <ViewsPane mounted={mounted.views} />
            </Pane>
          </div>
          <Divider label={t('dividerLow')} hint={hint} name="--low-h" way="level" after />
          <div data-row="low" className={styles['row']}>
            <Pane id="terminal" label={t('paneTerminal')}>
              <TerminalPane mounted={mounted.terminal} />
            </Pane>
            <Divider label={t('dividerTerminal')} hint={hint} name="--terminal-w" way="upright" />
            <Pane id="packet" label={t('panePacket')}>
              <PacketPane mounted={mounted.packet} />
            </Pane>
          </div>
        </div>
      </div>
      <Announcer />
      <Suspense fallback={null}>
        {showing && <ShowBar />}
        {help && <KeyMap />}
      </Suspense>
    </main>
  );
}

/** The sizes that dividers have set, as variables of the grid. */
function useSizes(): CSSProperties {
  const sizes = usePanes((view) => view.sizes);
  return Object.fromEntries(Object.entries(sizes).map(([name, px]) => [name, `${px}px`]));
}

/** Which heavy panes are there: all where they are in sight, else those that were looked at. */
function useMounted(): Readonly<Record<'editor' | 'views' | 'terminal' | 'packet', boolean>> {
  const narrow = useNarrow();
  const front = usePanes((view) => view.front);
  const [mounted, setMounted] = useState({ editor: false, views: false, terminal: false, packet: false });
  const seen = (id: PaneId): boolean => narrow === false || (narrow === true && front === id);
  const next = {
    editor: mounted.editor || seen('editor'),
    views: mounted.views || seen('views'),
    terminal: mounted.terminal || seen('terminal'),
    packet: mounted.packet || seen('packet'),
  };
  if (Object.keys(next).some((id) => next[id as keyof typeof next] !== mounted[id as keyof typeof next]))
    setMounted(next);
  return mounted;
}

function PaneTabs() {
  const t = useMessages('workbench');
  const title = useLessonStore().lesson.words.title;
  const store = usePaneStore();
  const front = usePanes((view) => view.front);
  const narrow = useNarrow() === true;
  const item = (id: PaneId, label: string) => ({ id, label, panel: `pane-${id}` });
  return (
    <>
      {/* The lesson's own heading is out of sight. */}
      {narrow && front !== 'lesson' && <h1 className="sr-only">{title}</h1>}
      <Tabs
        label={t('panes')}
        items={[
          item('lesson', t('paneLesson')),
          item('editor', t('paneEditor')),
          item('views', t('paneViews')),
          item('terminal', t('paneTerminal')),
          item('packet', t('panePacket')),
        ]}
        active={front}
        onSelect={(id) => store.show(id)}
        className="overflow-x-auto border-b border-line bg-panel px-2 lg:hidden print:hidden"
      />
    </>
  );
}
