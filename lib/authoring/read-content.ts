// Reads lessons and the glossary from the content folder, for the linter and the seed table. Node only.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CURRICULUM } from '@/lib/course/curriculum';
import { parseGlossary, type Glossary } from '@/lib/course/glossary';
import { LABS } from '@/lib/course/labs';
import type { Lab, Lang } from '@/lib/course/types';
import { readLesson } from './lint/mdx';
import type { CourseContext, Finding, LessonSource } from './lint/types';
import { readWords } from './lint/words-file';

export const GLOSSARY = 'content/glossary.yaml';
export const STAGES = 'content/stages';

/** "content/stages/2-architecture/03-iptables-chains" is lesson 2.3. */
export function lessonId(folder: string): string {
  const [stage = '', lesson = ''] = folder.split('/').slice(-2);
  return `${Number.parseInt(stage, 10)}.${Number.parseInt(lesson, 10)}`;
}

/** Folders of lessons, from the project's root, in the course's order. */
export const lessonFolders = (root: string): readonly string[] =>
  readdirSync(path.join(root, STAGES))
    .toSorted()
    .flatMap((stage) =>
      readdirSync(path.join(root, STAGES, stage))
        .toSorted()
        .map((lesson) => `${STAGES}/${stage}/${lesson}`),
    );

const FILES = ['lesson.zh.mdx', 'lesson.en.mdx', 'lab.zh.yaml', 'lab.en.yaml'];

/** A lesson, or findings that say which of its files are missing or cannot be read. */
export function readLessonFolder(
  root: string,
  folder: string,
  labs: readonly { readonly folder: string; readonly lab: Lab }[] = LABS,
): LessonSource | readonly Finding[] {
  const missing = FILES.filter((name) => !existsSync(path.join(root, folder, name)));
  if (missing.length > 0)
    return missing.map((name) => ({ file: `${folder}/${name}`, line: 1, sentence: 'this file is missing' }));
  const faults: Finding[] = [];
  const text = (lang: Lang) => {
    const file = `${folder}/lesson.${lang}.mdx`;
    try {
      return readLesson(file, lang, readFileSync(path.join(root, file), 'utf8'));
    } catch (error) {
      faults.push(unreadable(file, error));
      return undefined;
    }
  };
  const words = (lang: Lang) => {
    const file = `${folder}/lab.${lang}.yaml`;
    return readWords(file, lang, readFileSync(path.join(root, file), 'utf8'));
  };
  const [zh, en] = [text('zh'), text('en')];
  if (!zh || !en) return faults;
  return {
    id: lessonId(folder),
    folder,
    text: { zh, en },
    words: { zh: words('zh'), en: words('en') },
    lab: labs.find((entry) => entry.folder === folder)?.lab,
  };
}

/** What the MDX parser says, with the place it names. */
function unreadable(file: string, error: unknown): Finding {
  const { line, reason, message } = error as { line?: number; reason?: string; message?: string };
  return { file, line: line ?? 1, sentence: `cannot be read: ${reason ?? message ?? String(error)}` };
}

export const isLesson = (read: LessonSource | readonly Finding[]): read is LessonSource =>
  !Array.isArray(read);

/** The glossary, or what is wrong with it. */
export const readGlossary = (root: string): ReturnType<typeof parseGlossary> =>
  parseGlossary(GLOSSARY, readFileSync(path.join(root, GLOSSARY), 'utf8'));

export const courseContext = (glossary: Glossary, written: readonly string[]): CourseContext => ({
  glossary,
  planned: CURRICULUM.flatMap((stage) => stage.lessons.map(({ id }) => id)),
  written,
});
