// Which keys open the search: Ctrl+K (⌘K), and / where no text is being written. Editor and terminal keep both for themselves.

const OWN_KEYS = '.monaco-editor, .xterm, [data-pane="editor"], [data-pane="terminal"]';
const TEXT_FIELDS = 'input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable]';

export function opensSearch(event: KeyboardEvent): boolean {
  const { key, ctrlKey, metaKey, altKey, shiftKey, target } = event;
  if (event.defaultPrevented || event.isComposing || altKey) return false;
  const within = (selector: string): boolean =>
    target instanceof Element && target.closest(selector) !== null;
  if (within(OWN_KEYS) || document.querySelector('dialog[open]')) return false;
  const command = ctrlKey || metaKey;
  if (key.toLowerCase() === 'k') return command && !shiftKey;
  return key === '/' && !command && !within(TEXT_FIELDS);
}
