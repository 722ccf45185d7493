// Which editor opens a file, and how: k8s.io/kubectl pkg/cmd/util/editor/editor.go.
import type { Steps } from '../../../types';
import { goQuote } from '../print/go-quote';
import { Exit, Failure } from '../run/errors';
import type { Session } from '../run/session';

/** Editors of a screen. Here it is the page's editor that opens. */
const SCREEN_EDITORS = ['vi', 'vim', 'nano', 'emacs', 'code'];

interface Editor {
  readonly words: readonly string[];
  /** The last word is a line for a shell: it has quotes or backslashes in it. */
  readonly shell: boolean;
}

/** KUBE_EDITOR, EDITOR, or vi. */
function editorOf({ context: { env } }: Session): Editor {
  const given = [env['KUBE_EDITOR'], env['EDITOR']].find((text) => text !== undefined && text !== '') ?? 'vi';
  if (!/["'\\]/.test(given)) return { words: given.split(' '), shell: false };
  return { words: [env['SHELL'] || '/bin/bash', '-c', given], shell: true };
}

/** Writes the text into a file, opens it, and returns the text as it was left there. */
export function* edited(k: Session, path: string, text: string): Steps<string> {
  const { files } = k.context;
  const { words, shell } = editorOf(k);
  const [program = ''] = words;
  if (!files.write(path, text)) throw new Failure(`open ${path}: permission denied`);
  if (SCREEN_EDITORS.includes(program)) {
    const saved = yield* k.step({ kind: 'edit', name: path, text });
    if (saved === undefined)
      throw new Exit(
        'error: there is no editor in this terminal: set KUBE_EDITOR to a command that changes the file, or use kubectl apply or patch\n',
      );
    files.write(path, saved);
    return saved;
  }
  yield* k.flush();
  const missing = shell ? undefined : k.context.unstartable(program);
  if (missing === 'not-in-path') throw new Failure(`unable to launch the editor ${goQuote(words.join(' '))}`);
  const run = shell
    ? k.context.script(`${words.at(-1) ?? ''} ${goQuote(path)}`)
    : k.context.child([...words, path]);
  if (missing !== undefined || (yield* run) !== 0)
    throw new Failure(`there was a problem with the editor ${goQuote(words.join(' '))}`);
  return files.read(path) ?? '';
}

/** A name in /tmp that nothing has yet. */
export function temporaryFile({ context: { files }, now }: Session, extension: string): string {
  for (let number = now % 1e10; ; number++) {
    const path = `/tmp/kubectl-edit-${String(number).padStart(10, '1')}${extension}`;
    if (files.kind(path) === undefined) return path;
  }
}
