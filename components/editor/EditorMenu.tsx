// The editor's actions, by the ARIA pattern of a menu button: arrow keys walk, Escape closes, the focus comes back.
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';

export interface MenuItem {
  readonly id: string;
  readonly text: string;
  /** As it is pressed, for all to see: "Shift+Alt+F". */
  readonly keys?: string;
  /** A switch, and whether it is on. */
  readonly checked?: boolean;
  /** Why it cannot be chosen now. */
  readonly disabled?: string | undefined;
  /** A line above it. */
  readonly first?: boolean;
  readonly onChoose: () => void;
}

export function EditorMenu({ label, items }: { label: string; items: readonly MenuItem[] }) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const entries = (): readonly HTMLElement[] => [
    ...(root.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? []),
  ];
  useEffect(() => {
    if (open) root.current?.querySelector<HTMLElement>('[role^="menuitem"]')?.focus();
  }, [open]);
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  const walk = (event: KeyboardEvent): void => {
    const all = entries();
    const at = all.findIndex((entry) => entry === document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + all.length, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) all[to % all.length]?.focus();
    else if (event.key === 'Escape') close();
    else if (event.key === 'Tab') return setOpen(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={root}
      className="relative flex shrink-0 items-center"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <button
        ref={button}
        type="button"
        data-testid="editor-menu"
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          setOpen(true);
        }}
        className="flex h-6 items-center gap-1 rounded px-1.5 text-(--ink-2) hover:bg-(--bg) hover:text-(--ink)"
      >
        {label}
        <span aria-hidden="true" className="text-[10px]">
          ▾
        </span>
      </button>
      {open && (
        <div
          role="menu"
          aria-label={label}
          tabIndex={-1}
          onKeyDown={walk}
          className="absolute top-full right-0 z-30 mt-1 w-max max-w-[min(320px,90vw)] rounded-md border border-(--line-strong) bg-(--raise) py-1 shadow-lg"
        >
          {items.map((item) => (
            <Entry key={item.id} item={item} onDone={close} />
          ))}
        </div>
      )}
    </div>
  );
}

function Entry({ item, onDone }: { item: MenuItem; onDone: () => void }) {
  const { text, keys, checked, disabled, first, onChoose } = item;
  return (
    <button
      type="button"
      role={checked === undefined ? 'menuitem' : 'menuitemcheckbox'}
      {...(checked === undefined ? {} : { 'aria-checked': checked })}
      aria-disabled={disabled !== undefined}
      title={disabled}
      tabIndex={-1}
      onClick={() => {
        if (disabled !== undefined) return;
        onDone();
        onChoose();
      }}
      className={`flex w-full items-baseline gap-2 px-3 py-1 text-left hover:bg-(--accent-weak) focus:bg-(--accent-weak) focus:outline-none ${
        first ? 'mt-1 border-t border-(--line) pt-2' : ''
      } ${disabled === undefined ? 'text-(--ink)' : 'text-(--ink-3)'}`}
    >
      <span aria-hidden="true" className="w-3 shrink-0 text-(--accent)">
        {checked ? '✓' : ''}
      </span>
      <span className="min-w-0 flex-1">
        {text}
        {disabled !== undefined && <span className="block text-[11.5px]">{disabled}</span>}
      </span>
      {keys && <kbd className="text-[11.5px] text-(--ink-2)">{keys}</kbd>}
    </button>
  );
}
