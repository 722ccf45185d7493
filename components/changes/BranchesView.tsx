'use client';
// Branches of time: the moments of the one on show, from each of which another way can be gone, and the other ways that were gone.
import { useLesson, useLessonStore } from '@/components/workbench/lesson-context';
import { BRANCH_LIMIT, branchedAt, isFull, switchedTo, withoutBranch } from '@/lib/course/branches';
import type { BranchHead, Branches } from '@/lib/course/branches';
import { useMessages } from '@/lib/i18n/client';
import { BranchRow } from './BranchRow';
import { Moments } from './Moments';

type Words = ReturnType<typeof useMessages<'changes'>>;

export function BranchesView() {
  const t = useMessages('changes');
  const store = useLessonStore();
  const branches = useLesson((view) => view.branches);
  const log = useLesson((view) => view.memory.log);
  const ready = useLesson((view) => view.status === 'ready');
  const all = [...branches.kept, { ...branches.shown, log }].sort((a, b) => a.id - b.id);
  const full = isFull(branches);
  const nameIn = (after: Branches): string => branchName(after.shown, t);
  const goFrom = (at: number): void => {
    store.goTo((timeline) => branchedAt(timeline, at));
    store.announce(t('branchBegun', { name: nameIn(store.getView().branches) }));
  };
  const show = (id: number): void => {
    store.goTo((timeline) => switchedTo(timeline, id));
    store.announce(t('branchNow', { name: nameIn(store.getView().branches) }));
  };
  return (
    <div
      className="min-h-0 flex-1 overflow-auto text-sm"
      tabIndex={0}
      role="region"
      aria-label={t('branches')}
      data-pane-focus
      data-testid="branches"
    >
      <p className="max-w-3xl px-3 py-2 text-ink-2">{t('branchesText')}</p>
      {full && <p className="px-3 pb-2 text-warn">{t('branchFull', { n: BRANCH_LIMIT })}</p>}
      <ul aria-label={t('branches')}>
        {all.map((branch) => (
          <BranchRow
            key={branch.id}
            branch={branch}
            shown={branch.id === branches.shown.id}
            origin={originOf(branch, all, t)}
            enabled={ready}
            onShow={() => show(branch.id)}
            onDelete={() => store.editBranches((now) => withoutBranch(now, branch.id))}
          />
        ))}
      </ul>
      <Moments
        name={branchName(branches.shown, t)}
        log={log}
        enabled={ready && !full}
        from={branches.shown.from?.at ?? 0}
        onGo={goFrom}
      />
    </div>
  );
}

const branchName = ({ id, name }: BranchHead, t: Words): string => name || t('branch', { id });

function originOf({ from }: BranchHead, all: readonly BranchHead[], t: Words): string {
  if (!from) return t('branchRoot');
  const parent = all.find(({ id }) => id === from.id);
  return t('branchFrom', { n: from.at, name: parent ? branchName(parent, t) : t('branchGone') });
}
