// The text before Monaco is there, or without it: same place, same type, same line numbers, and it can be edited.
import { useRef, useState, type CSSProperties, type Ref } from 'react';
import { FONT, GUTTER, PADDING_TOP } from './options';

export interface PlainTextProps {
  readonly ref?: Ref<HTMLTextAreaElement>;
  readonly text: string;
  readonly label: string;
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
export function PlainText({ ref, text, label, onType, onCursor }: PlainTextProps) {
  const numbers = useRef<HTMLPreElement>(null);
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
        ref={ref}
        value={composed ?? text}
        aria-label={label}
        wrap="off"
        spellCheck={false}
        autoCapitalize="off"
        autoCorrect="off"
        autoComplete="off"
        onChange={(event) => {
          const { value } = event.currentTarget;
          if ((event.nativeEvent as InputEvent).isComposing) setComposed(value);
          else onType(value);
        }}
        onCompositionEnd={(event) => {
          setComposed(null);
          onType(event.currentTarget.value);
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

/** 1-based line and column of an offset. */
export function positionAt(text: string, offset: number): [line: number, column: number] {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return [before.split('\n').length, offset - lineStart + 1];
}
