// Keeps a session in step with the properties of the Editor: each effect tells it one thing that changed.
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { RuleLocation, SourceFile } from '@/lib/workbench/protocol';
import type { Drafts } from './drafts';
import type { ProviderContext } from './providers';
import type { ListedProblem } from './problem-text';
import type { EditorSession } from './session';
import type { ThemeName } from './themes';

export interface Reveal {
  readonly file: string;
  readonly line: number;
  /** The cursor goes there too. */
  readonly cursor?: true;
}

/** The file in front: the one chosen last, by a tab or by what is to be revealed. */
export function useActiveFile(
  files: readonly SourceFile[],
  reveal: Reveal | undefined,
): [string, (file: string) => void] {
  const first = files[0]?.name ?? '';
  const [chosen, choose] = useState(reveal?.file ?? first);
  const [revealed, setRevealed] = useState(reveal);
  if (reveal !== revealed) {
    setRevealed(reveal);
    if (reveal) choose(reveal.file);
  }
  return [files.some((file) => file.name === chosen) ? chosen : first, choose];
}

export interface SyncInput {
  readonly drafts: Drafts;
  readonly files: readonly SourceFile[];
  readonly active: string;
  readonly problems: readonly ListedProblem[];
  readonly highlights: readonly RuleLocation[];
  readonly reveal: Reveal | undefined;
  readonly context: ProviderContext;
  readonly theme: ThemeName;
  readonly label: string;
  readonly resets: number;
  /** The texts changed from outside: the plain text must be drawn anew. */
  readonly redraw: () => void;
}

export function useSync(session: EditorSession | undefined, input: SyncInput): void {
  const { drafts, files, active, problems, highlights, reveal, context, theme, label, redraw, resets } =
    input;
  // Texts before anything that points into them.
  useLayoutEffect(() => {
    const changed = drafts.received(files, performance.now());
    if (changed.length > 0) redraw();
    session?.keepOnly(drafts.names());
    for (const file of changed) session?.draw(file, drafts.text(file));
  }, [session, drafts, files, redraw]);
  const reset = useRef(resets);
  useLayoutEffect(() => {
    if (reset.current === resets) return;
    reset.current = resets;
    for (const file of drafts.drop()) session?.draw(file, drafts.text(file));
    redraw();
  }, [session, drafts, resets, redraw]);
  useLayoutEffect(() => session?.show(active), [session, active, files]);
  useEffect(() => session?.setProblems(problems), [session, problems]);
  useEffect(() => session?.setHighlights(highlights), [session, highlights]);
  useEffect(() => session?.setContext(context), [session, context]);
  useEffect(() => session?.setTheme(theme), [session, theme]);
  useEffect(() => session?.setLabel(label), [session, label]);
  useEffect(() => {
    if (!session || reveal?.file !== active) return;
    if (reveal.cursor) session.goToLine(reveal.line);
    else session.reveal(reveal.line);
  }, [session, reveal, active]);
}
