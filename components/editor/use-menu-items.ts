// The entries of the editor's menu, with their keys.
import type { KeyboardEvent } from 'react';
import type { MenuItem } from './EditorMenu';
import { MAX_FILES } from './file-names';
import { setEditorPrefs } from './prefs';
import type { FileActions } from './use-file-actions';
import type { EditorWords } from './words';

export interface ActionItem extends MenuItem {
  /** Whether a key means this entry, wherever in the editor it is pressed. */
  readonly match?: (event: KeyboardEvent) => boolean;
}

export interface MenuInput {
  readonly words: EditorWords;
  readonly active: string;
  readonly actions: FileActions;
  readonly manual: boolean;
  readonly plainOnly: boolean;
  readonly text: () => string;
  readonly rewrite: (text: string) => void;
  readonly say: (note: string) => void;
  readonly compare: (on: boolean) => void;
  readonly applyAll: () => void;
}

const isFormat = ({ code, shiftKey, altKey, ctrlKey, metaKey }: KeyboardEvent): boolean =>
  code === 'KeyF' && shiftKey && altKey && !ctrlKey && !metaKey;

export function useMenuItems(input: MenuInput): readonly ActionItem[] {
  const { words, active, actions, manual, plainOnly, compare, applyAll } = input;
  const full = actions.isFull ? words('tooManyFiles', { n: MAX_FILES }) : undefined;
  const fixed = actions.isFixed(active) ? words('ofLesson') : undefined;
  return [
    { id: 'new', text: words('newFile'), disabled: full, onChoose: () => actions.ask('new', active) },
    {
      id: 'duplicate',
      text: words('duplicate'),
      disabled: full,
      onChoose: () => actions.ask('duplicate', active),
    },
    {
      id: 'rename',
      text: words('rename'),
      keys: 'F2',
      disabled: fixed,
      onChoose: () => actions.ask('rename', active),
    },
    { id: 'delete', text: words('delete'), disabled: fixed, onChoose: () => actions.ask('delete', active) },
    {
      id: 'format',
      text: words('format'),
      keys: 'Shift+Alt+F',
      first: true,
      match: isFormat,
      onChoose: () => void format(input),
    },
    { id: 'compare', text: words('compare'), onChoose: () => compare(true) },
    {
      id: 'manual',
      text: words('asYouType'),
      checked: !manual,
      first: true,
      onChoose: () => {
        if (manual) applyAll();
        setEditorPrefs({ manual: !manual });
      },
    },
    {
      id: 'plain',
      text: words('plainText'),
      checked: plainOnly,
      onChoose: () => setEditorPrefs({ plain: !plainOnly }),
    },
  ];
}

/** The formatter is loaded when it is asked for. */
async function format({ text, rewrite, say, words }: MenuInput): Promise<void> {
  const { formatManifest } = await import('@/lib/workbench/editor-format');
  const result = formatManifest(text());
  if (result.kind === 'formatted') rewrite(result.text);
  say(
    words(
      { formatted: 'formatted', same: 'formatSame', refused: 'formatRefused' }[result.kind] as 'formatted',
    ),
  );
}
