'use client';
// The editor in the workbench: the text at once, the editor as soon as it has been loaded.
import { lazy, Suspense, useMemo } from 'react';
import { useLocale } from '@/lib/i18n/client';
import type { Problem } from '@/lib/sim/types';
import type { ConsoleState, WorkbenchState } from '@/lib/workbench/protocol';
import { useLesson, useLessonStore } from './lesson-context';
import { PaneBoundary } from './PaneBoundary';

const Editor = lazy(async () => ({ default: (await import('@/components/editor/Editor')).Editor }));
const ObjectEditor = lazy(async () => ({ default: (await import('./ObjectEditor')).ObjectEditor }));
const NO_PROBLEMS: readonly Problem[] = [];

export function EditorPane({ mounted }: { mounted: boolean }) {
  return (
    <PaneBoundary>
      {mounted ? (
        <Suspense fallback={<EditorSkeleton />}>
          <Desk />
        </Suspense>
      ) : (
        <EditorSkeleton />
      )}
    </PaneBoundary>
  );
}

/** The lab's files; over them the file that a program in a terminal waits for. */
function Desk() {
  const store = useLessonStore();
  const waiting = useLesson((view) => consoleThatEdits(view.state));
  const file = waiting?.waiting;
  return (
    <div className="relative h-full min-h-0">
      <div inert={file !== undefined} className="h-full min-h-0">
        <LiveEditor />
      </div>
      {waiting && file?.for === 'edit' && (
        <Suspense fallback={null}>
          <ObjectEditor
            key={`${waiting.name} ${file.name}`}
            name={file.name}
            text={file.text}
            onClose={(text) => store.closeFile(waiting.name, text)}
          />
        </Suspense>
      )}
    </div>
  );
}

const consoleThatEdits = (state: WorkbenchState | null): ConsoleState | undefined =>
  state?.terminals.consoles.find(({ waiting }) => waiting?.for === 'edit');

function LiveEditor() {
  const store = useLessonStore();
  const locale = useLocale();
  const files = useLesson((view) => view.files);
  const k8s = useLesson((view) => view.k8s);
  const problems = useLesson((view) => view.state?.problems ?? NO_PROBLEMS);
  const sync = useLesson((view) => view.state?.sync ?? 'incomplete');
  const highlights = useLesson((view) => view.highlights);
  const reveal = useLesson((view) => view.reveal);
  const resets = useLesson((view) => view.resets);
  const revision = useLesson((view) => view.state?.revision ?? 0);
  const fixed = useMemo(() => store.lesson.files.map(({ name }) => name), [store]);
  return (
    <Editor
      files={files}
      fixed={fixed}
      lesson={store.lesson.id}
      revision={revision}
      resets={resets}
      consult={store.consult}
      k8s={k8s}
      problems={problems}
      highlights={highlights}
      sync={sync}
      locale={locale}
      {...(reveal ? { reveal } : {})}
      onChange={(file, text) => store.edit(file, text)}
      onCursor={(file, line, column) => store.lights.cursor(file, line, column)}
    />
  );
}

/** Same place, same type, same lines as the editor that comes. */
function EditorSkeleton() {
  const files = useLesson((view) => view.files);
  const [first] = files;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex h-9 shrink-0 items-stretch gap-2 border-b border-line px-2 text-[12.5px]">
        {files.map((file, i) => (
          <span
            key={file.name}
            className={`flex items-center border-b-2 px-2.5 ${i === 0 ? 'border-accent font-medium' : 'border-transparent text-ink-2'}`}
          >
            {file.name}
          </span>
        ))}
      </div>
      <pre
        tabIndex={0}
        aria-label={first?.name}
        className="min-h-0 flex-1 overflow-auto pt-2 pl-[51px] text-[12.5px] leading-5"
      >
        {/* As high as the editor's own first picture, whose last line is empty: the largest picture is painted once. */}
        {`${first?.text ?? ''}\u00a0\n\u00a0`}
      </pre>
    </div>
  );
}
