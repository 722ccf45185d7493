// Every lesson in both languages: it compiles, uses known parts, and the content linter (lib/authoring/lint) finds nothing in it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile } from '@mdx-js/mdx';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import { describe, expect, test } from 'vitest';
import { findingText } from '@/lib/authoring/lint';
import { lintContent } from '@/lib/authoring/lint-content';
import { lessonId } from '@/lib/authoring/read-content';
import { MY_WEB_SERVICE } from '@/lib/course/lab-files';
import { LABS } from '@/lib/course/labs';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const STAGES = path.join(ROOT, 'content/stages');
const folders = readdirSync(STAGES).flatMap((stage) =>
  readdirSync(path.join(STAGES, stage)).map((lesson) => path.join('content/stages', stage, lesson)),
);

const KNOWN = [
  'Act',
  'Backing',
  'Callout',
  'Check',
  'DiscoveryFlow',
  'FlowStep',
  'Journey',
  'LiveRule',
  'Order',
  'Predict',
  'Remember',
  'Since',
  'ServiceScale',
  'Sources',
  'Task',
  'TaskList',
  'Until',
  'WatchCost',
];
const read = (folder: string, lang: string): string =>
  readFileSync(path.join(ROOT, folder, `lesson.${lang}.mdx`), 'utf8');
const components = (text: string): string[] =>
  [...text.matchAll(/<([A-Z]\w*)/g)].map(([, name = '']) => name);

/** The YAML of the document that the course is based on. */
const SOURCE = `apiVersion: v1
kind: Service
metadata:
  name: my-web-service
spec:
  selector:
    app: my-web-app
  ports:
    - protocol: TCP
      port: 80         # Service 暴露的端口
      targetPort: 8080 # 后端 Pod 的业务端口
  type: ClusterIP      # 默认类型，仅集群内部访问
`;

test('lesson 1.2 has the source document’s YAML, character for character', () => {
  const block = '```yaml\n' + SOURCE + '```\n';
  for (const lang of ['zh', 'en'])
    expect(read('content/stages/1-basics/02-first-service', lang)).toContain(block);
  expect(MY_WEB_SERVICE.zh).toBe(SOURCE);
});

test('there are lessons', () => {
  expect(folders.length).toBeGreaterThan(0);
});

describe.each(folders)('%s', (folder) => {
  const texts = { zh: read(folder, 'zh'), en: read(folder, 'en') };

  test.each(['zh', 'en'] as const)('%s compiles and uses known parts', async (lang) => {
    const page = await compile(texts[lang], { remarkPlugins: [remarkGfm, remarkFrontmatter] });
    // Emphasis that ends with punctuation and is followed by a letter is none: "**好。**Pod". Put the mark before the full stop.
    expect(String(page).match(/.{12}\*\*.{6}/g)).toBeNull();
    for (const part of components(texts[lang])) expect(KNOWN).toContain(part);
  });

  test('the linter finds nothing: both languages equal, questions, sources, words, Chinese typesetting', () => {
    expect(lintContent(ROOT, [lessonId(folder)]).map(findingText)).toEqual([]);
  });

  test('its lab has its words', () => {
    expect(LABS.some((entry) => entry.folder === folder)).toBe(true);
    for (const lang of ['zh', 'en'])
      expect(existsSync(path.join(ROOT, folder, `lab.${lang}.yaml`))).toBe(true);
  });

  test('Chinese text has a space between Chinese and Latin, and no half-width punctuation after Chinese', () => {
    const words = ['lesson.zh.mdx', 'lab.zh.yaml']
      .map((file) => readFileSync(path.join(ROOT, folder, file), 'utf8'))
      .join('\n');
    const tight = [...words.matchAll(/[\p{Script=Han}][A-Za-z0-9`]|[A-Za-z0-9`][\p{Script=Han}]/gu)].map(
      (m) => words.slice(m.index - 8, m.index + 10),
    );
    expect(tight).toEqual([]);
    expect(
      [...words.matchAll(/[\p{Script=Han}][,;!?]/gu)].map((m) => words.slice(m.index - 8, m.index + 8)),
    ).toEqual([]);
    expect(words).not.toMatch(/您|进行了|我们来看/);
  });
});
