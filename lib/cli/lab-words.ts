// Words of labs from the content folder, wherever the project was started from.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LabEntry } from '@/lib/course/labs';
import type { LabWords, Lang } from '@/lib/course/types';
import { parseLabWords } from '@/lib/course/words';

/** A lab's words; undefined if the content folder is not there. Throws on words that are not well formed. */
export function labWords({ folder }: Pick<LabEntry, 'folder'>, lang: Lang): LabWords | undefined {
  const root = projectRoot(folder);
  if (root === undefined) return undefined;
  const file = path.join(root, folder, `lab.${lang}.yaml`);
  if (!existsSync(file)) return undefined;
  const words = parseLabWords(path.join(folder, `lab.${lang}.yaml`), readFileSync(file, 'utf8'));
  if (!words.ok) throw new Error(words.error.join('\n'));
  return words.value;
}

/** The nearest folder above this file, or above the working directory, that has the content. */
function projectRoot(folder: string): string | undefined {
  for (const start of [path.dirname(fileURLToPath(import.meta.url)), process.cwd()])
    for (let at = start; ; at = path.dirname(at)) {
      if (existsSync(path.join(at, folder))) return at;
      if (path.dirname(at) === at) break;
    }
  return undefined;
}
