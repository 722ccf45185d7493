// Both languages are one lesson: the same parts in the same order, the same headings, links, questions and words.
import type { Finding, LessonText, Part, Rule, WordsText } from './types';

export const parity: Rule = (lesson) => [
  ...sameParts(lesson.text.zh, lesson.text.en),
  ...sameHeadings(lesson.text.zh, lesson.text.en),
  ...sameLinks(lesson.text.zh, lesson.text.en),
  ...sameWords(lesson.words.zh, lesson.words.en),
];

const nameOf = (file: string): string => file.split('/').at(-1) ?? file;

/** What must be equal of a part: its name and whatever is not text for readers. */
function signature({ name, attributes }: Part): string {
  const { options, items, question: _question, ...rest } = attributes;
  const answers = Array.isArray(options)
    ? ` options=${options.map((option) => ((option as { correct?: boolean })?.correct ? '✓' : '·')).join('')}`
    : '';
  const count = Array.isArray(items) ? ` items=${items.length}` : '';
  const own = Object.entries(rest)
    .filter(([key]) => !/^(label|title|caption|summary|alt)$/.test(key))
    .map(([key, value]) => ` ${key}=${JSON.stringify(value)}`)
    .join('');
  return `<${name}${own}${answers}${count}>`;
}

function sameParts(zh: LessonText, en: LessonText): Finding[] {
  for (let i = 0; i < Math.max(zh.parts.length, en.parts.length); i++) {
    const [here, there] = [zh.parts[i], en.parts[i]];
    const [own, other] = [here && signature(here), there && signature(there)];
    if (own === other) continue;
    const place = there ? `${nameOf(en.file)}:${there.line}` : nameOf(en.file);
    const sentence =
      own === undefined
        ? `${other ?? ''} of ${place} is missing here`
        : `here stands ${own}, in ${place} ${other ?? 'nothing more'}; both languages have the same parts in the same order`;
    return [{ file: zh.file, line: here?.line ?? zh.parts.at(-1)?.line ?? 1, sentence }];
  }
  return [];
}

function sameHeadings(zh: LessonText, en: LessonText): Finding[] {
  const depths = (text: LessonText): string => text.headings.map((h) => h.depth).join(' ');
  if (depths(zh) === depths(en)) return [];
  const at = zh.headings.findIndex((h, i) => h.depth !== en.headings[i]?.depth);
  const line = zh.headings[at < 0 ? zh.headings.length - 1 : at]?.line ?? 1;
  return [
    {
      file: zh.file,
      line,
      sentence: `${zh.headings.length} headings here, ${en.headings.length} in ${nameOf(en.file)}; from this line on they differ in number or level`,
    },
  ];
}

/** The same page has an address for each language; parts of a page are named in its language. */
export const bareAddress = (href: string): string =>
  href
    .replace(/^(https:\/\/kubernetes\.io)\/zh-cn\//, '$1/')
    .replace(/^\/(?:zh|en)\//, '/')
    .replace(/#.*$/, '');

function sameLinks(zh: LessonText, en: LessonText): Finding[] {
  const lack = (from: LessonText, to: LessonText): Finding[] => {
    const there = to.links.map(({ href }) => bareAddress(href));
    return from.links.flatMap(({ href, line }) => {
      const at = there.indexOf(bareAddress(href));
      if (at >= 0) {
        there.splice(at, 1);
        return [];
      }
      return [{ file: from.file, line, sentence: `the link to ${href} is missing in ${nameOf(to.file)}` }];
    });
  };
  return [...lack(zh, en), ...lack(en, zh)];
}

function sameWords(zh: WordsText, en: WordsText): Finding[] {
  const lack = (from: WordsText, to: WordsText): Finding[] =>
    [...from.places]
      .filter(([path]) => !to.places.has(path))
      // A group that is missing is told once, not with everything in it.
      .filter(
        ([path], _, all) => !all.some(([other]) => other !== '' && other !== path && isInside(path, other)),
      )
      .map(([path, line]) => ({
        file: from.file,
        line,
        sentence: `${path} is missing in ${nameOf(to.file)}`,
      }));
  return [...lack(zh, en), ...lack(en, zh)];
}

const isInside = (path: string, group: string): boolean =>
  path.startsWith(`${group}.`) || path.startsWith(`${group}[`);
