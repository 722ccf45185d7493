// Programs over files: ls, mkdir, rmdir, rm, cp, mv, touch, base64, sha256sum, find (-name, -type), basename, dirname; vi and nano hand
// over to the page's editor.
import { sha256 } from '@noble/hashes/sha2.js';
import {
  EVERYWHERE,
  failed,
  type Command,
  type CommandContext,
  type Files,
  type Process,
  type Result,
} from '../../types';
import { folderOf } from '../../files/path';
import { strftime } from '../../text/dates';
import { matchesGlob, parseGlob } from '../../shell/glob';
import { inputs, joined, readOptions } from './options';

const command = (
  name: string,
  summary: string,
  run: (context: CommandContext) => Result | Process,
  reads: Command['reads'] = 'none',
): Command => ({ name, summary, on: EVERYWHERE, reads, run });

function ls({ args, files, cluster }: CommandContext): Result {
  const options = readOptions('ls', args, {
    flags: 'laA1hRtrdFi',
    long: { all: 'a', 'color=': '_' },
    exit: 2,
  });
  if ('exit' in options) return options;
  const { flags, rest } = options;
  const errors: string[] = [];
  const shown = (name: string, path: string): string => {
    if (!flags.has('l')) return name;
    const folder = files.kind(path) === 'folder';
    const size = folder ? 4096 : new TextEncoder().encode(files.read(path) ?? '').length;
    return `${folder ? 'drwxr-xr-x 2' : '-rw-r--r-- 1'} root root ${String(size).padStart(5)} ${strftime('%b %e %H:%M', cluster.now)} ${name}`;
  };
  const blocks: string[] = [];
  const plainFiles: string[] = [];
  for (const path of rest.length ? rest : ['.']) {
    const kind = files.kind(path);
    if (!kind) errors.push(`ls: cannot access '${path}': No such file or directory`);
    else if (kind === 'file' || flags.has('d')) plainFiles.push(shown(path, path));
    else {
      const names = files.list(path).filter((n) => flags.has('a') || flags.has('A') || !n.startsWith('.'));
      const ordered = flags.has('r') ? names.toReversed() : names;
      const title = rest.length > 1 ? [`${path}:`] : [];
      const total = flags.has('l') ? [`total ${names.length * 4}`] : [];
      blocks.push(
        joined([...title, ...total, ...ordered.map((n) => shown(n, path === '.' ? n : `${path}/${n}`))]),
      );
    }
  }
  const stdout = [...(plainFiles.length ? [joined(plainFiles)] : []), ...blocks].join('\n');
  return { stdout, stderr: joined(errors), exit: errors.length ? 2 : 0 };
}

/** Does something with each named file; complaints are gathered. */
function each(names: readonly string[], act: (name: string) => string | undefined): Result {
  const errors = names.flatMap((name) => act(name) ?? []);
  return { stdout: '', stderr: joined(errors), exit: errors.length ? 1 : 0 };
}

const missing = (program: string): Result =>
  failed(`${program}: missing operand\nTry '${program} --help' for more information.`);

function mkdir({ args, files }: CommandContext): Result {
  const options = readOptions('mkdir', args, { flags: 'pv', long: { parents: 'p' } });
  if ('exit' in options) return options;
  if (options.rest.length === 0) return missing('mkdir');
  const parents = options.flags.has('p');
  return each(options.rest, (name) => {
    if (parents) {
      const parts = files.resolve(name).split('/').filter(Boolean);
      for (let i = 1; i <= parts.length; i++) {
        const path = `/${parts.slice(0, i).join('/')}`;
        if (files.kind(path) === 'file') return `mkdir: cannot create directory ‘${name}’: Not a directory`;
        if (!files.kind(path) && !files.makeFolder(path))
          return `mkdir: cannot create directory ‘${name}’: Permission denied`;
      }
      return undefined;
    }
    if (files.kind(name)) return `mkdir: cannot create directory ‘${name}’: File exists`;
    return files.makeFolder(name)
      ? undefined
      : `mkdir: cannot create directory ‘${name}’: No such file or directory`;
  });
}

function rm({ args, files }: CommandContext): Result {
  const options = readOptions('rm', args, { flags: 'rRfvi', long: { recursive: 'r', force: 'f' } });
  if ('exit' in options) return options;
  const { flags, rest } = options;
  const force = flags.has('f');
  if (rest.length === 0) return force ? { stdout: '', stderr: '', exit: 0 } : missing('rm');
  const recursive = flags.has('r') || flags.has('R');
  const remove = (path: string, depth: number): boolean => {
    if (files.kind(path) === 'folder' && depth < 50)
      for (const name of files.list(path)) remove(`${path}/${name}`, depth + 1);
    return files.remove(path);
  };
  return each(rest, (name) => {
    const kind = files.kind(name);
    if (!kind) return force ? undefined : `rm: cannot remove '${name}': No such file or directory`;
    if (kind === 'folder' && !recursive) return `rm: cannot remove '${name}': Is a directory`;
    return remove(name, 0) ? undefined : `rm: cannot remove '${name}': Permission denied`;
  });
}

