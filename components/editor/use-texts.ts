// The texts that the learner sees, and where his changes go: to the worker as he types, or kept here until he applies them.
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { SourceFile } from '@/lib/workbench/protocol';
import { Drafts } from './drafts';
import type { EditorProps } from './editor-props';
import { loadHeld, saveHeld } from './held-texts';
import type { SessionEvents } from './session';

export interface Texts {
  readonly drafts: Drafts;
  /** Texts that wait to be applied; none while text is applied as it is typed. */
  readonly unsent: readonly SourceFile[];
  readonly events: SessionEvents;
  readonly tabLeaves: boolean;
  readonly redraw: () => void;
  /** Applies the text of a file, whether or not it has changed. */
  readonly apply: (file: string) => void;
  readonly applyAll: () => void;
}

type Input = Pick<EditorProps, 'files' | 'lesson' | 'onChange' | 'onCursor'>;

export function useTexts(props: Input, manual: boolean): Texts {
  const { files, lesson } = props;
  const [drafts] = useState(() => new Drafts(files, manual ? loadHeld(lesson) : {}));
  const [, count] = useState(0);
  const redraw = useCallback(() => count((n) => n + 1), []);
  const [tabLeaves, setTabLeaves] = useState(false);
  const latest = useRef({ props, manual });
  useLayoutEffect(() => {
    latest.current = { props, manual };
  });
  const send = useCallback(
    (file: string, text: string) => {
      drafts.typed(file, text, performance.now());
      latest.current.props.onChange(file, text);
      redraw();
    },
    [drafts, redraw],
  );
  const [events] = useState<SessionEvents>(() => ({
    typed(file, text) {
      if (!latest.current.manual) return send(file, text);
      drafts.hold(file, text);
      redraw();
    },
    cursor: (file, line, column) => latest.current.props.onCursor(file, line, column),
    tabLeaves: setTabLeaves,
  }));
  const unsent = manual ? drafts.unsent() : NONE;
  useHeld(lesson, unsent, manual);
  return {
    drafts,
    unsent,
    events,
    tabLeaves,
    redraw,
    apply: (file) => send(file, drafts.text(file)),
    applyAll: () => {
      for (const { name, text } of drafts.unsent()) send(name, text);
    },
  };
}

const NONE: readonly SourceFile[] = [];

/** Keeps what is not applied yet for the next visit. */
function useHeld(lesson: string, unsent: readonly SourceFile[], manual: boolean): void {
  const latest = useRef(unsent);
  useLayoutEffect(() => {
    latest.current = unsent;
  });
  useEffect(() => {
    if (!manual) return saveHeld(lesson, []);
    const save = (): void => saveHeld(lesson, latest.current);
    window.addEventListener('pagehide', save);
    return () => {
      save();
      window.removeEventListener('pagehide', save);
    };
  }, [lesson, manual]);
}
