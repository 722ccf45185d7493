// One word for one thing: words that the glossary tells authors to avoid.
import { formPattern } from '../term-forms.mjs';
import { allProse, LANGS, matches, type Rule } from './types';

export const oneWord: Rule = (lesson, { glossary }) =>
  LANGS.flatMap((lang) =>
    glossary.flatMap(({ id, [lang]: words }) => {
      if (words.avoid.length === 0) return [];
      const pattern = formPattern(words.avoid);
      return allProse(lesson, lang).flatMap(({ file, prose }) =>
        prose.kind === 'source'
          ? []
          : matches(
              file,
              prose,
              pattern,
              ([found]) => `"${found}": the course's word for it is "${words.term}" (glossary: ${id})`,
            ),
      );
    }),
  );
