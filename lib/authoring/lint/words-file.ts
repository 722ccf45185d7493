// A lab's words (lab.zh.yaml, lab.en.yaml) as the linter sees them: each text with the line on which it begins.
import { LineCounter, isMap, isScalar, isSeq, parseDocument, type Node } from 'yaml';
import type { Lang } from '@/lib/course/types';
import { proseOf } from './mdx';
import type { Prose, WordsText } from './types';

/** Reads a words file; what is no YAML has no text (lib/course/words.ts says what is wrong with it). */
export function readWords(file: string, lang: Lang, text: string): WordsText {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  const prose: Prose[] = [];
  const places = new Map<string, number>();
  const visit = (node: unknown, path: string): void => {
    const line = counter.linePos((node as Node | null)?.range?.[0] ?? 0).line;
    places.set(path, line);
    if (isMap(node))
      for (const { key, value } of node.items)
        visit(value, `${path === '' ? '' : `${path}.`}${String(isScalar(key) ? key.value : key)}`);
    else if (isSeq(node)) for (const [i, item] of node.items.entries()) visit(item, `${path}[${i}]`);
    else if (isScalar(node) && typeof node.value === 'string')
      prose.push(proseOf('words', node.value, line, path));
  };
  visit(document.contents, '');
  return { file, lang, prose, places };
}
