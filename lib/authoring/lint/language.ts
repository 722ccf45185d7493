// No English left in the Chinese text, no Chinese in the English one. Names, code and what programs print stay as they are.
import { isKept } from './kept-words';
import { allProse, around, matches, type Finding, type LessonSource, type Rule } from './types';

const WORDS = 4;
/** Words of Latin letters with nothing but spaces and light punctuation between them. */
const RUN = /[A-Za-z][A-Za-z’'-]*(?:[ ,;:]+[A-Za-z][A-Za-z’'-]*)+/g;
const HAN = /\p{Script=Han}+/gu;

export const language: Rule = (lesson) => [...englishInChinese(lesson), ...chineseInEnglish(lesson)];

function englishInChinese(lesson: LessonSource): Finding[] {
  return allProse(lesson, 'zh').flatMap(({ file, prose }) => {
    // Sources are titled as their pages are.
    if (prose.kind === 'source') return [];
    return matches(file, prose, RUN, ([run]) => {
      const count = run.split(/[ ,;:]+/).length;
      if (count < WORDS || isKept(run)) return undefined;
      return `"${run}" is English in the Chinese text; translate it, or put what a program prints between \`backticks\``;
    });
  });
}

function chineseInEnglish(lesson: LessonSource): Finding[] {
  return allProse(lesson, 'en').flatMap(({ file, prose }) =>
    matches(
      file,
      prose,
      HAN,
      (match) => `"${around(prose.text, match.index, match[0].length)}" has Chinese in the English text`,
    ),
  );
}
