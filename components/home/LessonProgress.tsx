'use client';
// How far a lesson is, on the map.
import { ProgressBar } from '@/components/ui/Progress';
import { useMessages } from '@/lib/i18n/client';
import { useDoneTasks } from './use-progress';

export function LessonProgress({ lesson, tasks }: { lesson: string; tasks: number }) {
  const t = useMessages('home');
  const done = useDoneTasks(lesson);
  if (done === undefined) return null;
  const text = done >= tasks ? t('finished') : t('progress', { done, total: tasks });
  return (
    <span className="mt-1 block max-w-40">
      <ProgressBar label={text} value={Math.min(done, tasks)} max={tasks} />
      <span className="block text-xs text-ink-3">{text}</span>
    </span>
  );
}
