// Loads Monaco when the page is idle and puts it in the place of the plain text, with the text, cursor and focus that the
// plain text had.
import { useEffect, useEffectEvent, useRef, useState, type RefObject } from 'react';
import type { Locale } from '@/lib/i18n/locales';
import type { Drafts } from './drafts';
import type { ProviderContext } from './providers';
import { positionAt } from './PlainText';
import type { EditorSession, SessionEvents } from './session';
import { installTestHook } from './test-hook';
import type { ThemeName } from './themes';

export type SessionState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'ready'; readonly session: EditorSession };

export interface SessionInput {
  readonly host: RefObject<HTMLDivElement | null>;
  readonly plain: RefObject<HTMLTextAreaElement | null>;
  readonly drafts: Drafts;
  readonly active: string;
  readonly context: ProviderContext;
  readonly theme: ThemeName;
  readonly label: string;
  readonly locale: Locale;
  /** Without Monaco the plain text stays. */
  readonly plainOnly: boolean;
  readonly events: SessionEvents;
}

/** A page has one Monaco: a second editor would stay a plain text. */
let taken = false;

export function useSession(input: SessionInput): SessionState {
  const [state, setState] = useState<SessionState>({ kind: 'loading' });
  const open = useEffectEvent((Session: typeof EditorSession, host: HTMLElement) =>
    openSession(Session, host, input),
  );
  const composing = usePlainComposition(input.plain);
  const { host, locale, plainOnly } = input;
  useEffect(() => {
    if (taken || plainOnly) return;
    taken = true;
    let [cancelled, close] = [false, (): void => {}];
    const load = async (): Promise<void> => {
      await idle();
      const Session = await loadMonaco(locale);
      // A composition in the plain text is let end first: it would be lost with the textarea.
      while (composing.current && !cancelled) await composing.current;
      if (cancelled || !host.current) return;
      const session = open(Session, host.current);
      const removeHook = installTestHook(session);
      close = () => {
        removeHook();
        session.dispose();
      };
      setState({ kind: 'ready', session });
    };
    load().catch((error: unknown) => {
      console.error('editor', error);
      if (!cancelled) setState({ kind: 'failed' });
    });
    return () => {
      cancelled = true;
      taken = false;
      close();
      setState({ kind: 'loading' });
    };
  }, [host, locale, plainOnly, composing]);
  return state;
}

/** Monaco's own words are read while its modules load, so Chinese comes first. */
async function loadMonaco(locale: Locale): Promise<typeof EditorSession> {
  if (locale === 'zh') await import('monaco-editor/nls/lang/zh-cn');
  return (await import('./session')).EditorSession;
}

function openSession(Session: typeof EditorSession, host: HTMLElement, input: SessionInput): EditorSession {
  const { drafts, active, context, theme, label, events } = input;
  const session = new Session({ host, context, theme, label, events });
  for (const file of drafts.names()) session.draw(file, drafts.text(file));
  session.show(active);
  const plain = input.plain.current;
  if (plain && plain === plain.ownerDocument.activeElement)
    session.goTo(...positionAt(plain.value, plain.selectionStart));
  return session;
}

/** The end of the composition that is going on in the plain text, if one is. */
function usePlainComposition(plain: RefObject<HTMLTextAreaElement | null>): RefObject<Promise<void> | null> {
  const ending = useRef<Promise<void> | null>(null);
  useEffect(() => {
    const start = (event: CompositionEvent): void => {
      const area = plain.current;
      if (!area || event.target !== area) return;
      ending.current = new Promise((resolve) => {
        const end = (): void => {
          ending.current = null;
          resolve();
        };
        area.addEventListener('compositionend', end, { once: true });
        area.addEventListener('blur', end, { once: true });
      });
    };
    document.addEventListener('compositionstart', start);
    return () => document.removeEventListener('compositionstart', start);
  }, [plain]);
  return ending;
}

const idle = (): Promise<void> =>
  new Promise((resolve) => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve(), { timeout: 1_500 });
    else setTimeout(resolve, 200);
  });
