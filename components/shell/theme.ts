// Light, dark, or as the system: the choice is kept in the browser and stands on the document before the first paint.

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'servicepath.theme';

/** Runs in the head, before anything is drawn. */
export const THEME_SCRIPT = `try{var t=localStorage.getItem('${KEY}');if(t==='light'||t==='dark')document.documentElement.dataset.theme=t}catch{}`;

export function currentTheme(): Theme {
  const chosen = document.documentElement.dataset['theme'];
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system';
}

export function chooseTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  try {
    if (theme === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

/** Tells when the document's theme changes, here or in another tab. */
export function subscribeTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const elsewhere = (event: StorageEvent): void => {
    if (event.key !== KEY) return;
    if (event.newValue === 'light' || event.newValue === 'dark')
      document.documentElement.dataset['theme'] = event.newValue;
    else delete document.documentElement.dataset['theme'];
  };
  window.addEventListener('storage', elsewhere);
  return () => {
    observer.disconnect();
    window.removeEventListener('storage', elsewhere);
  };
}
