'use client';
// The terminals: a tab for each console, opened when one looks at it. Loaded on demand, xterm and all.
import '@xterm/xterm/css/xterm.css';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { classes } from '@/components/ui/classes';
import { tabId, Tabs } from '@/components/ui/Tabs';
import { useMessages } from '@/lib/i18n/client';
import { Console } from './Console';
import { ConsoleMenu } from './ConsoleMenu';
import { History } from './history';
import { loadScreenReader, saveScreenReader } from './screen-reader';
import type { TerminalHub } from './terminal-hub';

export interface ConsolesProps {
  readonly hub: TerminalHub;
  readonly nodes: readonly string[];
  readonly storage: Storage | undefined;
}

/** Tabs at the start; with more nodes the menu opens the others. */
const FIRST_NODES = 3;
const panelOf = (terminal: string): string => `console-${terminal.replaceAll(/[^\w-]/g, '_')}`;

export function Consoles({ hub, nodes, storage }: ConsolesProps) {
  const t = useMessages('terminal');
  const [more, setMore] = useState<readonly string[]>([]);
  const [active, setActive] = useState('control');
  const [opened, setOpened] = useState<readonly string[]>(['control']);
  const [history] = useState(() => new History(storage));
  const [screenReader, setScreenReader] = useState(() => loadScreenReader(storage));
  const first = nodes.slice(0, FIRST_NODES);
  const terminals = ['control', ...first, ...more.filter((name) => !first.includes(name))];
  const open = (name: string): void => {
    if (!terminals.includes(name)) setMore([...more, name]);
    if (!opened.includes(name)) setOpened([...opened, name]);
    setActive(name);
  };
  const requested = useSyncExternalStore(hub.subscribe, hub.requested, hub.requested);
  const [followed, setFollowed] = useState(0);
  if (requested && requested.count !== followed) {
    setFollowed(requested.count);
    open(requested.terminal);
  }
  useEffect(() => {
    hub.speak({
      cut: t('cut'),
      restarted: t('restarted'),
      editing: t('editing'),
      gone: (pod) => t('gone', { pod }),
    });
  }, [hub, t]);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex h-9 shrink-0 items-stretch gap-1 border-b border-line pr-16 pl-2 text-sm max-lg:pr-2">
        <Tabs
          label={t('consoles')}
          items={terminals.map((name) => ({
            id: name,
            label: name === 'control' ? t('control') : name.replace(/^default\//, ''),
            panel: panelOf(name),
          }))}
          active={active}
          onSelect={open}
          className="min-w-0 overflow-x-auto [scrollbar-width:none]"
        />
        <ConsoleMenu hub={hub} onOpen={open} />
        <span className="flex-1" />
        <button
          type="button"
          aria-pressed={screenReader}
          title={t('screenReaderHint')}
          onClick={() => {
            saveScreenReader(!screenReader, storage);
            setScreenReader(!screenReader);
          }}
          className={classes(
            'my-1 shrink-0 rounded-md px-2 max-md:hidden',
            screenReader ? 'bg-accent-weak text-accent' : 'text-ink-3 hover:text-ink',
          )}
        >
          {t('screenReader')}
        </button>
      </div>
      {opened.map((name) => (
        <div
          key={name}
          id={panelOf(name)}
          role="tabpanel"
          aria-labelledby={tabId(panelOf(name))}
          hidden={name !== active}
          className="min-h-0 flex-1"
        >
          <Console
            hub={hub}
            name={name}
            shown={name === active}
            history={history}
            screenReader={screenReader}
          />
        </div>
      ))}
      <Spoken hub={hub} />
    </div>
  );
}

/** What the last line printed, off the screen: a screen reader says it, whatever the terminal itself says. */
function Spoken({ hub }: { hub: TerminalHub }) {
  const t = useMessages('terminal');
  const text = useSyncExternalStore(hub.subscribe, hub.spoken, hub.spoken);
  return (
    <div
      role="log"
      aria-live="polite"
      aria-label={t('output')}
      data-testid="terminal-output"
      className="sr-only"
    >
      {text}
    </div>
  );
}