function transfer(program: 'cp' | 'mv') {
  return ({ args, files }: CommandContext): Result => {
    const options = readOptions(program, args, { flags: 'rRafpvi' });
    if ('exit' in options) return options;
    const { rest } = options;
    const target = rest.at(-1);
    if (target === undefined)
      return failed(`${program}: missing file operand\nTry '${program} --help' for more information.`);
    if (rest.length === 1)
      return failed(
        `${program}: missing destination file operand after '${target}'\nTry '${program} --help' for more information.`,
      );
    const into = files.kind(target) === 'folder';
    if (rest.length > 2 && !into) return failed(`${program}: target '${target}': No such file or directory`);
    return each(rest.slice(0, -1), (name) => {
      const text = files.read(name);
      if (text === undefined)
        return files.kind(name) === 'folder'
          ? `${program}: -r not specified; omitting directory '${name}'`
          : `${program}: cannot stat '${name}': No such file or directory`;
      const path = into ? `${target.replace(/\/$/, '')}/${name.split('/').at(-1) ?? ''}` : target;
      if (files.resolve(path) === files.resolve(name))
        return `${program}: '${name}' and '${path}' are the same file`;
      if (!files.write(path, text))
        return `${program}: cannot create regular file '${path}': No such file or directory`;
      if (program === 'mv') files.remove(name);
      return undefined;
    });
  };
}

function touch({ args, files }: CommandContext): Result {
  const names = args.filter((a) => !a.startsWith('-'));
  if (names.length === 0)
    return failed("touch: missing file operand\nTry 'touch --help' for more information.");
  return each(names, (name) =>
    files.kind(name) || files.write(name, '')
      ? undefined
      : `touch: cannot touch '${name}': No such file or directory`,
  );
}

function* base64(context: CommandContext): Process {
  const options = readOptions('base64', context.args, {
    flags: 'di',
    valued: 'w',
    long: { decode: 'd', 'wrap=': 'w' },
  });
  if ('exit' in options) {
    yield { kind: 'stderr', text: options.stderr };
    return options.exit;
  }
  const { texts, failed: none } = yield* inputs('base64', options.rest, context);
  const text = texts.map((t) => t.text).join('');
  if (options.flags.has('d')) {
    const clean = text.replace(/\s/g, '');
    const binary = decoded(clean);
    if (binary !== '')
      yield {
        kind: 'stdout',
        text: new TextDecoder().decode(Uint8Array.from(binary, (c) => c.charCodeAt(0))),
      };
    if (/^[A-Za-z0-9+/]*={0,2}$/.test(clean) && clean.length % 4 === 0) return none ? 1 : 0;
    yield { kind: 'stderr', text: 'base64: invalid input\n' };
    return 1;
  }
  const wrap = Number(options.values.get('w')?.at(-1) ?? 76);
  const all = encoded(new TextEncoder().encode(text));
  const lines = wrap > 0 ? (all.match(new RegExp(`.{1,${wrap}}`, 'g')) ?? []) : [all];
  if (all !== '') yield { kind: 'stdout', text: lines.join('\n') + (wrap > 0 ? '\n' : '') };
  return none ? 1 : 0;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function encoded(bytes: Uint8Array): string {
  const out: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b, c] = bytes.subarray(i, i + 3);
    const group = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    const digit = (shift: number): string => DIGITS[(group >> shift) & 63] ?? '';
    out.push(digit(18), digit(12), b === undefined ? '=' : digit(6), c === undefined ? '=' : digit(0));
  }
  return out.join('');
}

/** The bytes, one a character; ends at the first character that is no digit. */
function decoded(text: string): string {
  let out = '';
  let bits = 0;
  let have = 0;
  for (const char of text) {
    const value = DIGITS.indexOf(char);
    if (value < 0) break;
    bits = (bits << 6) | value;
    have += 6;
    if (have >= 8) {
      have -= 8;
      out += String.fromCharCode((bits >> have) & 255);
      bits &= (1 << have) - 1;
    }
  }
  return out;
}

function* sha256sum(context: CommandContext): Process {
  const { texts, failed: none } = yield* inputs(
    'sha256sum',
    context.args.filter((a) => a === '-' || !a.startsWith('-')),
    context,
  );
  for (const { name, text } of texts) {
    const hex = [...sha256(new TextEncoder().encode(text))]
      .map((b) => b.toString(16).padStart(2, '0'))
      .join('');
    yield { kind: 'stdout', text: `${hex}  ${name}\n` };
  }
  return none ? 1 : 0;
}

