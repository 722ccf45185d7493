// What end-to-end tests may ask of a lesson's page. Present only under a test driver or with ?e2e in the address.
import type { LessonStore } from './lesson-store';

export interface LessonTestHook {
  /** Nothing that the learner did is on its way to the cluster. */
  resting(): boolean;
  /** A console is on the page and takes the next line. */
  ready(terminal: string): boolean;
}

declare global {
  interface Window {
    __lesson?: LessonTestHook;
  }
}

/** Installs the hook; the returned function takes it away. */
export function installLessonHook(store: LessonStore): () => void {
  if (!navigator.webdriver && !new URLSearchParams(location.search).has('e2e')) return () => {};
  window.__lesson = {
    resting: () => {
      const { busy, status } = store.getView();
      return status === 'ready' && !busy;
    },
    ready: (terminal) => store.terminal.standing(terminal) === 'ready',
  };
  return () => {
    delete window.__lesson;
  };
}
