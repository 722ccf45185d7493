'use client';
// One pane: a region with its two buttons; folded, a strip with its name. Double-click on the bar on top maximises it.
import type { MouseEvent, ReactNode } from 'react';
import { classes } from '@/components/ui/classes';
import { tabId } from '@/components/ui/Tabs';
import { useMessages } from '@/lib/i18n/client';
import { toggleFolded, toggleMaximised, type PaneId } from './layout-state';
import styles from './panes.module.css';
import { usePane, usePaneStore } from './use-panes';

export interface PaneProps {
  readonly id: PaneId;
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
}

/** Height of the bar on top of every pane (px). */
const BAR = 36;

export function Pane({ id, label, className, children }: PaneProps) {
  const store = usePaneStore();
  const { fold, maximised, covered, front, narrow } = usePane(id);
  const onDoubleClick = (event: MouseEvent<HTMLElement>): void => {
    if (narrow || fold !== 'open' || !(event.target instanceof Element)) return;
    const { top } = event.currentTarget.getBoundingClientRect();
    const control = event.target.closest('button:not([role="tab"]), select, input, a');
    if (event.clientY - top <= BAR && !control) store.change((layout) => toggleMaximised(layout, id));
  };
  return (
    <section
      id={`pane-${id}`}
      data-pane={id}
      data-fold={fold}
      data-maximised={maximised || undefined}
      data-front={front || undefined}
      inert={covered}
      tabIndex={-1}
      role={narrow ? 'tabpanel' : undefined}
      aria-label={narrow ? undefined : label}
      aria-labelledby={narrow ? tabId(`pane-${id}`) : undefined}
      onDoubleClick={onDoubleClick}
      className={styles['pane']}
    >
      {fold !== 'open' && <FoldedPane id={id} label={label} />}
      <div hidden={fold !== 'open'} className={classes('h-full min-h-0 min-w-0', className)}>
        {children}
      </div>
      {fold === 'open' && <PaneButtons id={id} label={label} />}
    </section>
  );
}

function FoldedPane({ id, label }: Pick<PaneProps, 'id' | 'label'>) {
  const t = useMessages('workbench');
  const store = usePaneStore();
  return (
    <button
      type="button"
      aria-expanded={false}
      title={t('unfold', { pane: label })}
      onClick={() => store.change((layout) => toggleFolded(layout, id))}
      className={styles['folded']}
    >
      <span aria-hidden>▸</span>
      {label}
    </button>
  );
}

function PaneButtons({ id, label }: Pick<PaneProps, 'id' | 'label'>) {
  const t = useMessages('workbench');
  const store = usePaneStore();
  const { maximised } = usePane(id);
  const large = t(maximised ? 'restore' : 'maximise', { pane: label });
  return (
    <span className={styles['buttons']}>
      <PaneButton
        label={t('fold', { pane: label })}
        path="M4 8h8"
        onPress={() => store.change((layout) => toggleFolded(layout, id))}
      />
      <PaneButton
        label={`${large} (Ctrl+.)`}
        path={maximised ? 'M6.5 3v3.5H3M9.5 13V9.5H13' : 'M9.5 3H13v3.5M6.5 13H3V9.5'}
        onPress={() => store.change((layout) => toggleMaximised(layout, id))}
      />
    </span>
  );
}

function PaneButton({ label, path, onPress }: { label: string; path: string; onPress: () => void }) {
  return (
    <button type="button" aria-label={label} title={label} onClick={onPress} className={styles['button']}>
      <svg aria-hidden viewBox="0 0 16 16" className="size-4">
        <path d={path} fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
      </svg>
    </button>
  );
}
