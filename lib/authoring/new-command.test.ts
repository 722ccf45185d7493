// A new lesson: its skeleton is a lesson whose lab replays and whose texts have nothing wrong but what is still to be filled in.
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { START_INSTANT } from '@/lib/course/log';
import { replayLab } from '@/lib/course/replay';
import type { Lab } from '@/lib/course/types';
import { parseLabWords, wordsFaults } from '@/lib/course/words';
import { Cluster } from '@/lib/sim';
import { Terminals } from '@/lib/terminal/terminals';
import { lintLesson } from './lint';
import { main } from './main';
import { courseContext, isLesson, readLessonFolder } from './read-content';
import { registerLab } from './register-lab';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDER = 'content/stages/3-production/01-external-traffic-policy';

let copy = '';
beforeEach(() => {
  copy = mkdtempSync(path.join(tmpdir(), 'lesson-'));
  cpSync(path.join(ROOT, 'content'), path.join(copy, 'content'), { recursive: true });
  cpSync(path.join(ROOT, 'lib/course/labs.ts'), path.join(copy, 'lib/course/labs.ts'));
});
afterEach(() => rmSync(copy, { recursive: true, force: true }));

function run(...words: string[]): { readonly code: number; readonly text: string } {
  let text = '';
  const put = (more: string): void => void (text += more);
  return { code: main(['new', ...words], { root: copy, out: put, err: put }), text };
}
const read = (file: string): string => readFileSync(path.join(copy, file), 'utf8');

describe('lesson:new', () => {
  test('writes the five files, registers the lab in the course’s order, and says what to do next', () => {
    const { code, text } = run('3.1', 'external-traffic-policy');
    expect(code).toBe(0);
    expect(text).toContain(FOLDER);
    expect(text).toContain('npm run lesson:preview -- 3.1');
    for (const file of ['lesson.en.mdx', 'lesson.zh.mdx', 'lab.en.yaml', 'lab.zh.yaml', 'lab.ts'])
      expect(existsSync(path.join(copy, FOLDER, file))).toBe(true);
    const labs = read('lib/course/labs.ts');
    expect(labs).toContain(`import { lab as externalTrafficPolicy } from '@/${FOLDER}/lab';`);
    expect(labs.indexOf(`{ lab: externalTrafficPolicy, folder: '${FOLDER}' },`)).toBeGreaterThan(
      labs.lastIndexOf("folder: 'content/stages/2-architecture"),
    );
  });

  test('the skeleton’s lab replays: its solution passes, its wrong attempt is refused by name', async () => {
    run('3.1', 'external-traffic-policy');
    const { lab } = (await import(path.join(copy, FOLDER, 'lab.ts'))) as { readonly lab: Lab };
    const cluster = Cluster.create({ k8s: '1.32', seed: 1, now: START_INSTANT });
    const lines = replayLab(lab, { cluster, terminals: (files) => new Terminals(cluster, files) }, 'zh');
    expect(lines.filter(({ fault }) => fault !== undefined)).toEqual([]);
    for (const lang of ['zh', 'en'] as const) {
      const words = parseLabWords('words', read(`${FOLDER}/lab.${lang}.yaml`));
      expect(words.ok && wordsFaults(lab, words.value)).toEqual([]);
    }
  });

  test('the linter finds what is still to be filled in, and nothing else but the length', async () => {
    run('3.1', 'external-traffic-policy');
    const { lab } = (await import(path.join(copy, FOLDER, 'lab.ts'))) as { readonly lab: Lab };
    const lesson = readLessonFolder(copy, FOLDER, [{ folder: FOLDER, lab }]);
    if (!isLesson(lesson)) throw new Error(JSON.stringify(lesson));
    const other = lintLesson(lesson, courseContext([], ['3.1'])).filter(
      ({ sentence }) => !/^TODO:|^minutes: /.test(sentence),
    );
    expect(other).toEqual([]);
  });

  test.each([
    [['3.1'], 'needs a lesson’s number and a name'],
    [['9.9', 'x'], 'the course has no lesson "9.9"'],
    [['3.1', 'Über Alles'], '"Über Alles" is no name for a folder'],
    [['3.1', '../../etc'], 'is no name for a folder'],
    [['2.3', 'chains'], 'lesson 2.3 exists: content/stages/2-architecture/03-iptables-chains'],
  ])('%j is refused in one sentence, and nothing is written', (words, sentence) => {
    const before = read('lib/course/labs.ts');
    const { code, text } = run(...words);
    expect(code).toBe(2);
    expect(text).toContain(`lesson:new: `);
    expect(text).toContain(sentence);
    expect(text.trim().split('\n')).toHaveLength(1);
    expect(read('lib/course/labs.ts')).toBe(before);
  });
});

describe('the list of labs', () => {
  const LIST = `import { lab as b } from '@/content/stages/1-basics/02-b/lab';\n\nexport const LABS = [\n  { lab: b, folder: 'content/stages/1-basics/02-b' },\n];\n`;

  test('a lab that comes before is put before', () => {
    const text = registerLab(LIST, 'content/stages/1-basics/01-a');
    expect(text?.split('\n')[0]).toBe("import { lab as a } from '@/content/stages/1-basics/01-a/lab';");
    expect(text).toContain("  { lab: a, folder: 'content/stages/1-basics/01-a' },\n  { lab: b,");
  });

  test('a name that is taken gets another', () => {
    expect(registerLab(LIST, 'content/stages/3-production/04-b')).toContain('lab as b3');
  });

  test('a list of another form is left alone', () => {
    expect(registerLab('export const LABS = readAll();\n', 'content/stages/1-basics/01-a')).toBeUndefined();
  });
});
