'use client';
// A cluster for the home page, started when the browser has nothing better to do.
import { useEffect, useRef, useState } from 'react';
import type { Locale } from '@/lib/i18n/locales';
import { DEFAULT_VERSION } from '@/lib/kube/version';
import type { ClientState, WorkbenchClient } from '@/lib/workbench/client';
import type { SourceFile } from '@/lib/workbench/protocol';

export interface LiveCluster {
  readonly state: ClientState | null;
  /** The client; null until it has been loaded. */
  readonly client: WorkbenchClient | null;
}

export function useLiveCluster(lang: Locale, files: () => readonly SourceFile[]): LiveCluster {
  const [live, setLive] = useState<LiveCluster>({ state: null, client: null });
  const start = useRef(files);
  useEffect(() => {
    let stop = (): void => undefined;
    let stopped = false;
    const load = async (): Promise<void> => {
      const { createWorkbenchClient } = await import('@/lib/workbench/client');
      if (stopped) return;
      const client = createWorkbenchClient();
      const unsubscribe = client.subscribe(() => setLive({ client, state: client.getState() }));
      stop = () => {
        unsubscribe();
        client.api.close();
      };
      client.api.open({ lab: null, k8s: DEFAULT_VERSION, seed: 1, lang, files: start.current() });
    };
    const cancel = whenIdle(() => void load().catch((error: unknown) => console.error(error)));
    return () => {
      stopped = true;
      cancel();
      stop();
    };
  }, [lang]);
  return live;
}

function whenIdle(run: () => void): () => void {
  if (typeof requestIdleCallback === 'function') {
    const id = requestIdleCallback(run, { timeout: 1_500 });
    return () => cancelIdleCallback(id);
  }
  const id = setTimeout(run, 300);
  return () => clearTimeout(id);
}
