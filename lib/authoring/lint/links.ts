// Links inside the course: to lessons that are written, or that the text says are to come.
import { LANGS, type Finding, type LessonText, type Rule } from './types';

const TO_COME: Readonly<Record<LessonText['lang'], RegExp>> = {
  en: /to come|not written yet|not yet written|will come|later/i,
  zh: /待|尚未|还没|后续|将来|以后|即将/,
};

export const lessonLinks: Rule = (lesson, { planned, written }) =>
  LANGS.flatMap((lang) => {
    const text = lesson.text[lang];
    return text.links.flatMap(({ href, line, around }): Finding[] => {
      const told = (sentence: string): Finding[] => [{ file: text.file, line, sentence }];
      if (/^https?:\/\//.test(href) || href.startsWith('#')) return [];
      const [, to, id] = /^\/(zh|en)\/learn\/(\d\.\d)(?:[?#].*)?$/.exec(href) ?? [];
      if (id === undefined)
        return /^\/(?:zh|en)\/glossary(?:#.*)?$/.test(href)
          ? []
          : told(`the link to ${href} leads nowhere in the course`);
      if (to !== lang)
        return told(`the link to ${href} leads into the other language; write /${lang}/learn/${id}`);
      if (!planned.includes(id)) return told(`the link to ${href}: the course has no lesson ${id}`);
      if (!written.includes(id) && !TO_COME[lang].test(around))
        return told(
          `lesson ${id} is not written yet; say in the sentence that it is to come, or leave the link out`,
        );
      return [];
    });
  });
