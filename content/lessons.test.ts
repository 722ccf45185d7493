// Every lesson in both languages: it compiles, has the same parts in the same order, and speaks of a lab that exists.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile } from '@mdx-js/mdx';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { MY_WEB_SERVICE } from '@/lib/course/lab-files';
import { LABS } from '@/lib/course/labs';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const STAGES = path.join(ROOT, 'content/stages');
const folders = readdirSync(STAGES).flatMap((stage) =>
  readdirSync(path.join(STAGES, stage)).map((lesson) => path.join('content/stages', stage, lesson)),
);

const KNOWN = ['Act', 'Callout', 'Check', 'LiveRule', 'Predict', 'Remember', 'Sources', 'Task', 'TaskList'];
const read = (folder: string, lang: string): string =>
  readFileSync(path.join(ROOT, folder, `lesson.${lang}.mdx`), 'utf8');
const frontmatter = (text: string): Readonly<Record<string, unknown>> =>
  parse(text.split('---\n')[1] ?? '') as Record<string, unknown>;
const components = (text: string): string[] =>
  [...text.matchAll(/<([A-Z]\w*)((?:\s+\w+=(?:"[^"]*"|\{\d+\}))*)/g)].map(([, name = '', attributes = '']) =>
    ['Check', 'Remember', 'Sources'].includes(name) ? name : `${name}${attributes}`.replaceAll(/\s+/g, ' '),
  );

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
  const lab = LABS.find((entry) => entry.folder === folder)?.lab;

  test.each(['zh', 'en'] as const)('%s compiles and uses known parts', async (lang) => {
    await compile(texts[lang], { remarkPlugins: [remarkGfm, remarkFrontmatter] });
    for (const part of components(texts[lang])) expect(KNOWN).toContain(part.split(' ')[0]);
  });

  test('both languages have the same parts in the same order', () => {
    expect(components(texts.zh)).toEqual(components(texts.en));
  });

  test('both languages have the same head', () => {
    const [zh, en] = [frontmatter(texts.zh), frontmatter(texts.en)];
    expect(Object.keys(zh)).toEqual(['title', 'summary', 'minutes', 'audience', 'prerequisites']);
    expect(Object.keys(en)).toEqual(Object.keys(zh));
    expect([zh['minutes'], zh['prerequisites']]).toEqual([en['minutes'], en['prerequisites']]);
  });

  test.each(['zh', 'en'] as const)('%s has the order of a lesson', (lang) => {
    const names = components(texts[lang]).map((part) => part.split(' ')[0] ?? '');
    expect(names.indexOf('Predict')).toBeLessThan(names.indexOf('Act'));
    expect(names.indexOf('Act')).toBeLessThan(names.indexOf('Check'));
    expect(names.slice(-2)).toEqual(['Remember', 'Sources']);
    expect(texts[lang].match(/<Remember\s+items=\{\[\n(.*\n){3} {2}\]\}/)).not.toBeNull();
  });

  test.each(['zh', 'en'] as const)(
    '%s: every question has one right answer and a reason for each option',
    (lang) => {
      for (const [check] of texts[lang].matchAll(/<Check[\s\S]*?\/>/g)) {
        expect(check.match(/correct: true/g)).toHaveLength(1);
        expect(check.match(/\bwhy:/g)?.length).toBe(check.match(/\btext:/g)?.length);
      }
    },
  );

  test('its lab has its files, predictions and words', () => {
    expect(lab).toBeDefined();
    const parts = components(texts.en);
    const asked = parts.flatMap((part) => /^Predict id="([^"]+)"/.exec(part)?.[1] ?? []);
    expect(asked).toEqual(Object.keys(lab?.predictions ?? {}));
    for (const part of parts) {
      const file = /^Act do="(?:un)?set (\S+) /.exec(part)?.[1];
      if (file !== undefined) expect(lab?.start.map((f) => f.name)).toContain(file);
    }
    for (const lang of ['zh', 'en'])
      expect(existsSync(path.join(ROOT, folder, `lab.${lang}.yaml`))).toBe(true);
  });

  test.each(['zh', 'en'] as const)('%s: sources are https addresses', (lang) => {
    const hrefs = [...texts[lang].matchAll(/href: '([^']+)'/g)].map((m) => m[1] ?? '');
    expect(hrefs.length).toBeGreaterThan(1);
    for (const href of hrefs) expect(href).toMatch(/^https:\/\/[\w.-]+\/\S+$/);
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
