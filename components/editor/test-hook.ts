// What end-to-end tests may ask of the editor. Present only under a test driver or with ?e2e in the address.
import type { EditorSession } from './session';

export interface EditorTestHook {
  getValue(file: string): string | undefined;
  setValue(file: string, text: string): void;
  markers(): readonly { readonly line: number; readonly column: number; readonly message: string }[];
}

declare global {
  interface Window {
    __servicepath?: { editor?: EditorTestHook };
  }
}

const wanted = (): boolean => navigator.webdriver || new URLSearchParams(location.search).has('e2e');

/** Installs the hook; the returned function takes it away. */
export function installTestHook(session: EditorSession): () => void {
  if (!wanted()) return () => {};
  const hooks = (window.__servicepath ??= {});
  hooks.editor = {
    getValue: (file) => session.getValue(file),
    setValue: (file, text) => session.replaceAll(file, text),
    markers: () =>
      session.markers().map(({ startLineNumber, startColumn, message }) => ({
        line: startLineNumber,
        column: startColumn,
        message,
      })),
  };
  return () => {
    delete hooks.editor;
  };
}
