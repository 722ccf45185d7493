// Words that lessons do without, and how Chinese is set.
import type { Lang } from '@/lib/course/types';
import { allProse, around, CODE, LANGS, matches, type Finding, type LessonSource, type Rule } from './types';

interface Banned {
  readonly pattern: RegExp;
  readonly why: string;
}

const BANNED: Readonly<Record<Lang, readonly Banned[]>> = {
  en: [
    {
      pattern: /\b(?:simply|just|easy|easily|obviously|of course)\b/gi,
      why: 'tells a reader who does not find it so that he is slow; leave it out',
    },
    { pattern: /[\p{L}\p{N}”)]!(?=\s|$)/gu, why: 'is an exclamation; end the sentence with a full stop' },
  ],
  zh: [
    { pattern: /您/g, why: '：课程里称「你」' },
    { pattern: /(?:对[^，。；]{1,20})?进行(?!中)/g, why: '：直接用动词，不用“进行”' },
    { pattern: /(?:让)?我们来看(?:一下|看)?/g, why: '：直接说要看什么' },
    { pattern: /！/g, why: '：句子用句号收尾' },
  ],
};

export const bannedWords: Rule = (lesson) =>
  LANGS.flatMap((lang) =>
    allProse(lesson, lang).flatMap(({ file, prose }) =>
      prose.kind === 'source'
        ? []
        : BANNED[lang].flatMap(({ pattern, why }) =>
            matches(file, prose, pattern, (match) => {
              const shown = around(prose.text, match.index, match[0].length);
              return lang === 'en' ? `"${match[0]}" in "${shown}" ${why}` : `“${shown}”${why}`;
            }),
          ),
    ),
  );

const HAN = String.raw`[\p{Script=Han}]`;
const LATIN = `[A-Za-z0-9${CODE}]`;
const FULL = '[，。；：？！、（）“”《》]';

/** Rules of Chinese typesetting (WRITING), each with what to do. */
const TYPESETTING: readonly Banned[] = [
  {
    pattern: new RegExp(`${HAN}${LATIN}|${LATIN}${HAN}`, 'gu'),
    why: '：中文与英文、数字、代码之间空一格',
  },
  { pattern: new RegExp(`${HAN}[,;!?]|[,;!?]${HAN}`, 'gu'), why: '：中文里用全角标点' },
  { pattern: new RegExp(`${HAN}[.:](?=\\s|$|${HAN})`, 'gu'), why: '：中文里用全角标点' },
  { pattern: new RegExp(`${HAN} *\\(|\\)${HAN}`, 'gu'), why: '：中文里用全角括号（）' },
  { pattern: new RegExp(`${HAN}["']|["']${HAN}`, 'gu'), why: '：中文里用全角引号“”' },
  { pattern: new RegExp(` ${FULL}|${FULL} (?=\\S)`, 'gu'), why: '：全角标点前后不空格' },
  { pattern: /[，、；：][，。、；：]|。。/gu, why: '：标点重复' },
  { pattern: new RegExp(`${HAN} +${HAN}`, 'gu'), why: '：汉字之间不空格' },
];

export const chineseTypography: Rule = (lesson) => typesetting(lesson);

function typesetting(lesson: LessonSource): Finding[] {
  return allProse(lesson, 'zh').flatMap(({ file, prose }) =>
    TYPESETTING.flatMap(({ pattern, why }) =>
      matches(file, prose, pattern, (match) => `“${around(prose.text, match.index, match[0].length)}”${why}`),
    ),
  );
}
