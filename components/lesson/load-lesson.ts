// Reads lessons when pages are built: their text, their lab's words, and the rules of the lab's start. Server only.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ComponentType } from 'react';
import { LABS, type LabEntry } from '@/lib/course/labs';
import type { LabWords } from '@/lib/course/types';
import { parseLabWords } from '@/lib/course/words';
import type { Locale } from '@/lib/i18n/locales';
import { DEFAULT_VERSION } from '@/lib/kube/versions';
import { WorkbenchEngine } from '@/lib/workbench/engine';
import type { LessonData, LessonMeta, StartRule } from './lesson-data';

interface LessonModule {
  readonly default: ComponentType;
  readonly frontmatter: LessonMeta;
}

export interface Lesson {
  readonly Text: ComponentType;
  readonly meta: LessonMeta;
  readonly data: LessonData;
}

/** Ids of the lessons that are written: "2.3" stands in content/stages/2-architecture/03-iptables-chains. */
export const lessonIds = (): readonly string[] => LABS.map(({ lab }) => lab.id);

/** A lesson in a language; undefined if there is none. */
export async function loadLesson(locale: Locale, id: string): Promise<Lesson | undefined> {
  const entry = LABS.find(({ lab }) => lab.id === id);
  if (!entry) return undefined;
  const { default: Text, frontmatter: meta } = await lessonModule(entry, locale);
  return { Text, meta, data: await lessonData(locale, entry) };
}

/** A lesson's frontmatter; undefined if there is no such lesson. */
export async function lessonMeta(locale: Locale, id: string): Promise<LessonMeta | undefined> {
  const entry = LABS.find(({ lab }) => lab.id === id);
  return entry && (await lessonModule(entry, locale)).frontmatter;
}

/** The bundler wants the fixed part of the path in sight. */
async function lessonModule({ folder }: LabEntry, locale: Locale): Promise<LessonModule> {
  const [stage, lesson] = folder.split('/').slice(-2);
  return (await import(`@/content/stages/${stage}/${lesson}/lesson.${locale}.mdx`)) as LessonModule;
}

/**
 * Makes the words of a lab known to the bundler, so that an open page reloads when they are changed. They are read from the file all the
 * same: what has been imported may be one change behind at that moment.
 */
async function watchWords({ folder }: LabEntry, lang: Locale): Promise<void> {
  const [stage, lesson] = folder.split('/').slice(-2);
  if (process.env.NODE_ENV === 'development')
    await import(`@/content/stages/${stage}/${lesson}/lab.${lang}.yaml`);
}

/** The words of a lesson’s lab. */
export function labWords({ folder }: LabEntry, lang: Locale): LabWords {
  const file = join(...folder.split('/').slice(1), `lab.${lang}.yaml`);
  const words = parseLabWords(file, readFileSync(join(process.cwd(), 'content', file), 'utf8'));
  if (!words.ok) throw new Error(words.error.join('\n'));
  return words.value;
}

async function lessonData(lang: Locale, entry: LabEntry): Promise<LessonData> {
  const { lab } = entry;
  await watchWords(entry, lang);
  const k8s = lab.versions.includes(DEFAULT_VERSION)
    ? DEFAULT_VERSION
    : (lab.versions.at(-1) ?? DEFAULT_VERSION);
  const start = await new WorkbenchEngine(() => 0).open({ lab: lab.id, k8s, seed: 1, lang });
  return {
    id: lab.id,
    folder: entry.folder,
    lang,
    words: labWords(entry, lang),
    versions: lab.versions,
    k8s,
    files: start.files,
    tasks: lab.tasks.map((task) => task.id),
    answers: Object.fromEntries(
      Object.entries(lab.predictions ?? {}).map(([id, { correct }]) => [id, correct]),
    ),
    orders: Object.fromEntries(Object.entries(lab.orders ?? {}).map(([id, { correct }]) => [id, correct])),
    journeys: lab.journeys ?? {},
    startRules: start.graph.nodes.flatMap((node) =>
      node.rules.map((rule): StartRule => ({ chain: rule.chain, text: rule.text })),
    ),
  };
}
