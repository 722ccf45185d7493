// The course as it stands, read and linted as `npm run lesson:lint` does it, and content that cannot be read.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { main } from './main';
import { readGlossary } from './read-content';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const LESSON = 'content/stages/1-basics/02-first-service';

let copy = '';
beforeEach(() => {
  copy = mkdtempSync(path.join(tmpdir(), 'lint-'));
  cpSync(path.join(ROOT, LESSON), path.join(copy, LESSON), { recursive: true });
  cpSync(
    path.join(ROOT, 'content/stages/2-architecture/03-iptables-chains'),
    path.join(copy, 'content/stages/2-architecture/03-iptables-chains'),
    { recursive: true },
  );
  cpSync(path.join(ROOT, 'content/glossary.yaml'), path.join(copy, 'content/glossary.yaml'));
});
afterEach(() => rmSync(copy, { recursive: true, force: true }));

const change = (file: string, to: (text: string) => string): void => {
  const full = path.join(copy, file);
  writeFileSync(full, to(readFileSync(full, 'utf8')));
};

function lint(root: string, ...ids: string[]): { readonly code: number; readonly text: string } {
  let text = '';
  const put = (more: string): void => void (text += more);
  return { code: main(['lint', ...ids], { root, out: put, err: put }), text };
}

test('the glossary of the course has enough terms, and keeps to its own rules', () => {
  const glossary = readGlossary(ROOT);
  expect(glossary.ok && glossary.value.length).toBeGreaterThanOrEqual(60);
  expect(
    lint(ROOT)
      .text.split('\n')
      .filter((line) => line.startsWith('content/glossary')),
  ).toEqual([]);
});

describe('lesson:lint', () => {
  test('a fault is printed with file, line and a sentence, and the exit code says so', () => {
    change(`${LESSON}/lesson.en.mdx`, (text) => text.replace('Do it', 'Simply do it'));
    const { code, text } = lint(copy, '1.2');
    expect(code).toBe(1);
    expect(text).toMatch(/^content\/stages\/1-basics\/02-first-service\/lesson\.en\.mdx:15: "Simply"/);
    expect(text).toMatch(/1 lesson: 1 to mend\n$/);
  });

  test('a text that is no MDX is told with the line on which it breaks', () => {
    change(`${LESSON}/lesson.en.mdx`, (text) => text.replace('<TaskList />', '<TaskList'));
    expect(lint(copy, '1.2').text).toMatch(/lesson\.en\.mdx:\d+: cannot be read: /);
  });

  test('a file that is missing is named', () => {
    rmSync(path.join(copy, LESSON, 'lab.zh.yaml'));
    expect(lint(copy, '1.2').text).toContain(`${LESSON}/lab.zh.yaml:1: this file is missing`);
  });

  test('a glossary that cannot be read is told', () => {
    change('content/glossary.yaml', (text) => text.replace("lesson: '1.2'", "lesson: 'one'"));
    expect(lint(copy)).toMatchObject({
      code: 1,
      text: expect.stringContaining('service: lesson is missing') as string,
    });
  });

  test('a definition is held to the rules of the texts', () => {
    change('content/glossary.yaml', (text) => text.replace('One name and one address', 'Just one name'));
    expect(lint(copy).text).toMatch(/content\/glossary\.yaml:\d+: "Just"/);
  });

  test('a lesson that does not exist is refused', () => {
    expect(lint(copy, '9.9')).toEqual({ code: 2, text: 'lesson:lint: no lesson "9.9"; there is 1.2, 2.3\n' });
  });
});
