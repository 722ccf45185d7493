// The place of the text: Monaco's, the plain text's, and over both the difference to the cluster.
import type { RefObject } from 'react';
import type { Comparison } from '@/lib/workbench/editor-compare';
import { DiffView } from './DiffView';
import type { PlainHistory } from './plain-history';
import { PlainText } from './PlainText';
import type { EditorWords } from './words';

export interface EditorBodyProps {
  readonly id: string;
  readonly active: string;
  readonly text: string;
  readonly label: string;
  /** Where Monaco draws. */
  readonly host: RefObject<HTMLDivElement | null>;
  readonly plain: RefObject<HTMLTextAreaElement | null>;
  readonly isPlain: boolean;
  readonly invalid: boolean;
  readonly hintId: string;
  readonly history: PlainHistory;
  readonly comparing: boolean;
  readonly comparison: Comparison | null | undefined;
  readonly words: EditorWords;
  readonly onType: (text: string) => void;
  readonly onCursor: (line: number, column: number) => void;
  readonly onTake: (text: string) => void;
  readonly onApply: () => void;
  readonly onClose: () => void;
}

export function EditorBody(props: EditorBodyProps) {
  const { id, active, text, host, comparing, comparison, words, onTake, onApply, onClose } = props;
  return (
    <div id={id} role="tabpanel" aria-label={active} className="relative min-h-0 flex-1">
      <div inert={comparing} className="absolute inset-0">
        <div ref={host} className="absolute inset-0" />
        {props.isPlain && (
          <PlainText
            ref={props.plain}
            key={active}
            text={text}
            label={props.label}
            invalid={props.invalid}
            describedBy={props.hintId}
            history={props.history}
            onType={props.onType}
            onCursor={props.onCursor}
          />
        )}
      </div>
      {comparing && (
        <DiffView key={active} file={active} {...{ text, comparison, words, onTake, onApply, onClose }} />
      )}
    </div>
  );
}
