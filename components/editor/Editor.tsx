'use client';
// The YAML editor: the text at once, Monaco as soon as the page is idle. It shows what the cluster says of the text and
// tells every change; what a text means is the worker's business.
import { useCallback, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Locale } from '@/lib/i18n/locales';
import type { K8sVersion } from '@/lib/kube/versions';
import type { Problem } from '@/lib/sim/types';
import type { RuleLocation, SourceFile } from '@/lib/workbench/protocol';
import { Drafts } from './drafts';
import { FileTabs } from './FileTabs';
import { PlainText } from './PlainText';
import { ProblemList } from './ProblemList';
import { problemText, sortProblems } from './problem-text';
import type { SessionEvents } from './session';
import { TabHint } from './TabHint';
import { useEditorTheme } from './use-theme';
import { useSession } from './use-session';
import { useActiveFile, useSync, type Reveal } from './use-sync';
import { useEditorWords, useReasonWords } from './words';

export interface EditorProps {
  readonly files: readonly SourceFile[];
  readonly k8s: K8sVersion;
  readonly problems: readonly Problem[];
  /** Lines that the selected rule follows from. */
  readonly highlights: readonly RuleLocation[];
  readonly sync: 'applied' | 'invalid' | 'incomplete';
  readonly locale: Locale;
  /** A line to bring into view; a new object brings it again. */
  readonly reveal?: Reveal;
  readonly onChange: (file: string, text: string) => void;
  readonly onCursor: (file: string, line: number, column: number) => void;
}

export function Editor(props: EditorProps) {
  const { files, k8s, problems, highlights, sync, locale, reveal } = props;
  const words = useEditorWords();
  const panelId = useId();
  const host = useRef<HTMLDivElement>(null);
  const plain = useRef<HTMLTextAreaElement>(null);
  const [drafts] = useState(() => new Drafts(files));
  const [, count] = useState(0);
  const redraw = useCallback(() => count((n) => n + 1), []);
  const [active, choose] = useActiveFile(files, reveal);
  const label = words('label', { file: active });
  const theme = useEditorTheme();
  const listed = useListed(problems, files);
  const { events, tabLeaves } = useEvents(props, drafts);
  const state = useSession({ host, plain, drafts, active, k8s, theme, label, locale, events });
  const session = state.kind === 'ready' ? state.session : undefined;
  useSync(session, {
    drafts,
    files,
    active,
    problems: listed,
    highlights,
    reveal,
    k8s,
    theme,
    label,
    redraw,
  });

  const goTo = ({ file, line, column }: Problem): void => {
    choose(file);
    session?.show(file);
    session?.goTo(line, column);
  };
  const type = (text: string): void => {
    events.typed(active, text);
    redraw();
  };
  const names = files.map((file) => file.name);
  return (
    <section
      data-testid="editor"
      data-ready={session ? 'true' : 'false'}
      data-file={active}
      className="flex h-full min-h-0 min-w-0 flex-col bg-(--panel)"
    >
      <FileTabs files={names} {...{ active, problems, highlights, sync, words, panelId }} onSelect={choose} />
      <div id={panelId} role="tabpanel" aria-label={active} className="relative min-h-0 flex-1">
        <div ref={host} className="absolute inset-0" />
        {!session && (
          <PlainText
            ref={plain}
            key={active}
            text={drafts.text(active)}
            label={label}
            onType={type}
            onCursor={(line, column) => props.onCursor(active, line, column)}
          />
        )}
      </div>
      <ProblemList problems={listed} active={active} words={words} onGoTo={goTo} />
      <TabHint state={state.kind} tabLeaves={tabLeaves} words={words} />
    </section>
  );
}

/** The problems with their sentences, in the order in which they are listed. */
function useListed(problems: readonly Problem[], files: readonly SourceFile[]) {
  const words = useEditorWords();
  const reasonWords = useReasonWords();
  return useMemo(() => {
    const names = files.map((file) => file.name);
    return sortProblems(problems, names).map((problem) => ({
      problem,
      text: problemText(problem, words, reasonWords),
    }));
  }, [problems, files, words, reasonWords]);
}

/** What the session reports, always told to the newest properties. */
function useEvents(props: EditorProps, drafts: Drafts) {
  const [tabLeaves, setTabLeaves] = useState(false);
  const latest = useRef(props);
  useLayoutEffect(() => {
    latest.current = props;
  });
  const [events] = useState<SessionEvents>(() => ({
    typed(file, text) {
      drafts.typed(file, text, performance.now());
      latest.current.onChange(file, text);
    },
    cursor: (file, line, column) => latest.current.onCursor(file, line, column),
    tabLeaves: setTabLeaves,
  }));
  return { events, tabLeaves };
}