function find({ args, files }: CommandContext): Result {
  const roots: string[] = [];
  let at = 0;
  for (; at < args.length && !/^[-!(]/.test(args[at] ?? ''); at++) roots.push(args[at] ?? '');
  const tests: ((path: string) => boolean)[] = [];
  for (; at < args.length; at++) {
    const word = args[at] ?? '';
    const value = args[at + 1] ?? '';
    if (word === '-name' || word === '-iname') {
      const low = (t: string): string => (word === '-iname' ? t.toLowerCase() : t);
      const glob = parseGlob([{ text: low(value), quoted: false }]);
      tests.push((path) => matchesGlob(glob, low(path.split('/').at(-1) ?? '')));
    } else if (word === '-type')
      tests.push((path) => files.kind(path) === (value === 'd' ? 'folder' : 'file'));
    else if (word === '-print') continue;
    else return failed(`find: unknown predicate \`${word}'`);
    at++;
  }
  const found: string[] = [];
  const errors: string[] = [];
  const visit = (path: string, depth: number): void => {
    if (found.length > 5_000 || depth > 30) return;
    if (tests.every((t) => t(path))) found.push(path);
    if (files.kind(path) === 'folder')
      for (const name of files.list(path)) visit(`${path.replace(/\/$/, '')}/${name}`, depth + 1);
  };
  for (const root of roots.length ? roots : ['.'])
    if (files.kind(root)) visit(root, 0);
    else errors.push(`find: ‘${root}’: No such file or directory`);
  return { stdout: joined(found), stderr: joined(errors), exit: errors.length ? 1 : 0 };
}

/** A file that is not among the page's: opened there for as long as the program runs. */
function* editedAside(name: string, file: string, files: Files): Process {
  const saved = yield { kind: 'edit', name: files.resolve(file), text: files.read(file) ?? '' };
  const fault =
    saved === undefined
      ? 'there is no editor in this terminal'
      : files.write(file, saved)
        ? undefined
        : `${file}: Permission denied`;
  if (fault === undefined) return 0;
  yield { kind: 'stderr', text: `${name}: ${fault}\n` };
  return 1;
}

/** An editor hands over to the page's; where there is none, one line says so. */
function editor(name: string): Command {
  return {
    name,
    summary: "opens a file in the page's editor",
    on: EVERYWHERE,
    reads: 'none',
    run({ args, files, console, env }) {
      const file = args.find((a) => !/^[-+]/.test(a));
      if (file === undefined) return failed(`${name}: name the file to edit`);
      if (files.kind(file) === 'folder') return failed(`${name}: ${file}: Is a directory`);
      const path = files.resolve(file);
      if (console.kind !== 'control' || folderOf(path) !== env['HOME']) return editedAside(name, file, files);
      if (!files.kind(file) && !files.write(file, ''))
        return failed(`${name}: ${file}: No such file or directory`);
      return {
        stdout: `${file}: edit it in the editor beside the terminal\n`,
        stderr: '',
        exit: 0,
        request: { kind: 'open-file', path },
      };
    },
  };
}

export const FILE_COMMANDS: readonly Command[] = [
  command('ls', 'lists files', ls),
  command('mkdir', 'makes folders', mkdir),
  command('rm', 'removes files', rm),
  command('rmdir', 'removes folders', ({ args, files }) =>
    each(args, (name) =>
      files.kind(name) === 'folder' && files.remove(name)
        ? undefined
        : `rmdir: failed to remove '${name}': ${files.kind(name) ? 'Directory not empty' : 'No such file or directory'}`,
    ),
  ),
  command('cp', 'copies files', transfer('cp')),
  command('mv', 'moves files', transfer('mv')),
  command('touch', 'makes empty files', touch),
  command('find', 'finds files', find),
  command('base64', 'encodes and decodes base64', base64, 'stream'),
  command('sha256sum', 'prints SHA-256 sums', sha256sum, 'stream'),
  command('basename', 'the name at the end of a path', ({ args: [path = '', suffix = ''] }) => ({
    stdout: `${(path.replace(/\/+$/, '').split('/').at(-1) ?? '').replace(suffix === '' ? /$/ : new RegExp(`${suffix.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`), '')}\n`,
    stderr: '',
    exit: 0,
  })),
  command('dirname', 'the folder of a path', ({ args: [path = ''] }) => ({
    stdout: `${path.includes('/') ? path.replace(/\/+[^/]*\/*$/, '') || '/' : '.'}\n`,
    stderr: '',
    exit: 0,
  })),
  editor('vi'),
  editor('vim'),
  editor('nano'),
];
