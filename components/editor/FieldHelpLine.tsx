// Help on the field under the cursor, below the plain text: what Monaco shows in a hover.
import { useEffect, useState } from 'react';
import { helpLine, type HelpWords } from './help-text';

export interface FieldHelpLineProps {
  readonly text: string;
  readonly place: { readonly line: number; readonly column: number };
  readonly context: HelpWords;
}

const AFTER_MS = 150;

export function FieldHelpLine({ text, place, context }: FieldHelpLineProps) {
  const [help, setHelp] = useState('');
  const { line, column } = place;
  useEffect(() => {
    let current = true;
    const show = async (): Promise<void> => {
      const { fieldHelp } = await import('@/lib/workbench/editor-help');
      const found = fieldHelp(text, line, column, context.k8s);
      if (current) setHelp(found ? helpLine(found, context) : '');
    };
    const timer = setTimeout(() => void show(), AFTER_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [text, line, column, context]);
  return (
    <p
      role="note"
      aria-label={context.words('helpLabel')}
      data-testid="editor-help"
      className="m-0 max-h-24 shrink-0 overflow-y-auto border-t border-(--line) px-3 py-1 text-[12.5px] text-(--ink-2) empty:hidden"
    >
      {help}
    </p>
  );
}
