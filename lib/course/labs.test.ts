// Every lab × every version × both languages: the start solves nothing, the reference solution solves task after task, each
// wrong attempt is refused with the mistake it names, and whatever a learner is told has words.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { CATALOGUES } from '@/lib/i18n/catalogue';
import { formatMessage, placeholders } from '@/lib/i18n/format';
import type { K8sVersion } from '@/lib/kube/versions';
import { Cluster } from '@/lib/sim';
import { Terminals } from '@/lib/terminal/terminals';
import { LABS, labById } from './labs';
import { START_INSTANT } from './log';
import { replayLab, type ReplayLine, type Stage } from './replay';
import { LabRun } from './runtime';
import { startFiles } from './steps';
import type { Lab, LabWords, Lang } from './types';
import { parseLabWords, wordsFaults } from './words';

/** A replay that takes longer hangs; large labs have thousands of objects, and machines are shared. */
const REPLAY_MS = { normal: 20_000, large: 120_000 } as const;
const ROOT = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const LANGS: readonly Lang[] = ['zh', 'en'];

function wordsOf(folder: string, lang: Lang): LabWords {
  const file = path.join(folder, `lab.${lang}.yaml`);
  const words = parseLabWords(file, readFileSync(path.join(ROOT, file), 'utf8'));
  if (!words.ok) throw new Error(words.error.join('\n'));
  return words.value;
}

const cluster = (lab: Lab, k8s = lab.versions.at(-1) ?? '1.32'): Cluster =>
  Cluster.create({ k8s, seed: 1, now: START_INSTANT });

/** A cluster with terminals, as the page has them. */
function stage(lab: Lab, k8s?: K8sVersion): Required<Stage> & { readonly cluster: Cluster } {
  const own = cluster(lab, k8s);
  return { cluster: own, terminals: (files) => new Terminals(own, files) };
}
const begin = (lab: Lab): LabRun => {
  const { cluster: own, terminals } = stage(lab);
  return new LabRun(lab, own, 'en', terminals);
};

test('labs are found by id', () => {
  for (const { lab } of LABS) expect(labById(lab.id)).toBe(lab);
  expect(labById('0.0')).toBeUndefined();
});

describe.each(LABS)('lab $lab.id', ({ lab, folder }) => {
  test.each(LANGS)('words in %s are complete', (lang) => {
    expect(wordsFaults(lab, wordsOf(folder, lang))).toEqual([]);
  });

  test('both languages have the same ids, and as many options', () => {
    const shape = (words: LabWords): unknown => [
      Object.keys(words.tasks),
      Object.keys(words.mistakes),
      Object.keys(words.reasons),
      Object.entries(words.predictions).map(([id, p]) => [id, p.options.length]),
      Object.keys(words.journeys ?? {}),
      Object.entries(words.orders ?? {}).map(([id, o]) => [id, o.items.length]),
      Object.entries(words.reasons).map(([id, text]) => [id, placeholders(text)]),
    ];
    expect(shape(wordsOf(folder, 'zh'))).toEqual(shape(wordsOf(folder, 'en')));
  });

  test('every task has a solution; each wrong attempt names a task and a mistake that exist', () => {
    expect(Object.keys(lab.solution)).toEqual(lab.tasks.map((t) => t.id));
    for (const { failsAt, mistake } of lab.wrong) {
      const task = lab.tasks.find((t) => t.id === failsAt);
      expect(task).toBeDefined();
      if (mistake !== undefined) expect(task?.mistakes?.map((m) => m.id)).toContain(mistake);
    }
    expect(lab.wrong.filter((w) => w.mistake !== undefined).length).toBeGreaterThanOrEqual(1);
  });

  test('every mistake that has a name is made by a wrong attempt', () => {
    const made = new Set(lab.wrong.map((w) => w.mistake));
    expect(lab.tasks.flatMap((t) => t.mistakes ?? []).filter((m) => !made.has(m.id))).toEqual([]);
  });

  test('files differ between languages in comments only', () => {
    const bare = (lang: Lang): unknown =>
      startFiles(lab, lang).map((f) => f.text.replaceAll(/\s*#.*$/gm, ''));
    expect(bare('zh')).toEqual(bare('en'));
  });

  describe.each(lab.versions)('v%s', (k8s) => {
    describe.each(LANGS)('%s', (lang) => {
      let lines: readonly ReplayLine[] = [];
      beforeAll(
        () => {
          lines = replayLab(lab, stage(lab, k8s), lang);
        },
        REPLAY_MS[lab.size ?? 'normal'],
      );

      test('solution and wrong attempts replay as the lab says', () => {
        expect(lines.filter((l) => l.fault !== undefined)).toEqual([]);
        expect(lines).toHaveLength(
          1 + lab.tasks.length * (1 + (lab.otherWays?.length ?? 0)) + lab.wrong.length,
        );
      });

      test('whatever the learner is told has words', () => {
        const words = wordsOf(folder, lang);
        const shared: Readonly<Record<string, string>> = CATALOGUES[lang].course;
        for (const { told } of lines) {
          if (!told?.reason) continue;
          const text = words.reasons[told.reason.code] ?? shared[told.reason.code];
          expect([told.reason.code, text]).not.toEqual([told.reason.code, undefined]);
          expect(formatMessage(lang, text ?? '', told.reason.params)).not.toMatch(/[{}]/);
          const mistake = words.mistakes[told.mistake ?? ''] ?? '';
          expect(formatMessage(lang, mistake, told.reason.params)).not.toMatch(/[{}]/);
        }
      });
    });
  });

  test('the start of every task can be come back to', () => {
    const run = begin(lab);
    for (const [i, task] of lab.tasks.entries()) {
      run.reset(task.id);
      expect(run.tasks.map((t) => t.done)).toEqual(lab.tasks.map((_, j) => j < i));
    }
    run.reset();
    expect(run.tasks.some((t) => t.done)).toBe(false);
  });

  test('a history leads to the same state again', () => {
    const run = begin(lab);
    for (const task of lab.tasks) for (const step of lab.solution[task.id] ?? []) run.play(step);
    const again = begin(lab);
    for (const { at: _at, ...action } of run.log) again.perform(action);
    expect(again.tasks).toEqual(run.tasks);
    expect(again.world.list('Pod')).toEqual(run.world.list('Pod'));
  });
});
