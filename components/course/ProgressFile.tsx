'use client';
// Progress as a file: saved here, imported there. What was imported, or why nothing was, is said in words.
import { useState, type ChangeEvent } from 'react';
import { Button, buttonClass } from '@/components/ui/Button';
import { classes } from '@/components/ui/classes';
import { ENGINE } from '@/lib/course/log';
import { useLocale, useMessages } from '@/lib/i18n/client';
import { browserStorage } from '@/lib/workbench/progress';
import type { CourseTasks, FileFault, Imported } from '@/lib/workbench/progress-file';
import type { Outline } from './outline';
import { keptChanged } from './use-kept';

type Words = ReturnType<typeof useMessages<'map'>>;
interface Said {
  readonly good: boolean;
  readonly sentences: readonly string[];
}

const load = () => import('@/lib/workbench/progress-file');

export function ProgressFile({ outline }: { readonly outline: Outline }) {
  const t = useMessages('map');
  const locale = useLocale();
  const [said, setSaid] = useState<Said | null>(null);
  const course = (): CourseTasks =>
    Object.fromEntries(
      outline.flatMap(({ lessons }) =>
        lessons.flatMap(({ id, written }) => (written ? [[id, written.taskIds] as const] : [])),
      ),
    );
  const failed = (error: unknown): void => {
    console.error(error);
    setSaid({ good: false, sentences: [t('fileUnreadable')] });
  };
  const save = async (): Promise<void> => {
    const { progressFile } = await load();
    const name = t('fileName', { date: new Date().toISOString().slice(0, 10) });
    download(name, progressFile(course(), browserStorage()));
    setSaid({ good: true, sentences: [t('fileSaved', { name })] });
  };
  const open = async (file: File): Promise<void> => {
    const { FILE_BYTES, importProgress } = await load();
    // A file that is too large is not even read.
    const text = file.size > FILE_BYTES ? ' '.repeat(FILE_BYTES + 1) : await file.text();
    const result = importProgress(text, course(), browserStorage());
    keptChanged();
    setSaid(
      result.ok
        ? { good: true, sentences: importedSentences(result.value, t, locale === 'zh' ? '、' : ', ') }
        : { good: false, sentences: [faultSentence(result.error, t)] },
    );
  };
  const choose = (event: ChangeEvent<HTMLInputElement>): void => {
    const input = event.currentTarget;
    const [file] = input.files ?? [];
    // The same file may be chosen again.
    if (file)
      void open(file)
        .catch(failed)
        .finally(() => (input.value = ''));
  };
  return (
    <section aria-labelledby="progress-file" className="border-t border-line py-6">
      <h2 id="progress-file" className="mb-1 text-[17px] font-semibold tracking-tight">
        {t('fileTitle')}
      </h2>
      <p className="mb-3 max-w-[72ch] text-ink-2">{t('fileText')}</p>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => void save().catch(failed)}>{t('fileSave')}</Button>
        <label
          className={classes(
            buttonClass(),
            'relative hover:bg-bg has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
          )}
        >
          {t('fileOpen')}
          <input
            type="file"
            accept=".json,application/json"
            onChange={choose}
            className="absolute inset-0 size-full cursor-pointer opacity-0 file:cursor-pointer"
          />
        </label>
      </div>
      <div role="status" className="mt-3">
        {said?.sentences.map((sentence) => (
          <p
            key={sentence}
            className={classes(
              'max-w-[72ch] border-l-4 px-3 py-1',
              said.good ? 'border-add' : 'border-del bg-del-weak',
            )}
          >
            {sentence}
          </p>
        ))}
      </div>
    </section>
  );
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

function importedSentences(done: Imported, t: Words, comma: string): readonly string[] {
  const list = (lessons: readonly string[]): string => lessons.join(comma);
  return [
    done.lessons.length > 0 && t('fileImported', { lessons: list(done.lessons), tasks: done.tasks }),
    done.lessons.length + done.unread.length + done.noRoom.length === 0 && t('fileCourseOnly'),
    done.unread.length > 0 && t('fileUnread', { lessons: list(done.unread) }),
    done.noRoom.length > 0 && t('fileNoRoom', { lessons: list(done.noRoom) }),
    done.dropped > 0 && t('fileDropped', { n: done.dropped }),
  ].filter((sentence) => sentence !== false);
}

const FAULT = { size: 'fileSize', json: 'fileJson', format: 'fileFormat', empty: 'fileEmpty' } as const;

function faultSentence(fault: FileFault, t: Words): string {
  if (fault.code === 'version') return t('fileVersion', { found: fault.found });
  if (fault.code === 'engine') return t('fileEngine', { found: fault.found, engine: ENGINE });
  return t(FAULT[fault.code]);
}
