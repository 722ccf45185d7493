// Help on a field in words: as Markdown for the hover, as one line for the plain text. Facts are Kubernetes' own, sentences come in
// the reader's language.
import type { Locale } from '@/lib/i18n/locales';
import type { K8sVersion } from '@/lib/kube/versions';
import type { FieldHelp } from '@/lib/workbench/editor-help';
import type { EditorWords } from './words';

export interface HelpWords {
  readonly words: EditorWords;
  readonly locale: Locale;
  readonly k8s: K8sVersion;
}

/** The facts beside the sentence: default, values, effect on the rules, versions. */
function facts(help: FieldHelp, { words, locale, k8s }: HelpWords, code: (text: string) => string): string[] {
  const { doc, values, since, gateOff } = help;
  const lines: string[] = [];
  const when = doc?.defaultWhen?.[locale];
  if (doc?.default !== undefined) {
    const value = code(doc.default);
    lines.push(
      when === undefined ? words('helpDefault', { value }) : words('helpDefaultWhen', { value, when }),
    );
  } else if (when !== undefined) lines.push(words('helpDefaultIs', { when }));
  if (values.length > 0)
    lines.push(words('helpValues', { values: values.map(code).join(locale === 'zh' ? '、' : ', ') }));
  if (doc?.range) lines.push(words('helpRange', { min: String(doc.range[0]), max: String(doc.range[1]) }));
  if (doc?.rules) lines.push(words('helpRules', { text: doc.rules[locale] }));
  if (since !== undefined) lines.push(words('helpSince', { version: since }));
  if (gateOff !== undefined) lines.push(words('helpGate', { version: k8s, gate: code(gateOff) }));
  return lines;
}

const code = (text: string): string => `\`${text}\``;
/** Sentences are ours, but hold <, * and _ as words. */
const escaped = (text: string): string => text.replace(/[\\*_<>[\]#]/g, '\\$&');

/** Markdown of a hover. */
export function helpMarkdown(help: FieldHelp, how: HelpWords): string {
  const { title, type, required, doc } = help;
  const kind = [code(type), ...(required ? [how.words('helpRequired')] : [])].join(' · ');
  const sentence = doc ? escaped(doc[how.locale]) : `*${how.words('helpNone')}*`;
  const more = facts(help, how, (text) => `\u0001${text}\u0002`).map((line) =>
    escaped(line).replaceAll('\u0001', '`').replaceAll('\u0002', '`'),
  );
  return [`**${escaped(title)}** ${kind}`, sentence, ...more].join('\n\n');
}

/** Facts run on as sentences. */
const closed =
  (locale: Locale) =>
  (line: string): string =>
    /[.。]$/.test(line) ? line : `${line}${locale === 'zh' ? '。' : '.'}`;

/** The same as plain text, in one line. */
export function helpLine(help: FieldHelp, how: HelpWords): string {
  const { title, type, required, doc } = help;
  const head = `${title} (${type}${required ? `, ${how.words('helpRequired')}` : ''})`;
  const sentence = doc ? doc[how.locale] : how.words('helpNone');
  const colon = how.locale === 'zh' ? '：' : ': ';
  const sentences = [
    `${head}${colon}${sentence}`,
    ...facts(help, how, (text) => text).map(closed(how.locale)),
  ];
  return sentences.join(how.locale === 'zh' ? '' : ' ');
}
