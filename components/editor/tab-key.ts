// The Tab key indents, so an editor would hold the keyboard for ever. Two ways out, and the line below the text says both:
// Escape followed by Tab leaves once; Ctrl+M (macOS: Ctrl+Shift+M) makes Tab move the focus until it is pressed again.
import { monaco } from './monaco';

/** What an Escape closes before it means "leave". */
const OPEN_WIDGETS =
  '.suggest-widget.visible, .find-widget.visible, .monaco-hover:not(.hidden) .marker.hover-row';

/** Installs both ways, and reports whether Tab leaves the editor now. */
export function tabKey(
  editor: monaco.editor.IStandaloneCodeEditor,
  host: HTMLElement,
  report: (leaves: boolean) => void,
): monaco.IDisposable {
  let [always, once] = [false, false];
  const update = (change: { readonly always?: boolean; readonly once?: boolean }): void => {
    const before = always || once;
    always = change.always ?? always;
    once = change.once ?? once;
    if ((always || once) === before) return;
    editor.updateOptions({ tabFocusMode: always || once });
    report(always || once);
  };
  const listeners = [
    editor.onKeyDown((event) => {
      const { key } = event.browserEvent;
      if (key === 'Escape') update({ once: host.ownerDocument.querySelector(OPEN_WIDGETS) === null });
      else if (key !== 'Tab' && key !== 'Shift') update({ once: false });
      if (isSwitch(event)) {
        event.preventDefault();
        event.stopPropagation();
        update({ always: !always });
      }
    }),
    editor.onDidBlurEditorWidget(() => update({ once: false })),
  ];
  return { dispose: () => listeners.forEach((listener) => listener.dispose()) };
}

/** Ctrl+M, or Ctrl+Shift+M where Ctrl+M is the system's. */
const isSwitch = (event: monaco.IKeyboardEvent): boolean =>
  event.keyCode === monaco.KeyCode.KeyM && event.ctrlKey && !event.altKey && !event.metaKey;
