'use client';
// One console in its tab. The xterm lives as long as the tab; a change of theme or size reaches it, everything else is the hub's.
import { useEffect, useRef, useState } from 'react';
import { watchTheme } from '@/components/ui/watch-theme';
import { useMessages } from '@/lib/i18n/client';
import { ConsoleView } from './console-view';
import type { History } from './history';
import { KeyRow } from './KeyRow';
import styles from './terminal.module.css';
import type { TerminalHub } from './terminal-hub';

export interface ConsoleProps {
  readonly hub: TerminalHub;
  readonly name: string;
  readonly shown: boolean;
  readonly history: History;
  readonly screenReader: boolean;
}

/** The history that a console shares with others of its kind. */
const kindOf = (name: string): string => (name === 'control' ? name : name.includes('/') ? 'pod' : 'node');

export function Console({ hub, name, shown, history, screenReader }: ConsoleProps) {
  const t = useMessages('terminal');
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<ConsoleView>(null);
  const [escaped, setEscaped] = useState(false);
  const label = t('input', { console: name });
  const welcome = name === 'control' ? t('welcome') : '';
  const reader = useRef(screenReader);
  useEffect(() => {
    const element = host.current;
    if (!element) return undefined;
    const kind = kindOf(name);
    const created = new ConsoleView(
      {
        run: (text) => hub.send(name, text),
        interrupt: () => hub.interrupt(name),
        endInput: () => hub.endInput(name),
        complete: (text, cursor) => hub.complete(name, text, cursor),
        history: () => history.lines(kind),
        remember: (text) => history.add(kind, text),
        escaped: setEscaped,
      },
      { host: element, label, screenReader: reader.current },
    );
    view.current = created;
    if (welcome) created.print(`\x1b[90m${welcome}\x1b[39m\n`);
    const detach = hub.attach(name, created);
    const sizes = new ResizeObserver(() => created.fit());
    sizes.observe(element);
    const stopTheme = watchTheme(() => created.recolour());
    return () => {
      detach();
      sizes.disconnect();
      stopTheme();
      created.dispose();
      view.current = null;
    };
  }, [hub, name, history, label, welcome]);
  useEffect(() => {
    reader.current = screenReader;
    if (view.current) view.current.screenReader = screenReader;
  }, [screenReader]);
  useEffect(() => {
    if (shown) view.current?.fit();
  }, [shown]);
  return (
    <div className={styles['console']}>
      <div ref={host} data-testid={`console-${name}`} className={styles['host']} />
      <KeyRow onKey={(data) => view.current?.press(data)} />
      <p className={styles['hint']} data-escaped={escaped || undefined}>
        {escaped ? t('hintEscaped') : t('hint')}
      </p>
    </div>
  );
}
