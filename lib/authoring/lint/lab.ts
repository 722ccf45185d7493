// What every lab has: three hints a task, a wrong attempt that is answered by name, nothing left of the skeleton.
import { allProse, LANGS, matches, type Finding, type Rule } from './types';

export const labParts: Rule = (lesson) => {
  const { lab } = lesson;
  if (!lab)
    return [
      {
        file: lesson.text.en.file,
        line: 1,
        sentence: 'the lesson has no lab; register it in lib/course/labs.ts',
      },
    ];
  const file = `${lesson.folder}/lab.ts`;
  const found: Finding[] = LANGS.flatMap((lang) => {
    const words = lesson.words[lang];
    return lab.tasks.flatMap(({ id }) => {
      const hints = words.prose.filter(({ path }) => path?.startsWith(`tasks.${id}.hints[`) === true).length;
      if (hints === 3) return [];
      const line = words.places.get(`tasks.${id}`) ?? 1;
      return [
        {
          file: words.file,
          line,
          sentence: `task ${id} has ${hints} hints; it needs three: a nudge, a pointer, the command`,
        },
      ];
    });
  });
  if (!lab.wrong.some((attempt) => attempt.mistake !== undefined))
    found.push({
      file,
      line: 1,
      sentence: 'no wrong attempt that a mistake answers by name; a lab provokes one that people really make',
    });
  return found;
};

/** What the skeleton of a new lesson leaves to its author. */
export const UNFILLED = /TODO/g;

export const filledIn: Rule = (lesson) =>
  LANGS.flatMap((lang) =>
    allProse(lesson, lang).flatMap(({ file, prose }) =>
      matches(file, prose, UNFILLED, () => 'TODO: this text is still the skeleton’s; write your own'),
    ),
  );
