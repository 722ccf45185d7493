'use client';
// The cluster's clock on top; below it who wrote what, the newest first, or the branches of time.
import { useDeferredValue, useState } from 'react';
import { SegmentedControl } from '@/components/ui/SegmentedControl';
import { EmptyState } from '@/components/ui/States';
import { useInspect } from '@/components/workbench/use-inspect';
import { useLesson } from '@/components/workbench/lesson-context';
import { useMessages } from '@/lib/i18n/client';
import { BranchesView } from './BranchesView';
import { ChangeRow } from './ChangeRow';
import { ClockBar } from './ClockBar';

/** So many rows at most: what is kept of the past. */
const LIMIT = 500;

export function ChangesView({ shown }: { shown: boolean }) {
  const t = useMessages('changes');
  const [part, setPart] = useState<'writes' | 'branches'>('writes');
  return (
    <div className="flex h-full min-h-0 flex-col" data-testid="changes">
      <ClockBar shown={shown} />
      <div className="border-b border-line px-3 py-1.5">
        <SegmentedControl
          label={t('view')}
          value={part}
          onPick={setPart}
          options={[
            { value: 'writes', text: t('viewWrites') },
            { value: 'branches', text: t('viewBranches') },
          ]}
        />
      </div>
      {part === 'writes' ? <Writes shown={shown} /> : <BranchesView />}
    </div>
  );
}

function Writes({ shown }: { shown: boolean }) {
  const t = useMessages('changes');
  const [query, setQuery] = useState('');
  const about = useDeferredValue(query);
  const changes = useInspect({ ask: 'changes', limit: LIMIT, about }, shown);
  const total = useLesson((view) => view.state?.clock.changes ?? 0);
  return (
    <>
      <div className="flex items-center gap-3 border-b border-line px-3 py-1.5">
        <input
          type="search"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          placeholder={t('find')}
          aria-label={t('find')}
          className="h-7 w-60 min-w-0 rounded-md border border-line-control bg-panel px-2 text-sm"
        />
        {total > LIMIT && <span className="text-xs text-ink-3">{t('older', { n: LIMIT })}</span>}
      </div>
      {changes?.length === 0 ? (
        <EmptyState
          title={query ? t('noMatch', { query }) : t('empty')}
          {...(query ? {} : { text: t('emptyText') })}
        />
      ) : (
        <ol
          aria-label={t('list')}
          tabIndex={0}
          data-pane-focus
          className="min-h-0 flex-1 overflow-auto text-sm"
        >
          {(changes ?? []).map((change) => (
            <ChangeRow key={change.id} change={change} />
          ))}
        </ol>
      )}
    </>
  );
}
