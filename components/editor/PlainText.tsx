// The text before Monaco is there, or without it: same place, same type, same line numbers, and it can be edited.
import { useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import type { CSSProperties, Ref, RefObject } from 'react';
import { FONT, GUTTER, PADDING_TOP } from './options';
import type { PlainHistory } from './plain-history';

export interface PlainTextProps {
  readonly ref?: Ref<HTMLTextAreaElement>;
  readonly text: string;
  readonly label: string;
  /** Whether the text has errors, and the ids of what says more about it. */
  readonly invalid: boolean;
  readonly describedBy: string;
  readonly history: PlainHistory;
  readonly onType: (text: string) => void;
  readonly onCursor: (line: number, column: number) => void;
}

const TYPE: CSSProperties = {
  fontFamily: FONT.family,
  fontSize: FONT.size,
  lineHeight: `${FONT.lineHeight}px`,
  paddingTop: PADDING_TOP,
  paddingBottom: PADDING_TOP,
  tabSize: 2,
};

/** Numbers of more lines than these are left out: the browser would draw them all. */
const MAX_NUMBERS = 5_000;

/** A textarea with line numbers that scroll along. */
export function PlainText(props: PlainTextProps) {
  const { ref, text, label, invalid, describedBy, history, onType, onCursor } = props;
  const numbers = useRef<HTMLPreElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle(ref, () => area.current as HTMLTextAreaElement, []);
  useHistory(area, props);
  const typed = (value: string): void => {
    history.changed(value, performance.now(), true);
    onType(value);
  };
  // What an input method is composing is shown, but told to nobody before it is done.
  const [composed, setComposed] = useState<string | null>(null);
  const lines = Math.min(text.split('\n').length, MAX_NUMBERS);
  return (
    <div className="absolute inset-0 flex overflow-hidden bg-(--panel)">
      <pre
        ref={numbers}
        aria-hidden="true"
        className="m-0 shrink-0 overflow-hidden text-right text-(--ink-3) select-none"
        style={{ ...TYPE, width: GUTTER, paddingRight: 28 }}
      >
        {Array.from({ length: lines }, (_, i) => i + 1).join('\n')}
      </pre>
      <textarea
        ref={area}
        value={composed ?? text}
        aria-label={label}
        aria-invalid={invalid}
        aria-describedby={describedBy}
        wrap="off"
        spellCheck={false}
        autoCapitalize="off"
        autoCorrect="off"
        autoComplete="off"
        onChange={(event) => {
          const { value } = event.currentTarget;
          if ((event.nativeEvent as InputEvent).isComposing) setComposed(value);
          else typed(value);
        }}
        onCompositionEnd={(event) => {
          setComposed(null);
          typed(event.currentTarget.value);
        }}
        onSelect={(event) =>
          onCursor(...positionAt(event.currentTarget.value, event.currentTarget.selectionStart))
        }
        onScroll={(event) => {
          if (numbers.current) numbers.current.scrollTop = event.currentTarget.scrollTop;
        }}
        className="m-0 min-w-0 flex-1 resize-none overflow-auto border-0 bg-transparent px-0 whitespace-pre text-(--ink) outline-none"
        style={TYPE}
      />
    </div>
  );
}

/** Undo and redo by key and by the browser's menu; a text from outside is a step like any other. */
function useHistory(area: RefObject<HTMLTextAreaElement | null>, props: PlainTextProps): void {
  const { text, history } = props;
  const cursor = useRef<number | null>(null);
  const latest = useRef(props);
  useLayoutEffect(() => {
    latest.current = props;
    history.changed(text, 0, false);
    if (cursor.current === null || area.current?.value !== text) return;
    area.current.setSelectionRange(cursor.current, cursor.current);
    cursor.current = null;
  });
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    const move = (event: Event, way: 'undo' | 'redo'): void => {
      event.preventDefault();
      const step = latest.current.history[way]();
      if (!step) return;
      cursor.current = step.cursor;
      latest.current.onType(step.text);
    };
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return;
      const key = event.key.toLowerCase();
      if (key === 'z') move(event, event.shiftKey ? 'redo' : 'undo');
      else if (key === 'y' && !event.metaKey) move(event, 'redo');
    };
    const onBefore = (event: InputEvent): void => {
      if (event.inputType === 'historyUndo') move(event, 'undo');
      if (event.inputType === 'historyRedo') move(event, 'redo');
    };
    element.addEventListener('keydown', onKey);
    element.addEventListener('beforeinput', onBefore);
    return () => {
      element.removeEventListener('keydown', onKey);
      element.removeEventListener('beforeinput', onBefore);
    };
  }, [area]);
}

/** 1-based line and column of an offset. */
export function positionAt(text: string, offset: number): [line: number, column: number] {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return [before.split('\n').length, offset - lineStart + 1];
}
