'use client';
// Tabs as the ARIA pattern has them: arrow keys move and choose, Home and End go to the ends, Tab leaves.
import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { classes } from './classes';

export interface TabItem<T extends string> {
  readonly id: T;
  readonly label: ReactNode;
  /** Id of the element that the tab shows. */
  readonly panel: string;
}

export interface TabsProps<T extends string> {
  readonly label: string;
  readonly items: readonly TabItem<T>[];
  readonly active: T;
  readonly onSelect: (id: T) => void;
  readonly className?: string;
}

/** Id of a panel's tab, for the panel's aria-labelledby. */
export const tabId = (panel: string): string => `${panel}-tab`;

export function Tabs<T extends string>({ label, items, active, onSelect, className }: TabsProps<T>) {
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent): void => {
    const to = nextIndex(
      event.key,
      items.findIndex((item) => item.id === active),
      items.length,
    );
    const item = to === undefined ? undefined : items[to];
    if (!item) return;
    event.preventDefault();
    onSelect(item.id);
    list.current?.querySelector<HTMLElement>(`#${CSS.escape(tabId(item.panel))}`)?.focus();
  };
  return (
    <div
      ref={list}
      role="tablist"
      aria-label={label}
      onKeyDown={move}
      className={classes('flex gap-1', className)}
    >
      {items.map((item) => (
        <button
          key={item.id}
          type="button"
          role="tab"
          id={tabId(item.panel)}
          aria-selected={item.id === active}
          aria-controls={item.panel}
          tabIndex={item.id === active ? 0 : -1}
          onClick={() => onSelect(item.id)}
          className={classes(
            'shrink-0 border-b-2 px-3 py-2 whitespace-nowrap -outline-offset-2',
            item.id === active
              ? 'border-accent font-medium text-ink'
              : 'border-transparent text-ink-3 hover:text-ink',
          )}
        >
          {item.label}
        </button>
      ))}
    </div>
  );
}

/** Where a key leads in a row of `count` things. */
export function nextIndex(key: string, at: number, count: number): number | undefined {
  if (key === 'ArrowRight' || key === 'ArrowDown') return (at + 1) % count;
  if (key === 'ArrowLeft' || key === 'ArrowUp') return (at - 1 + count) % count;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return undefined;
}
