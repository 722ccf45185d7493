// What every lesson has: something to do early, questions with reasons, three things to remember, sources that bear the claims.
import { parseAct } from '@/components/lesson/act-command';
import { LANGS, type Finding, type LessonSource, type LessonText, type Part, type Rule } from './types';

export const structure: Rule = (lesson) =>
  LANGS.flatMap((lang) => {
    const text = lesson.text[lang];
    return [
      ...order(text),
      ...questions(text),
      ...remember(text),
      ...sources(text),
      ...text.parts.filter((part) => part.name === 'Act').flatMap((part) => act(lesson, text, part)),
      ...named(lesson, text),
    ];
  });

const told = (text: LessonText, line: number, sentence: string): Finding => ({
  file: text.file,
  line,
  sentence,
});
const partsOf = (text: LessonText, name: string): readonly Part[] =>
  text.parts.filter((p) => p.name === name);
const lineOf = (text: LessonText, name: string): number => partsOf(text, name)[0]?.line ?? 0;

/** What asks for a prediction. */
const ASKING = ['Predict', 'Journey'];

/** Predict first, then act, then check, then what to remember and where to read on. */
function order(text: LessonText): Finding[] {
  const found: Finding[] = [];
  for (const name of ['Predict', 'TaskList', 'Check', 'Remember', 'Sources'])
    if (partsOf(text, name).length === 0 && !(name === 'TaskList' && partsOf(text, 'Task').length > 0))
      found.push(told(text, 1, `<${name}> is missing`));
  if (found.length > 0) return found;
  const names = text.parts.map((part) => part.name);
  const act = names.indexOf('Act');
  if (act >= 0 && act < names.findIndex((name) => ASKING.includes(name)))
    found.push(
      told(
        text,
        lineOf(text, 'Act'),
        'an <Act> stands before the first <Predict>; a lesson asks before it shows',
      ),
    );
  if (act < 0 || act > names.indexOf('Check'))
    found.push(
      told(
        text,
        lineOf(text, 'Check'),
        'no <Act> before the first <Check>; a lesson has something to do in its text',
      ),
    );
  if (names.slice(-2).join(' ') !== 'Remember Sources')
    found.push(
      told(text, text.parts.at(-1)?.line ?? 1, 'a lesson ends with <Remember> and <Sources>, in this order'),
    );
  return found;
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string' && one.trim() !== '');

function questions(text: LessonText): Finding[] {
  const checks = partsOf(text, 'Check');
  const found = checks.flatMap(({ line, attributes: { options, question } }) => {
    const list = (Array.isArray(options) ? options : []) as readonly Record<string, unknown>[];
    const faults: Finding[] = [];
    if (typeof question !== 'string') faults.push(told(text, line, 'a <Check> needs a question'));
    if (list.length < 2) faults.push(told(text, line, 'a <Check> needs two options or more'));
    const right = list.filter((option) => option['correct'] === true).length;
    if (list.length >= 2 && right !== 1)
      faults.push(told(text, line, `${right} options are marked correct: true; it must be one`));
    const silent = list.filter((option) => typeof option['why'] !== 'string' || option['why'].trim() === '');
    if (silent.length > 0)
      faults.push(told(text, line, `${silent.length} of its options do not say why; each needs a reason`));
    return faults;
  });
  if (checks.length > 3)
    found.push(told(text, checks[3]?.line ?? 1, `${checks.length} questions; a lesson has one to three`));
  return found;
}

function remember(text: LessonText): Finding[] {
  return partsOf(text, 'Remember').flatMap(({ line, attributes: { items } }) => {
    if (isTexts(items) && items.length === 3) return [];
    const count = Array.isArray(items) ? items.length : 0;
    return [told(text, line, `${count} things to remember; it must be exactly three`)];
  });
}

/** Where a claim about Kubernetes or Linux can be checked: documentation, an enhancement proposal, source, a manual page. */
const AUTHORITIES =
  /^https:\/\/(?:kubernetes\.io\/|github\.com\/kubernetes\/|github\.com\/torvalds\/linux|git\.kernel\.org\/|(?:www\.|docs\.)?kernel\.org\/|git\.netfilter\.org\/|(?:www\.)?netfilter\.org\/|wiki\.nftables\.org\/|man7\.org\/|(?:www\.)?rfc-editor\.org\/|datatracker\.ietf\.org\/|elixir\.bootlin\.com\/linux)/;

function sources(text: LessonText): Finding[] {
  return partsOf(text, 'Sources').flatMap(({ line, attributes: { items } }) => {
    const list = (Array.isArray(items) ? items : []) as readonly Record<string, unknown>[];
    const hrefs = list.map(({ href }) => (typeof href === 'string' ? href : ''));
    const faults = hrefs
      .filter((href) => !/^https:\/\/[\w.-]+\/\S+$/.test(href))
      .map((href) => told(text, line, `the source "${href}" is not an https address of a page`));
    if (list.some((item) => typeof item['title'] !== 'string' || item['title'].trim() === ''))
      faults.push(told(text, line, 'a source has no title'));
    if (hrefs.length < 2) faults.push(told(text, line, `${hrefs.length} source; a lesson names two or more`));
    if (!hrefs.some((href) => AUTHORITIES.test(href)))
      faults.push(
        told(
          text,
          line,
          'no source is documentation of Kubernetes, a KEP, source code, a manual page or an RFC',
        ),
      );
    return faults;
  });
}

function act(lesson: LessonSource, text: LessonText, { line, attributes }: Part): Finding[] {
  const command = typeof attributes['do'] === 'string' ? attributes['do'] : '';
  const parsed = parseAct(command);
  if (!parsed) return [told(text, line, `<Act do="${command}"> is no command that a link can carry out`)];
  const { lab } = lesson;
  if (!lab) return [];
  const files = lab.start.map(({ name }) => name);
  if ('file' in parsed && !files.includes(parsed.file))
    return [
      told(
        text,
        line,
        `<Act do="${command}">: the lab has no file ${parsed.file}; there is ${files.join(', ')}`,
      ),
    ];
  if ('task' in parsed && !lab.tasks.some((task) => task.id === parsed.task))
    return [told(text, line, `<Act do="${command}">: the lab has no task ${parsed.task}`)];
  return [];
}

/** Predictions, orders and tasks that are named must be the lab's, and the lesson asks every question that the lab has. */
function named(lesson: LessonSource, text: LessonText): Finding[] {
  const { lab } = lesson;
  if (!lab) return [];
  const tasks = partsOf(text, 'Task').filter(
    ({ attributes }) => !lab.tasks.some((t) => t.id === attributes['id']),
  );
  return [
    ...askedAs(text, 'Predict', 'prediction', Object.keys(lab.predictions ?? {})),
    ...askedAs(text, 'Journey', 'table', Object.keys(lab.journeys ?? {})),
    ...askedAs(text, 'Order', 'order', Object.keys(lab.orders ?? {})),
    ...tasks.map(({ attributes, line }) =>
      told(text, line, `the lab has no task ${String(attributes['id'])}`),
    ),
  ];
}

/** The questions of one kind: the same in the lesson as in the lab, and in the same order. */
function askedAs(
  text: LessonText,
  part: 'Predict' | 'Journey' | 'Order',
  what: string,
  known: readonly string[],
): Finding[] {
  const asked = partsOf(text, part).map(({ attributes, line }) => ({ id: String(attributes['id']), line }));
  const ids = asked.map(({ id }) => id);
  if (ids.toSorted().join() === known.toSorted().join() && ids.join() !== known.join())
    return [
      told(
        text,
        asked[0]?.line ?? 1,
        `the lesson asks ${ids.join(', ')}, and the lab has them as ${known.join(', ')}; the order must be the same`,
      ),
    ];
  return [
    ...asked
      .filter(({ id }) => !known.includes(id))
      .map(({ id, line }) => told(text, line, `the lab has no ${what} ${id}`)),
    ...known
      .filter((id) => !ids.includes(id))
      .map((id) => told(text, 1, `the ${what} ${id} of the lab is not asked: <${part} id="${id}" />`)),
  ];
}
