// Rounds of editing: the file is opened, read, checked and sent; what is wrong with it opens it again with the reasons above
// (k8s.io/kubectl pkg/cmd/util/editor/editoptions.go Run).
import { sameJson } from '@/lib/kube/api/json';
import type { Steps } from '../../../types';
import type { KubeJson } from '../api/client';
import { jsonText, sortedKeys } from '../print/json';
import { noPrinter, withoutManaged } from '../print/printer';
import { yamlText } from '../print/yaml';
import { Exit, Failure } from '../run/errors';
import type { Session } from '../run/session';
import { validationOf } from '../run/write-options';
import { documentsOf, yamlDocument } from '../resources/documents';
import { infosOf } from '../resources/files';
import type { Info } from '../resources/info';
import { documentProblem } from '../resources/schema-check';
import { edited, temporaryFile } from './editor';
import { headerText, Results } from './results';

export interface Rounds {
  /** It is the annotation that is edited. */
  readonly annotation?: boolean;
  /** Does with the edited objects what the command is for; errors that another round can mend go into `results`. */
  send(updated: readonly Info[], results: Results): void;
}

/** Lets the objects be edited until what was saved was taken, or nothing was changed. */
export function* editRounds(k: Session, infos: readonly Info[], rounds: Rounds): Steps<number> {
  const json = formatOf(k) === 'json';
  let results = new Results();
  let previous: string | undefined;
  let file = '';
  for (;;) {
    const header = json ? '' : headerText(results.reasons, rounds.annotation === true);
    const original = shownText(k, infos, json);
    const opened = header + (previous === undefined ? original : withoutComments(previous));
    const next = temporaryFile(k, json ? '.json' : '.yaml');
    let text: string;
    try {
      text = yield* edited(k, next, opened);
    } catch (error) {
      throw kept(k, file, error);
    }
    if (previous !== undefined && sameContent(previous, text))
      throw kept(k, next, new Failure('Edit cancelled, no valid changes were saved.'));
    if (file !== '') k.context.files.remove(file);
    file = next;
    results = new Results();
    const problem = validationOf(k) === 'Ignore' ? undefined : problemOf(text);
    if (problem !== undefined && infos[0]) {
      k.err(results.add(notValid(problem), infos[0]));
      previous = text;
      continue;
    }
    if (sameContent(original, text)) return cancelled(k, file, 'no changes made');
    if (withoutComments(text).trim() === '') return cancelled(k, file, 'saved file was empty');
    const updated = updatedInfos(k, text);
    if (updated instanceof Failure) {
      results.reasons.push({ head: `The edited file had a syntax error: ${updated.message}`, others: [] });
      previous = text;
      continue;
    }
    try {
      checkNamespaces(k, updated);
      rounds.send(updated, results);
    } catch (error) {
      throw kept(k, file, error);
    }
    if (results.retryable > 0)
      throw new Exit(`You can run \`kubectl replace -f ${file}\` to try this update again.\n`);
    if (results.notFound > 0)
      throw new Exit(`The edits you made on deleted resources have been saved to "${file}"\n`);
    if (results.again === 0) {
      k.context.files.remove(file);
      return 0;
    }
    previous = text;
  }
}

/** `-o` of an edit is the language of the file too. */
function formatOf(k: Session): string {
  const format = k.flags.text('output');
  if (!['', 'yaml', 'json'].includes(format)) throw noPrinter(format, ['json', 'yaml']);
  return format;
}

function shownText(k: Session, infos: readonly Info[], json: boolean): string {
  const objects = infos.map((info) => withoutManaged(k, info.object));
  const [first] = objects;
  const shown =
    objects.length === 1 && first ? first : { apiVersion: 'v1', items: objects, kind: 'List', metadata: {} };
  return json ? `${jsonText(sortedKeys(shown))}\n` : yamlText(shown);
}

const withoutComments = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !line.trim().startsWith('#'))
    .join('\n');

/** Whether two texts say the same, comments aside. */
function sameContent(a: string, b: string): boolean {
  const [x, y] = [yamlDocument(a), yamlDocument(b)];
  if (x instanceof Failure || y instanceof Failure) return withoutComments(a) === withoutComments(b);
  return sameJson(x, y);
}

/** What validation says of a text before it is sent. */
function problemOf(text: string): string | undefined {
  const value = yamlDocument(withoutComments(text));
  if (value instanceof Failure) return value.message.replace('error converting YAML to JSON: ', '');
  return documentProblem(value);
}

function notValid(problem: string): Failure {
  const message = `Invalid value: "The edited file failed validation": ${problem}`;
  return new Failure(message, {
    reason: 'Invalid',
    message,
    details: { causes: [{ field: '<nil>', message }] },
  });
}

function updatedInfos(k: Session, text: string): readonly Info[] | Failure {
  try {
    return documentsOf(withoutComments(text)).flatMap((value) => {
      if (value instanceof Failure) throw value;
      return infosOf(k, { source: 'edited-file', value });
    });
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

function checkNamespaces(k: Session, infos: readonly Info[]): void {
  const other = infos.find((i) => i.mapping.namespaced && i.namespace !== k.namespace);
  if (other)
    throw new Failure(
      `the namespace from the provided object "${other.namespace}" does not match the namespace "${k.namespace}". You must pass '--namespace=${other.namespace}' to perform this operation.`,
    );
}

function cancelled(k: Session, file: string, why: string): number {
  k.context.files.remove(file);
  k.err(`Edit cancelled, ${why}.\n`);
  return 0;
}

/** What ends the edit, after it is said where the changes are. */
function kept(k: Session, file: string, error: unknown): unknown {
  if (file !== '') k.err(`A copy of your changes has been stored to "${file}"\n`);
  return error;
}

/** The object with the fields that the editor does not show. */
export const withManaged = (object: KubeJson, original: KubeJson): KubeJson =>
  original.metadata['managedFields'] === undefined
    ? object
    : { ...object, metadata: { ...object.metadata, managedFields: original.metadata['managedFields'] } };
