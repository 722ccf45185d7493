// What went wrong in a round of editing, and how the file of the next round tells it
// (k8s.io/kubectl pkg/cmd/util/editor/editoptions.go editResults, editHeader).
import { groupResource } from '../api/mapper';
import type { Failure } from '../run/errors';
import type { Info } from '../resources/info';

export interface Reason {
  readonly head: string;
  readonly others: readonly string[];
}

const OBJECT_HEAD = `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`;
const ANNOTATION_HEAD = `# Please edit the 'last-applied-configuration' annotations below.
# Lines beginning with a '#' will be ignored, and an empty file will abort the edit.
#
`;

const commented = (text: string): string => text.replaceAll('\n', '\n# ');

/** The comment above the object. */
export function headerText(reasons: readonly Reason[], annotation: boolean): string {
  const told = reasons.map(({ head, others }) => {
    const lines = others.map((other) => `# * ${commented(other)}\n`).join('');
    return `# ${commented(head)}${others.length > 0 ? ':' : ''}\n${lines}#\n`;
  });
  return (annotation ? ANNOTATION_HEAD : OBJECT_HEAD) + told.join('');
}

/** The outcome of one round. */
export class Results {
  readonly reasons: Reason[] = [];
  /** Objects to be edited again. */
  again = 0;
  retryable = 0;
  notFound = 0;

  /** Keeps an error; returns what is said of it at once. */
  add(error: Failure, { mapping, name }: Info): string {
    const what = `${groupResource(mapping)} "${name}"`;
    const { status } = error;
    if (status?.reason === 'Invalid') {
      this.again++;
      const causes = status.details?.causes ?? [];
      this.reasons.push({
        head: `${what} was not valid`,
        others: causes.map((c) => `${c.field ?? ''}: ${c.message ?? ''}`),
      });
      return `error: ${what} is invalid\n`;
    }
    if (status?.reason === 'NotFound') {
      this.notFound++;
      return `error: ${what} could not be found on the server\n`;
    }
    this.retryable++;
    return `error: ${what} could not be patched: ${error.message}\n`;
  }
}
