// `npm run lesson:lint [-- 2.3]`: prints FILE:LINE: sentence for everything that is wrong with the lessons.
import { findingText } from './lint';
import { lintContent } from './lint-content';
import { UsageError, type AuthorIo } from './io';
import { lessonFolders, lessonId } from './read-content';

export function lintCommand(ids: readonly string[], io: AuthorIo): number {
  const known = lessonFolders(io.root).map(lessonId);
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown !== undefined) throw new UsageError(`no lesson "${unknown}"; there is ${known.join(', ')}`);
  const found = lintContent(io.root, ids);
  for (const finding of found) io.out(`${findingText(finding)}\n`);
  const count = ids.length > 0 ? ids.length : known.length;
  const lessons = `${count} ${count === 1 ? 'lesson' : 'lessons'}`;
  io.out(found.length === 0 ? `${lessons}: nothing to mend\n` : `${lessons}: ${found.length} to mend\n`);
  return found.length === 0 ? 0 : 1;
}
