// `npm run lesson:new -- 3.1 external-traffic-policy`: a folder with the five files of a lesson, entered into the list of labs.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { neighbours, plannedLesson } from '@/lib/course/curriculum';
import { UsageError, type AuthorIo } from './io';
import { lessonFolders, lessonId, STAGES } from './read-content';
import { registerLab } from './register-lab';
import { skeleton } from './skeleton';

const LABS = 'lib/course/labs.ts';
/** Folders of stages that have no lesson yet. */
const STAGE_NAMES = ['1-basics', '2-architecture', '3-production', '4-operations', '5-security'];

export function newCommand(args: readonly string[], io: AuthorIo): number {
  const [id = '', name = '', ...rest] = args;
  if (id === '' || name === '' || rest.length > 0)
    throw new UsageError(
      'needs a lesson’s number and a name: npm run lesson:new -- 3.1 external-traffic-policy',
    );
  const planned = plannedLesson(id);
  if (!planned)
    throw new UsageError(
      `the course has no lesson "${id}"; lib/course/curriculum.ts lists those that it has`,
    );
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.length > 40)
    throw new UsageError(
      `"${name}" is no name for a folder; use up to 40 small letters, digits and hyphens, such as external-traffic-policy`,
    );
  const there = lessonFolders(io.root).find((folder) => lessonId(folder) === id);
  if (there !== undefined) throw new UsageError(`lesson ${id} exists: ${there}`);

  const folder = `${STAGES}/${stageFolder(io.root, id)}/${lessonNumber(id)}-${name}`;
  const labs = registerLab(readFileSync(path.join(io.root, LABS), 'utf8'), folder);
  if (labs === undefined)
    throw new UsageError(`${LABS} has another form than this command knows; nothing was written`);
  const files = skeleton({ id, title: planned.lesson.title, before: neighbours(id).before?.id });
  mkdirSync(path.join(io.root, folder), { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(io.root, folder, file), text);
  writeFileSync(path.join(io.root, LABS), labs);
  io.out(nextSteps(id, folder, Object.keys(files)));
  return 0;
}

function stageFolder(root: string, id: string): string {
  const number = id.split('.')[0] ?? '';
  const existing = existsSync(path.join(root, STAGES)) ? readdirSync(path.join(root, STAGES)) : [];
  return [...existing, ...STAGE_NAMES].find((name) => name.startsWith(`${number}-`)) ?? number;
}

const lessonNumber = (id: string): string => (id.split('.')[1] ?? '').padStart(2, '0');

const nextSteps = (
  id: string,
  folder: string,
  files: readonly string[],
): string => `Lesson ${id} is in ${folder}:
${files.map((file) => `  ${file}\n`).join('')}
What to do, best in this order:
  1. npm run lesson:preview -- ${id}    shows it in the browser as you write
  2. lesson.en.mdx and lesson.zh.mdx: put your own text in place of every TODO
  3. lab.ts: start, tasks with their checks, solution, wrong attempts; lab.*.yaml: their words
  4. npm run lesson:lint -- ${id}       says what is missing, with file and line
  5. npm run ksvc -- lab replay ${id}   plays the solution and the wrong attempts
  6. content/seed-table.yaml: the facts that this lesson teaches
docs/authors.md (docs/authors.zh.md in Chinese) explains each step.
`;
