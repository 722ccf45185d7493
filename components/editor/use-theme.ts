// The page's theme, as the editor's: [data-theme] on the document, else what the system prefers.
import { useSyncExternalStore } from 'react';
import type { ThemeName } from './themes';

const DARK = '(prefers-color-scheme: dark)';

function subscribe(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const system = matchMedia(DARK);
  system.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    system.removeEventListener('change', changed);
  };
}

function current(): ThemeName {
  const chosen = document.documentElement.dataset['theme'];
  const dark = chosen === undefined || chosen === 'system' ? matchMedia(DARK).matches : chosen === 'dark';
  return dark ? 'servicepath-dark' : 'servicepath-light';
}

export const useEditorTheme = (): ThemeName =>
  useSyncExternalStore(subscribe, current, () => 'servicepath-light');
