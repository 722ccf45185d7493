// A lesson's MDX as the linter sees it: what a reader reads, run by run, and the parts, headings and links around it.
import { createProcessor } from '@mdx-js/mdx';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import { parse as parseYaml } from 'yaml';
import type { Lang } from '@/lib/course/types';
import { textsOf, valueOf, type SyntaxNode } from './literal';
import { CODE, type Heading, type LessonText, type Part, type Prose, type ProseKind } from './types';

interface Attribute {
  readonly type: string;
  readonly name?: string;
  readonly position?: { readonly start: { readonly line: number } };
  readonly value?: string | null | { readonly data?: { readonly estree?: SyntaxNode } };
}

/** A node of the Markdown tree, as far as it is read here. */
interface TreeNode {
  readonly type: string;
  readonly name?: string | null;
  readonly value?: string;
  readonly lang?: string | null;
  readonly url?: string;
  readonly depth?: number;
  readonly attributes?: readonly Attribute[];
  readonly children?: readonly TreeNode[];
  readonly position?: { readonly start: { readonly line: number } };
}

const processor = createProcessor({ remarkPlugins: [remarkGfm, remarkFrontmatter] });
const lineOf = (node: { readonly position?: { readonly start: { readonly line: number } } }): number =>
  node.position?.start.line ?? 1;

/** What holds a run of text as a whole: spaces and quotes are judged across the markup inside it. */
const BLOCKS = new Set(['paragraph', 'heading', 'tableCell']);

/** Reads a lesson; throws with the parser's own sentence on a text that is no MDX. */
export function readLesson(file: string, lang: Lang, text: string): LessonText {
  const tree = processor.parse(text) as unknown as TreeNode;
  const found = new Collector();
  for (const node of tree.children ?? []) found.block(node);
  return { file, lang, ...found.result() };
}

class Collector {
  #head: Record<string, unknown> = {};
  readonly #headings: Heading[] = [];
  readonly #parts: Part[] = [];
  readonly #links: { href: string; line: number; around: string }[] = [];
  readonly #blocks: string[] = [];
  readonly #prose: Prose[] = [];

  result(): Omit<LessonText, 'file' | 'lang'> {
    return {
      head: this.#head,
      headings: this.#headings,
      parts: this.#parts,
      links: this.#links,
      blocks: this.#blocks,
      prose: this.#prose,
    };
  }

  block(node: TreeNode): void {
    if (node.type === 'yaml') return this.#frontMatter(node);
    if (node.type === 'code') return void this.#blocks.push(node.lang ?? '');
    if (node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement') this.#part(node);
    if (BLOCKS.has(node.type) || isInline(node)) return this.#run(node);
    for (const child of node.children ?? []) this.block(child);
  }

  #frontMatter(node: TreeNode): void {
    const value: unknown = parseYaml(node.value ?? '');
    if (typeof value === 'object' && value !== null) this.#head = value as Record<string, unknown>;
    const lines = (node.value ?? '').split('\n');
    for (const name of ['title', 'summary']) {
      const text = this.#head[name];
      const at = lines.findIndex((line) => line.startsWith(`${name}:`));
      if (typeof text === 'string') this.#add('head', text, lineOf(node) + 1 + Math.max(0, at));
    }
  }

  /** A paragraph, a heading, a cell, as one text. */
  #run(node: TreeNode): void {
    const run: { text: string; lines: number[] } = { text: '', lines: [] };
    this.#flatten(node, run);
    if (run.text.trim() === '') return;
    if (node.type === 'heading')
      this.#headings.push({ depth: node.depth ?? 2, text: plain(node), line: lineOf(node) });
    this.#prose.push({ kind: node.type === 'heading' ? 'heading' : 'text', ...run });
    for (const link of linksIn(node))
      this.#links.push({ href: link.url ?? '', line: lineOf(link), around: run.text });
  }

  #flatten(node: TreeNode, run: { text: string; lines: number[] }): void {
    const put = (text: string): void => {
      let line = lineOf(node);
      for (const char of text) {
        // Characters outside the first plane count twice in a string.
        for (let i = 0; i < char.length; i++) run.lines.push(line);
        if (char === '\n') line++;
      }
      run.text += text;
    };
    if (node.type === 'text') return put(node.value ?? '');
    if (node.type === 'inlineCode') return put(CODE);
    if (node.type === 'break') return put('\n');
    if (node.type === 'mdxJsxTextElement') this.#part(node);
    if (isCommand(node)) return put(CODE);
    for (const child of node.children ?? []) this.#flatten(child, run);
  }

  #part(node: TreeNode): void {
    const name = node.name ?? '';
    const attributes: Record<string, unknown> = {};
    for (const attribute of node.attributes ?? []) {
      const { name: key = '', value } = attribute;
      if (typeof value === 'string') {
        attributes[key] = value;
        const kind = TEXT_ATTRIBUTES[`${name}.${key}`];
        if (kind) this.#add(kind, value, lineOf(attribute));
      } else if (value?.data?.estree) {
        const literal = expressionOf(value.data.estree);
        attributes[key] = literal && valueOf(literal);
        for (const { path, text, line } of literal ? textsOf(literal) : [])
          this.#literal(name, path, text, line);
      } else attributes[key] = true;
    }
    if (/^[A-Z]/.test(name)) this.#parts.push({ name, line: lineOf(node), attributes });
  }

  #literal(part: string, path: string, text: string, line: number): void {
    if (path.endsWith('.href')) return void this.#links.push({ href: text, line, around: '' });
    if (part === 'Sources') return this.#add('source', text, line);
    if (part === 'Remember') return this.#add('remember', text, line);
    if (path.endsWith('.text')) return this.#add('option', text, line);
    if (path.endsWith('.why')) return this.#add('why', text, line);
  }

  #add(kind: ProseKind, text: string, line: number): void {
    this.#prose.push(proseOf(kind, text, line));
  }
}

/** Attributes that a reader reads. */
const TEXT_ATTRIBUTES: Readonly<Record<string, ProseKind>> = { 'Check.question': 'question' };

const INLINE = new Set(['text', 'inlineCode', 'strong', 'emphasis', 'delete', 'link']);
/** Text that stands in a component without a paragraph of its own. */
const isInline = (node: TreeNode): boolean => INLINE.has(node.type);

/** A link that is worded as the command it runs. */
function isCommand({ name, attributes, children }: TreeNode): boolean {
  if (name !== 'Act') return false;
  const command = attributes?.find((attribute) => attribute.name === 'do')?.value;
  const words = (children ?? []).map(plain).join('');
  return typeof command === 'string' && command.startsWith('run ') && command.endsWith(words);
}

const expressionOf = (program: SyntaxNode): SyntaxNode | undefined => program.body?.[0]?.expression;

const linksIn = (node: TreeNode): readonly TreeNode[] =>
  node.type === 'link' ? [node] : (node.children ?? []).flatMap(linksIn);

const plain = (node: TreeNode): string => node.value ?? (node.children ?? []).map(plain).join('');

/** A text on one line of a file, its `code` taken out. */
export function proseOf(kind: ProseKind, text: string, line: number, path?: string): Prose {
  const bare = text.replaceAll(/`[^`]+`/g, CODE).replaceAll('**', '');
  const lines = Array.from({ length: bare.length }, () => line);
  return { kind, text: bare, lines, ...(path === undefined ? {} : { path }) };
}
