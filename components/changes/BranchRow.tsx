'use client';
// One branch: its name, where it began, what was done on it, and what can be done with it.
import { useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Chip } from '@/components/ui/Chip';
import { useLessonStore } from '@/components/workbench/lesson-context';
import { ownActions, renamed, type Branch } from '@/lib/course/branches';
import { useMessages } from '@/lib/i18n/client';
import { actionWords } from './action-words';

interface BranchRowProps {
  readonly branch: Branch;
  readonly shown: boolean;
  /** Where it began, in words. */
  readonly origin: string;
  readonly enabled: boolean;
  readonly onShow: () => void;
  readonly onDelete: () => void;
}

export function BranchRow({ branch, shown, origin, enabled, onShow, onDelete }: BranchRowProps) {
  const t = useMessages('changes');
  const [open, setOpen] = useState(false);
  const own = ownActions(branch, branch.log);
  return (
    <li
      data-branch={branch.id}
      aria-current={shown || undefined}
      className={`border-t border-line px-3 py-1.5 ${shown ? 'bg-accent-weak' : ''}`}
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <NameField id={branch.id} name={branch.name} />
        {shown && <Chip tone="accent">{t('branchShown')}</Chip>}
        <span className="min-w-40 flex-1 text-ink-2">
          {origin} ·{' '}
          {own.length === 0 ? (
            t('branchOwn', { n: 0 })
          ) : (
            <button
              type="button"
              aria-expanded={open}
              onClick={() => setOpen(!open)}
              className="text-accent underline decoration-dotted underline-offset-2"
            >
              {t('branchOwn', { n: own.length })}
            </button>
          )}
        </span>
        {!shown && (
          <span className="flex gap-1.5">
            <Button disabled={!enabled} onClick={onShow}>
              {t('branchShow')}
            </Button>
            <DeleteButton onDelete={onDelete} />
          </span>
        )}
      </div>
      {open && (
        <ol className="my-1 list-decimal pl-8 font-mono text-xs text-ink-2">
          {own.map((action, i) => (
            <li key={i} className="break-all">
              {actionWords(action, t)}
            </li>
          ))}
        </ol>
      )}
    </li>
  );
}

/** Deleting takes two presses: the first asks. */
function DeleteButton({ onDelete }: { onDelete: () => void }) {
  const t = useMessages('changes');
  const [asked, setAsked] = useState(false);
  return (
    <Button
      kind={asked ? 'danger' : 'plain'}
      onClick={() => (asked ? onDelete() : setAsked(true))}
      onBlur={() => setAsked(false)}
    >
      {t(asked ? 'branchReally' : 'branchDelete')}
    </Button>
  );
}

/** The name is kept when the field is left, or on Enter. */
function NameField({ id, name }: { id: number; name: string }) {
  const t = useMessages('changes');
  const store = useLessonStore();
  return (
    <input
      key={name}
      type="text"
      defaultValue={name}
      placeholder={t('branch', { id })}
      aria-label={t('branchName', { id })}
      maxLength={60}
      onBlur={(event) => {
        const text = event.currentTarget.value;
        if (text !== name) store.editBranches((now) => renamed(now, id, text));
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
      }}
      className="h-7 w-40 min-w-0 rounded-md border border-line-control bg-panel px-2 font-medium placeholder:text-ink"
    />
  );
}
