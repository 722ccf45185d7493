// What a lesson page begins with: the files of its editor, and an address without a state in it.
import type { Memory } from '@/lib/workbench/memory';
import type { SourceFile } from '@/lib/workbench/protocol';

/** The lab's files with the learner's texts, and the files that he made. */
export function filesOf(ofLab: readonly SourceFile[], { files }: Memory): readonly SourceFile[] {
  const texts = new Map(files.map((file) => [file.name, file]));
  const own = ofLab.map((file) => texts.get(file.name) ?? file);
  // A file of the learner's own that was emptied is one that he deleted.
  const others = files.filter((file) => file.text !== '' && !own.some((one) => one.name === file.name));
  return [...own, ...others];
}

/** Takes the state out of the address, without a new entry in the browser's history. */
export function dropFragment(): void {
  const { pathname, search } = window.location;
  window.history.replaceState(window.history.state, '', pathname + search);
}

/** The task that an address' fragment leads to: #task-2 is the second. */
export function linkedTask(fragment: string, tasks: readonly string[]): string | null {
  const number = /^#task-(\d{1,3})$/.exec(fragment)?.[1];
  return number === undefined ? null : (tasks[Number(number) - 1] ?? null);
}
