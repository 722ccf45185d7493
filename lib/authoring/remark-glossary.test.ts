// Which words of a lesson are explained on hover: the first of each term, in running text, the longest form, in both languages.
import { compile } from '@mdx-js/mdx';
import remarkGfm from 'remark-gfm';
import { describe, expect, test } from 'vitest';
import type { Glossary } from '@/lib/course/glossary';
import remarkGlossary, { hoverForms } from './remark-glossary.mjs';

const words = (term: string, also: readonly string[] = [], hover = true) => ({
  term,
  also,
  definition: '.',
  avoid: [],
  hover,
});
const GLOSSARY: Glossary = [
  { id: 'service', lesson: '1.2', en: words('Service', ['Services']), zh: words('Service') },
  { id: 'service-port', lesson: '1.4', en: words('Service port'), zh: words('Service 端口') },
  { id: 'endpoint', lesson: '1.3', en: words('endpoint', ['endpoints']), zh: words('端点') },
  { id: 'ready', lesson: '1.3', en: words('ready'), zh: words('就绪') },
  { id: 'probe', lesson: '1.3', en: words('readiness probe'), zh: words('就绪探针') },
  { id: 'kube-proxy', lesson: '1.2', en: words('kube-proxy'), zh: words('kube-proxy') },
  { id: 'watch', lesson: '2.1', en: words('watch', [], false), zh: words('监听', [], false) },
];

/** The words that become terms, in order, as "id:word". */
async function terms(text: string, file = 'lesson.en.mdx'): Promise<readonly string[]> {
  const page = await compile(
    { value: text, path: file },
    {
      jsx: true,
      remarkPlugins: [remarkGfm, [remarkGlossary, { forms: hoverForms(GLOSSARY) }]],
    },
  );
  return [...String(page).matchAll(/<Term id="([^"]+)" lang="\w+">\{?"?([^<"}]*)"?\}?<\/Term>/g)].map(
    ([, id, word]) => `${id}:${word}`,
  );
}
const zh = (text: string) => terms(text, 'lesson.zh.mdx');

describe('a term is explained', () => {
  test('where it stands first, and only there', async () => {
    expect(await terms('A Service has endpoints.\n\nThe Service and its endpoint.')).toEqual([
      'service:Service',
      'endpoint:endpoints',
    ]);
  });

  test('by its longest form', async () => {
    expect(await terms('The Service port of a Service.')).toEqual([
      'service-port:Service port',
      'service:Service',
    ]);
    expect(await zh('就绪探针失败，Pod 就不算就绪。')).toEqual(['probe:就绪探针', 'ready:就绪']);
  });

  test('in Chinese without gaps between words', async () => {
    expect(await zh('每个端点都有规则，kube-proxy 写的。')).toEqual([
      'endpoint:端点',
      'kube-proxy:kube-proxy',
    ]);
  });

  test('in lists, in bold text and inside parts that hold text', async () => {
    expect(await terms('- one **endpoint**\n\n<Callout>\n\nA Service.\n\n</Callout>')).toEqual([
      'endpoint:endpoint',
      'service:Service',
    ]);
  });
});

describe('a term is left alone', () => {
  test.each([
    ['in a heading', '## The Service'],
    ['in code', 'See `Service`.'],
    ['in a block of code', '```\nService\n```'],
    ['in a link', '[a Service](/en/learn/1.2)'],
    ['in an act', 'Do <Act do="chain X">the Service</Act>.'],
    ['in a summary', '<details>\n<summary>the Service</summary>\n</details>'],
    ['in a table', '| Service |\n| --- |\n| endpoint |'],
    ['inside another word', 'A ServiceAccount, endpointslices, un-ready, my-kube-proxy.'],
    ['that is also an ordinary word', 'Now watch.'],
  ])('%s', async (_, text) => {
    expect(await terms(text)).toEqual([]);
  });

  test('in a file that is no lesson in a language', async () => {
    expect(await terms('A Service.', 'README.mdx')).toEqual([]);
  });
});
