'use client';
// Objects and events: the kinds that there are, one kind's table as kubectl prints it, and an object in full.
import { useRef, useState } from 'react';
import { useInspect } from '@/components/workbench/use-inspect';
import { Skeleton } from '@/components/ui/Progress';
import { EmptyState } from '@/components/ui/States';
import { classes } from '@/components/ui/classes';
import { useMessages } from '@/lib/i18n/client';
import type { InspectAnswers } from '@/lib/workbench/inspect';
import { ObjectDetail } from './ObjectDetail';
import type { ObjectId } from './object-id';
import { ObjectTable } from './ObjectTable';

type KindCount = InspectAnswers['kinds'][number];

export function ObjectsView({ shown }: { shown: boolean }) {
  const t = useMessages('objects');
  const [kind, setKind] = useState('Service');
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState<ObjectId | null>(null);
  const table = useRef<HTMLTableElement>(null);
  const kinds = useInspect({ ask: 'kinds' }, shown);
  const choose = (next: string): void => {
    setKind(next);
    setChosen(null);
  };
  if (!kinds) return <ObjectsSkeleton />;
  const current = kinds.find((one) => one.kind === kind);
  return (
    <div className="flex h-full min-h-0 flex-col bg-panel">
      <div className="flex h-9 shrink-0 items-center gap-2 border-b border-line px-2">
        <Kinds kinds={kinds} kind={kind} onChoose={choose} />
        <input
          type="search"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          aria-label={t('search')}
          placeholder={t('search')}
          className="ml-auto h-7 w-28 shrink-0 rounded-md border border-line-control bg-panel px-2 text-sm"
        />
      </div>
      {current ? (
        <ObjectTable
          key={`${kind} ${query}`}
          ref={table}
          kind={kind}
          query={query}
          shown={shown}
          chosen={chosen}
          onChoose={(namespace, name) => setChosen({ kind, namespace, name })}
        />
      ) : (
        <EmptyState title={t('empty', { kind })} text={t('emptyText')} />
      )}
      {chosen && (
        <ObjectDetail
          id={chosen}
          shown={shown}
          onClose={() => {
            setChosen(null);
            table.current?.focus();
          }}
        />
      )}
    </div>
  );
}

interface KindsProps {
  readonly kinds: readonly KindCount[];
  readonly kind: string;
  readonly onChoose: (kind: string) => void;
}

/** The kinds of this course as buttons, all others in a list. */
const BUTTONS = ['Service', 'EndpointSlice', 'Pod', 'Deployment', 'Node', 'Event'];

function Kinds({ kinds, kind, onChoose }: KindsProps) {
  const t = useMessages('objects');
  const first = kinds.filter((one) => BUTTONS.includes(one.kind));
  const others = kinds.filter((one) => !BUTTONS.includes(one.kind));
  const other = others.some((one) => one.kind === kind);
  return (
    <div role="group" aria-label={t('kinds')} className="flex min-w-0 items-center gap-1 text-sm">
      <div className="flex min-w-0 gap-1 overflow-x-auto [scrollbar-width:none]">
        {first.map((one) => (
          <button
            key={one.kind}
            type="button"
            aria-pressed={one.kind === kind}
            onClick={() => onChoose(one.kind)}
            className={classes(
              'shrink-0 rounded-md px-2 py-0.5 -outline-offset-2',
              one.kind === kind ? 'bg-accent-weak font-medium text-accent' : 'text-ink-2 hover:text-ink',
            )}
          >
            {one.kind} <span className="text-xs text-ink-3 tabular-nums">{one.count}</span>
          </button>
        ))}
      </div>
      {others.length > 0 && (
        <select
          aria-label={t('more')}
          value={other ? kind : ''}
          onChange={(event) => event.target.value && onChoose(event.target.value)}
          className={classes(
            'h-7 w-[5.5rem] shrink-0 rounded-md border border-line-control bg-panel px-1 -outline-offset-2',
            other ? 'text-accent' : 'text-ink-2',
          )}
        >
          <option value="">{t('more')}</option>
          {others.map((one) => (
            <option key={one.kind} value={one.kind}>
              {one.kind} ({one.count})
            </option>
          ))}
        </select>
      )}
    </div>
  );
}

export function ObjectsSkeleton() {
  return (
    <div aria-hidden className="flex h-full flex-col gap-3 bg-panel p-3">
      <Skeleton className="h-6 w-4/5" />
      {[90, 70, 80, 60].map((width) => (
        <span key={width} style={{ width: `${width}%` }}>
          <Skeleton className="h-4" />
        </span>
      ))}
    </div>
  );
}
