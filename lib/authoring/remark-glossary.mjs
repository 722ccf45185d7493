// A remark plugin: the first occurrence of each glossary term in a lesson's running text becomes <Term id="…">word</Term>, which
// explains it on hover and focus. Plain JavaScript and plain options, because that is all that crosses into the bundler.
import { formPattern } from './term-forms.mjs';

/** Text that is no running text: headings, code, tables, whatever is a link or acts when it is pressed. */
const SKIPPED = new Set(['heading', 'inlineCode', 'code', 'link', 'linkReference', 'table', 'yaml']);
const SKIPPED_PARTS = new Set(['a', 'Act', 'button', 'code', 'pre', 'summary', 'table', 'Term', 'h2', 'h3']);

/** The forms of each term that may be explained, by language: what the plugin's options are made of. */
export function hoverForms(glossary) {
  const forms = (lang) =>
    glossary
      .filter((term) => term[lang].hover)
      .flatMap((term) => [term[lang].term, ...term[lang].also].map((form) => [form, term.id]));
  return { zh: forms('zh'), en: forms('en') };
}

/** options: { forms: { zh: [[form, id], …], en: … } }. The language is that of the file's name, lesson.zh.mdx. */
export default function remarkGlossary({ forms }) {
  return (tree, file) => {
    const lang = /\.(zh|en)\.mdx$/.exec(file.path ?? '')?.[1];
    const known = new Map(lang === undefined ? [] : forms[lang]);
    if (known.size > 0) mark(tree, { pattern: formPattern([...known.keys()]), known, lang, seen: new Set() });
  };
}

function mark(node, search) {
  if (!node.children || SKIPPED.has(node.type) || SKIPPED_PARTS.has(node.name)) return;
  node.children = node.children.flatMap((child) => {
    if (child.type === 'text') return marked(child.value, search);
    mark(child, search);
    return [child];
  });
}

function marked(text, { pattern, known, lang, seen }) {
  const parts = [];
  let done = 0;
  for (const { 0: word, index } of text.matchAll(pattern)) {
    const id = known.get(word);
    if (seen.has(id)) continue;
    seen.add(id);
    if (index > done) parts.push({ type: 'text', value: text.slice(done, index) });
    parts.push({
      type: 'mdxJsxTextElement',
      name: 'Term',
      attributes: Object.entries({ id, lang }).map(([name, value]) => ({
        type: 'mdxJsxAttribute',
        name,
        value,
      })),
      children: [{ type: 'text', value: word }],
    });
    done = index + word.length;
  }
  if (done < text.length) parts.push({ type: 'text', value: text.slice(done) });
  return parts;
}
