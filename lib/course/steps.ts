// The files that a lab starts with, and the steps of its solutions and wrong attempts as actions of the log.
import { setField } from '@/lib/sim/manifest-edit';
import type { ActionBody, FileTexts, Lab, LabFile, Lang, Step, World } from './types';

/** The editor's files at the lab's start, with comments in a language. */
export const startFiles = (
  lab: Lab,
  lang: Lang,
): readonly { readonly name: string; readonly text: string }[] =>
  lab.start.map((file) => ({ name: file.name, text: textIn(file, lang) }));

/** Files that the editor does not show. */
export const backgroundFiles = (
  lab: Lab,
  lang: Lang,
): readonly { readonly name: string; readonly text: string }[] =>
  (lab.background ?? []).map((file) => ({ name: file.name, text: textIn(file, lang) }));

const textIn = (file: LabFile, lang: Lang): string => file.translations?.[lang] ?? file.text;

/** A file that waits for the learner: nothing but comments. */
export const isComment = (text: string): boolean =>
  text.split('\n').every((line) => line.trim() === '' || line.trimStart().startsWith('#'));

/** The reference solutions of all tasks before one: from the lab's start they lead to the start of that task. */
export function stepsBefore(lab: Lab, task: string): readonly Step[] {
  const at = lab.tasks.findIndex((t) => t.id === task);
  return lab.tasks.slice(0, Math.max(at, 0)).flatMap((t) => lab.solution[t.id] ?? []);
}

/**
 * The action that a step stands for now. A field is set in the editor's text; if that text cannot be read, in the text that the
 * file had at the lab's start.
 */
export function resolveStep(
  step: Step,
  world: World,
  files: FileTexts,
  start: FileTexts,
  lang: Lang,
): ActionBody {
  if (typeof step === 'function') return step(world);
  if (step.kind === 'write') return { kind: 'apply', file: step.name, text: textIn(step, lang) };
  if (step.kind !== 'set') return step;
  const { file, path, value } = step;
  const text = [files.get(file), start.get(file)]
    .map((t) => (t === undefined ? undefined : setField(t, path, value)))
    .find((t) => t !== undefined);
  if (text === undefined) throw new Error(`lab step: ${path} cannot be set in ${file}`);
  return { kind: 'apply', file, text };
}
