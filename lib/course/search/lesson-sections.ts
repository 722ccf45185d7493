// The text of a lesson by its headings, read from its MDX. Questions and what is to be remembered are in it; answers are not.
import { createProcessor } from '@mdx-js/mdx';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import { slugOf } from '../slug';

export interface LessonSection {
  /** '' for what stands before the first heading. */
  readonly heading: string;
  /** '' before the first heading. */
  readonly anchor: string;
  readonly text: string;
}

/** What of a syntax tree is read here; the tree's own types say much more. */
interface Node {
  readonly type: string;
  readonly value?: unknown;
  readonly depth?: number;
  readonly name?: string | null;
  readonly children?: readonly Node[];
  readonly attributes?: readonly Attribute[];
}
interface Attribute {
  readonly name?: string;
  readonly value?: unknown;
}

const processor = createProcessor({ remarkPlugins: [remarkGfm, remarkFrontmatter] });
/** Attributes of the lesson's own parts that are text for everybody. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  Check: ['question'],
  Callout: ['title'],
  Remember: ['items'],
};
const SILENT = ['yaml', 'mdxjsEsm', 'mdxFlowExpression', 'mdxTextExpression'];

export function lessonSections(mdx: string): readonly LessonSection[] {
  const tree = processor.parse(mdx) as unknown as Node;
  const sections: { heading: string; anchor: string; texts: string[] }[] = [
    { heading: '', anchor: '', texts: [] },
  ];
  for (const node of tree.children ?? []) {
    if (node.type === 'heading' && (node.depth === 2 || node.depth === 3)) {
      const heading = inline(node).trim();
      sections.push({ heading, anchor: slugOf(heading), texts: [] });
    } else sections.at(-1)?.texts.push(textOf(node));
  }
  return sections.map(({ heading, anchor, texts }) => ({
    heading,
    anchor,
    text: texts.join(' ').replaceAll(/\s+/g, ' ').trim(),
  }));
}

/** Blocks with a space between them. */
function textOf(node: Node): string {
  if (SILENT.includes(node.type)) return '';
  if (node.type === 'paragraph' || node.type === 'heading' || node.type === 'tableCell') return inline(node);
  const own = [...attributeTexts(node), ...(typeof node.value === 'string' ? [node.value] : [])];
  return [...own, ...(node.children ?? []).map(textOf)].join(' ');
}

/** Words of a line, as they stand: a name in code may touch its neighbours. */
function inline(node: Node): string {
  if (SILENT.includes(node.type)) return '';
  if (node.type === 'break') return ' ';
  if (typeof node.value === 'string') return node.value;
  return (node.children ?? []).map(inline).join('');
}

function attributeTexts({ name, attributes = [] }: Node): readonly string[] {
  const wanted = TEXTS[name ?? ''] ?? [];
  return attributes.flatMap(({ name: attribute = '', value }) => {
    if (!wanted.includes(attribute)) return [];
    if (typeof value === 'string') return [value];
    return literals(value);
  });
}

/** The texts in an expression such as {['…', '…']}: its tree hangs on the attribute. */
function literals(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(literals);
  const { type, data, ...rest } = value as Readonly<Record<string, unknown>>;
  if (type === 'Literal') return typeof rest['value'] === 'string' ? [rest['value']] : [];
  if (type === 'mdxJsxAttributeValueExpression') return literals(data);
  return ['estree', 'body', 'expression', 'elements', 'properties', 'argument'].flatMap((key) =>
    literals(rest[key]),
  );
}
