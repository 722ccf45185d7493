'use client';
// The YAML editor: the text at once, Monaco as soon as the page is idle. It shows what the cluster says of the text and
// tells every change; what a text means is the worker's business.
import { useEffect, useEffectEvent, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { Problem } from '@/lib/sim/types';
import type { EditorProps } from './editor-props';
import { DriftBar } from './DriftBar';
import { EditorBody } from './EditorBody';
import { EditorMenu } from './EditorMenu';
import { FieldHelpLine } from './FieldHelpLine';
import { FileDialog } from './FileDialog';
import { FileTabs } from './FileTabs';
import { FONT } from './options';
import { ProblemList } from './ProblemList';
import { useEditorPrefs } from './prefs';
import { TabHint } from './TabHint';
import { useComparison, useDrift } from './use-desk';
import { useFileActions } from './use-file-actions';
import { useListed } from './use-listed';
import { useMenuItems } from './use-menu-items';
import { useNote } from './use-note';
import { usePlainHistories } from './use-plain-histories';
import { useEditorTheme } from './use-theme';
import { useSession } from './use-session';
import { useActiveFile, useSync } from './use-sync';
import { useTexts } from './use-texts';
import { useEditorWords } from './words';

export function Editor(props: EditorProps) {
  const { files, k8s, highlights, locale, reveal, consult, revision } = props;
  const words = useEditorWords();
  const { plain: plainOnly, manual } = useEditorPrefs();
  const [panelId, hintId] = [useId(), useId()];
  const host = useRef<HTMLDivElement>(null);
  const plain = useRef<HTMLTextAreaElement>(null);
  const [active, choose] = useActiveFile(files, reveal);
  const texts = useTexts(props, manual);
  const { drafts, unsent, events, redraw, tabLeaves } = texts;
  const [note, say] = useNote();
  const drift = useDrift(consult, revision);
  const { listed, sync } = useListed(props, unsent);
  const context = useMemo(
    () => ({ k8s, locale, words, vocabulary: () => consult({ ask: 'vocabulary' }) }),
    [k8s, locale, words, consult],
  );
  const label = words(plainOnly ? 'labelPlain' : 'label', { file: active });
  const theme = useEditorTheme();
  const state = useSession({ host, plain, drafts, active, context, theme, label, locale, plainOnly, events });
  const session = state.kind === 'ready' ? state.session : undefined;
  useSync(session, {
    drafts,
    files,
    active,
    problems: listed,
    highlights,
    reveal,
    context,
    theme,
    label,
    redraw,
    resets: props.resets,
  });

  const [comparing, compare] = useState(false);
  const comparison = useComparison(consult, comparing ? active : undefined, drafts.text(active), revision);
  const actions = useFileActions({ ...props, drafts, manual, choose });
  const historyOf = usePlainHistories(drafts);
  const [place, setPlace] = useState({ line: 1, column: 1 });

  useFocusAfter(comparing, () => (session ? session.focus() : plain.current?.focus()));
  /** A text in the learner's name, as one step of undo. */
  const rewrite = (text: string): void => {
    if (session) session.rewrite(active, text);
    else events.typed(active, text);
  };
  const apply = (): void => {
    if (!unsent.some(({ name }) => name === active)) say(words('alreadyApplied'));
    texts.apply(active);
  };
  const items = useMenuItems({
    words,
    active,
    actions,
    manual,
    plainOnly,
    text: () => drafts.text(active),
    rewrite,
    say,
    compare,
    applyAll: texts.applyAll,
  });
  const goTo = ({ file, line, column }: Problem): void => {
    compare(false);
    choose(file);
    if (session) {
      session.show(file);
      session.goTo(line, column);
    } else goToPlain(plain, line, column);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const item = items.find(({ match }) => match?.(event));
    if (!item && !isApply(event)) return;
    event.preventDefault();
    event.stopPropagation();
    if (item) item.onChoose();
    else apply();
  };
  const names = files.map((file) => file.name);
  const problems = listed.map(({ problem }) => problem);
  return (
    <section
      data-testid="editor"
      data-ready={session || plainOnly ? 'true' : 'false'}
      data-plain={plainOnly}
      data-file={active}
      onKeyDownCapture={onKey}
      className="flex h-full min-h-0 min-w-0 flex-col bg-(--panel)"
    >
      <FileTabs
        files={names}
        {...{ active, problems, highlights, words, panelId }}
        unsent={unsent.map(({ name }) => name)}
        moved={drift.map(({ file }) => file)}
        onSelect={choose}
        onKey={actions.ask}
      >
        <EditorMenu label={words('actions')} items={items} />
      </FileTabs>
      <DriftBar
        {...{ active, manual, drift, words }}
        pending={unsent.some(({ name }) => name === active)}
        onApply={apply}
        onCompare={(file) => {
          choose(file);
          compare(true);
        }}
      />
      <EditorBody
        id={panelId}
        {...{ active, label, host, plain, hintId, words, comparing, comparison }}
        text={drafts.text(active)}
        isPlain={!session}
        invalid={problems.some(({ file, severity }) => file === active && severity === 'error')}
        history={historyOf(active)}
        onType={(text) => events.typed(active, text)}
        onCursor={(line, column) => {
          setPlace({ line, column });
          props.onCursor(active, line, column);
        }}
        onTake={(text) => {
          rewrite(text);
          say(words('tookCluster'));
          compare(false);
        }}
        onApply={() => {
          texts.apply(active);
          compare(false);
        }}
        onClose={() => compare(false)}
      />
      <ProblemList problems={listed} active={active} words={words} onGoTo={goTo} />
      {plainOnly && <FieldHelpLine text={drafts.text(active)} place={place} context={context} />}
      <TabHint
        state={state.kind}
        plain={plainOnly}
        id={hintId}
        {...{ tabLeaves, note, sync, problems, words }}
      />
      {actions.question && (
        <FileDialog
          key={actions.question.kind}
          question={actions.question}
          files={names}
          words={words}
          onAnswer={actions.answer}
          onClose={actions.close}
        />
      )}
    </section>
  );
}

const isApply = ({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean =>
  (ctrlKey || metaKey) && !altKey && !shiftKey && (key === 'Enter' || key.toLowerCase() === 's');

/** Gives the focus back to the text when what covered it is closed: before that it is inert. */
function useFocusAfter(covered: boolean, focus: () => void): void {
  const before = useRef(covered);
  const back = useEffectEvent(focus);
  useEffect(() => {
    if (before.current && !covered) back();
    before.current = covered;
  }, [covered]);
}

/** After the file in front has changed. */
function goToPlain(
  plain: { readonly current: HTMLTextAreaElement | null },
  line: number,
  column: number,
): void {
  requestAnimationFrame(() => {
    const area = plain.current;
    if (!area) return;
    const lines = area.value.split('\n');
    const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
    const at = Math.min(start + column - 1, area.value.length);
    area.focus();
    area.setSelectionRange(at, at);
    area.scrollTop = Math.max(0, (line - 5) * FONT.lineHeight);
  });
}
