import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { plannedLesson } from '@/lib/course/curriculum';
import { LABS } from '@/lib/course/labs';

const STAGES = 'content/stages';
const folders = readdirSync(STAGES).flatMap((stage) =>
  readdirSync(`${STAGES}/${stage}`).map((lesson) => `${stage}/${lesson}`),
);

test('every lesson folder has its page, at the address that its numbers say', () => {
  const expected = folders.map((folder) => {
    const [stage = '', lesson = ''] = folder.split('/');
    return {
      folder: `${STAGES}/${folder}`,
      id: `${Number.parseInt(stage, 10)}.${Number.parseInt(lesson, 10)}`,
    };
  });
  const registered = LABS.map(({ folder, lab }) => ({ folder, id: lab.id }));
  expect(registered).toEqual(expected);
});

test('every lesson stands in the curriculum', () => {
  for (const { lab } of LABS) expect(plannedLesson(lab.id)?.lesson.id).toBe(lab.id);
});
