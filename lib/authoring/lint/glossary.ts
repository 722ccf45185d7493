// The glossary is read as lessons are: its definitions keep to the same words, languages and typesetting.
import type { Lang } from '@/lib/course/types';
import { language } from './language';
import { oneWord } from './terms';
import type { CourseContext, Finding, LessonSource, LessonText, WordsText } from './types';
import { bannedWords, chineseTypography } from './wording';
import { readWords } from './words-file';

/** What is wrong with the words of the glossary's terms and definitions. */
export function lintGlossary(file: string, text: string, course: CourseContext): readonly Finding[] {
  const known = course.glossary.flatMap(({ id, lesson }): Finding[] => {
    if (course.planned.includes(lesson)) return [];
    const line = readWords(file, 'en', text).places.get(`${id}.lesson`) ?? 1;
    return [{ file, line, sentence: `the course has no lesson ${lesson}` }];
  });
  const words = asLesson(file, text);
  return [
    ...known,
    ...[language, bannedWords, chineseTypography, oneWord].flatMap((rule) => rule(words, course)),
  ];
}

function asLesson(file: string, text: string): LessonSource {
  const none = (lang: Lang): LessonText => ({
    file,
    lang,
    head: {},
    headings: [],
    parts: [],
    links: [],
    blocks: [],
    prose: [],
  });
  const words = (lang: Lang): WordsText => {
    const read = readWords(file, lang, text);
    const own = new RegExp(String.raw`^[^.]+\.${lang}\.(?:term|definition|also)`);
    return { ...read, prose: read.prose.filter(({ path = '' }) => own.test(path)) };
  };
  return {
    id: '',
    folder: '',
    text: { zh: none('zh'), en: none('en') },
    words: { zh: words('zh'), en: words('en') },
    lab: undefined,
  };
}
