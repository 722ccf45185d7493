'use client';
// What a lesson adds to the header: the lab's steps, and the version of Kubernetes.
import { Button } from '@/components/ui/Button';
import { Select } from '@/components/ui/Select';
import { useTasks } from '@/components/lesson/use-tasks';
import { useMessages } from '@/lib/i18n/client';
import { parseVersion } from '@/lib/kube/version';
import { useLesson, useLessonStore } from './lesson-context';
import { usePaneStore } from './panes/use-panes';

const COLOUR = { done: 'bg-add', now: 'bg-accent', later: 'bg-line-strong' } as const;

export function HeaderTools() {
  return (
    <>
      <TaskSteps />
      <KeysButton />
      <VersionSelect />
    </>
  );
}

function TaskSteps() {
  const t = useMessages('workbench');
  const tasks = useTasks();
  const now = tasks.find((task) => task.status === 'now');
  const label = now ? t('steps', { n: now.number, of: tasks.length }) : t('stepsDone', { of: tasks.length });
  return (
    <span className="flex shrink-0 gap-1 max-lg:hidden" title={label} role="img" aria-label={label}>
      {tasks.map((task) => (
        <i key={task.id} className={`h-[5px] w-[22px] rounded-[3px] ${COLOUR[task.status]}`} />
      ))}
    </span>
  );
}

function KeysButton() {
  const t = useMessages('keys');
  const store = usePaneStore();
  return (
    <Button title={t('buttonTitle')} onClick={() => store.help(true)} className="shrink-0 max-md:hidden">
      {t('button')}
    </Button>
  );
}

function VersionSelect() {
  const t = useMessages('common');
  const store = useLessonStore();
  const k8s = useLesson((view) => view.k8s);
  return (
    <Select
      label={t('version')}
      title={t('versionHint')}
      value={k8s}
      options={store.lesson.versions.map((version) => ({ value: version, text: `v${version}` }))}
      onPick={(value) => {
        const version = parseVersion(value);
        if (version) store.setVersion(version);
      }}
      className="shrink-0"
    />
  );
}
