'use client';
// The lesson page: the lesson beside the editor and the chains; under 1 024 px tabs, with the current task on top.
import { useState, type ReactNode } from 'react';
import { classes } from '@/components/ui/classes';
import { tabId, Tabs } from '@/components/ui/Tabs';
import { useMessages } from '@/lib/i18n/client';
import { Announcer } from './Announcer';
import { ChainPane } from './ChainPane';
import { Divider } from './Divider';
import { EditorPane } from './EditorPane';
import { Failure } from './Failure';
import { useLesson, useLessonStore } from './lesson-context';
import type { PaneId } from './lesson-store';
import { PinnedTask } from './PinnedTask';
import { useNarrow } from './use-narrow';

export function Workbench({ children }: { children: ReactNode }) {
  const t = useMessages('workbench');
  const unsaved = useLesson((view) => view.unsaved);
  const mounted = useMounted();
  return (
    <main id="main" tabIndex={-1} className="flex min-h-0 flex-1 flex-col outline-none">
      <Failure />
      {unsaved && (
        <p className="border-b border-line bg-warn-weak px-4 py-1 text-sm text-warn">{t('quota')}</p>
      )}
      <PaneTabs />
      <PinnedTask />
      <div className="workbench grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)] lg:grid-cols-[min(var(--lesson-w),45vw)_1px_min(var(--editor-w),35vw)_1px_minmax(0,1fr)]">
        <Pane id="lesson" label={t('paneLesson')} className="overflow-y-auto px-6 py-5 max-sm:px-4">
          {children}
        </Pane>
        <Divider
          label={t('dividerLesson')}
          hint={t('dividerHint')}
          variable="--lesson-w"
          min={280}
          max={640}
        />
        <Pane id="editor" label={t('paneEditor')}>
          <EditorPane mounted={mounted.editor} />
        </Pane>
        <Divider
          label={t('dividerEditor')}
          hint={t('dividerHint')}
          variable="--editor-w"
          min={240}
          max={640}
        />
        <Pane id="chains" label={t('paneChains')}>
          <ChainPane mounted={mounted.chains} />
        </Pane>
      </div>
      <Announcer />
    </main>
  );
}

/** Which heavy panes are there: all where they are in sight, else those that were looked at. */
function useMounted(): { readonly editor: boolean; readonly chains: boolean } {
  const narrow = useNarrow();
  const pane = useLesson((view) => view.pane);
  const [mounted, setMounted] = useState({ editor: false, chains: false });
  const editor = mounted.editor || narrow === false || (narrow === true && pane === 'editor');
  const chains = mounted.chains || narrow === false || (narrow === true && pane === 'chains');
  if (editor !== mounted.editor || chains !== mounted.chains) setMounted({ editor, chains });
  return mounted;
}

interface PaneProps {
  readonly id: PaneId;
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
}

function Pane({ id, label, className, children }: PaneProps) {
  const shown = useLesson((view) => view.pane === id);
  const narrow = useNarrow() === true;
  return (
    <section
      id={`pane-${id}`}
      role={narrow ? 'tabpanel' : undefined}
      aria-label={narrow ? undefined : label}
      aria-labelledby={narrow ? tabId(`pane-${id}`) : undefined}
      className={classes('h-full min-h-0 min-w-0 bg-panel', className, !shown && 'max-lg:hidden')}
    >
      {children}
    </section>
  );
}

function PaneTabs() {
  const t = useMessages('workbench');
  const store = useLessonStore();
  const pane = useLesson((view) => view.pane);
  const narrow = useNarrow() === true;
  const item = (id: PaneId, label: string) => ({ id, label, panel: `pane-${id}` });
  return (
    <>
      {/* The lesson's own heading is out of sight. */}
      {narrow && pane !== 'lesson' && <h1 className="sr-only">{store.lesson.words.title}</h1>}
      <Tabs
        label={t('panes')}
        items={[
          item('lesson', t('paneLesson')),
          item('editor', t('paneEditor')),
          item('chains', t('paneChains')),
        ]}
        active={pane}
        onSelect={(id) => store.showPane(id)}
        className="border-b border-line bg-panel px-2 lg:hidden"
      />
    </>
  );
}
