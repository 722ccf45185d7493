// GNU tar: -c, -x, -t of files and folders, with -f, -C, -v, -z; what `kubectl cp` runs in a container.
import { gunzipSync, gzipSync } from 'fflate';
import { folderOf, nameOf } from '../../files/path';
import { bytesOf, textOf } from '../../text/bytes';
import { packed, unpacked, type Member } from '../../text/tar';
import { EVERYWHERE, failed, type Command, type CommandContext, type Files, type Result } from '../../types';
import { readOptions, type Options } from './options';

const GONE = 'Exiting with failure status due to previous errors';

function run(context: CommandContext): Result {
  const [first = '', ...rest] = context.args;
  // The first word may be options without a dash.
  const args = first === '' || first.startsWith('-') ? context.args : [`-${first}`, ...rest];
  const options = readOptions('tar', args, {
    flags: 'cxtvzmpohPkO',
    valued: 'fC',
    long: {
      create: 'c',
      extract: 'x',
      get: 'x',
      list: 't',
      verbose: 'v',
      gzip: 'z',
      touch: 'm',
      'no-same-owner': 'o',
      'no-same-permissions': 'p',
      'file=': 'f',
      'directory=': 'C',
    },
    exit: 2,
  });
  if ('exit' in options) return options;
  const modes = ['c', 'x', 't'].filter((mode) => options.flags.has(mode));
  if (modes.length !== 1)
    return failed(
      modes.length === 0
        ? "tar: You must specify one of the '-Acdtrux', '--delete' or '--test-label' options\nTry 'tar --help' or 'tar --usage' for more information."
        : "tar: You may not specify more than one '-Acdtrux', '--delete' or  '--test-label' option\nTry 'tar --help' or 'tar --usage' for more information.",
      2,
    );
  const folder = options.values.get('C')?.at(-1) ?? '.';
  return modes[0] === 'c' ? create(context, options, folder) : read(context, options, folder);
}

/** The folder of -C is not there; tar enters it when it has an archive to write or to take from. */
const noFolder = (folder: string): Result =>
  failed(
    `tar: ${folder}: Cannot open: No such file or directory\ntar: Error is not recoverable: exiting now`,
    2,
  );

/** A path seen from the folder of -C. */
const within = (folder: string, path: string): string =>
  path.startsWith('/') || folder === '.' ? path : `${folder}/${path}`;

function create(
  { files, cluster }: CommandContext,
  { flags, values, rest }: Options,
  folder: string,
): Result {
  if (rest.length === 0)
    return failed(
      "tar: Cowardly refusing to create an empty archive\nTry 'tar --help' or 'tar --usage' for more information.",
      2,
    );
  if (files.kind(folder) !== 'folder') return noFolder(folder);
  const notes: string[] = [];
  const members: Member[] = [];
  let missing = false;
  for (const path of rest) {
    const [, leading = ''] = /^((?:\/|\.\.\/)+)/.exec(path) ?? [];
    if (leading !== '' && !notes.some((note) => note.startsWith('Removing')))
      notes.push(`Removing leading \`${leading}' from member names`);
    const found = collected(files, within(folder, path), path.slice(leading.length) || './');
    if (found.length === 0) {
      missing = true;
      notes.push(`${path}: Cannot stat: No such file or directory`);
    }
    members.push(...found);
  }
  if (missing) notes.push(GONE);
  const bytes = packed(members, Math.floor(cluster.now / 1000));
  const archive = textOf(flags.has('z') ? gzipSync(bytes) : bytes);
  const listing = flags.has('v') ? members.map(({ name }) => `${name}\n`).join('') : '';
  const stderr = notes.map((note) => `tar: ${note}\n`).join('');
  const exit = missing ? 2 : 0;
  const file = values.get('f')?.at(-1) ?? '-';
  if (file === '-') return { stdout: archive, stderr: listing + stderr, exit };
  if (!files.write(file, archive))
    return failed(
      `tar: ${file}: Cannot open: Permission denied\ntar: Error is not recoverable: exiting now`,
      2,
    );
  return { stdout: listing, stderr, exit };
}

/** A file, or a folder with all that is in it. */
function collected(files: Files, path: string, name: string): readonly Member[] {
  const kind = files.kind(path);
  if (kind === 'file') return [{ name, kind, content: bytesOf(files.read(path) ?? '') }];
  if (kind !== 'folder') return [];
  const prefix = name.endsWith('/') ? name : `${name}/`;
  return [
    { name: prefix, kind, content: new Uint8Array() },
    ...files.list(path).flatMap((entry) => collected(files, `${path}/${entry}`, prefix + entry)),
  ];
}

function read({ files, stdin }: CommandContext, { flags, values, rest }: Options, folder: string): Result {
  const file = values.get('f')?.at(-1) ?? '-';
  const text = file === '-' ? (stdin ?? '') : files.read(file);
  if (text === undefined)
    return failed(
      `tar: ${file}: Cannot open: No such file or directory\ntar: Error is not recoverable: exiting now`,
      2,
    );
  const bytes = plain(bytesOf(text), flags.has('z'));
  const { members, broken } = bytes ? unpacked(bytes) : { members: [], broken: 'not-tar' };
  if (members.length > 0 && files.kind(folder) !== 'folder') return noFolder(folder);
  const notes: string[] = [];
  const wanted = members.filter(
    ({ name }) =>
      rest.length === 0 || rest.some((own) => name === own || name.startsWith(`${own.replace(/\/$/, '')}/`)),
  );
  for (const own of rest)
    if (!wanted.some(({ name }) => name.startsWith(own))) notes.push(`${own}: Not found in archive`);
  const listing = flags.has('v') || flags.has('t') ? wanted.map(({ name }) => `${name}\n`).join('') : '';
  if (flags.has('x')) for (const member of wanted) notes.push(...extracted(files, folder, member));
  if (broken === 'not-tar' && members.length === 0 && text !== '')
    notes.push('This does not look like a tar archive');
  if (broken === 'short') notes.push('Unexpected EOF in archive');
  const lost = notes.length > 0 || (broken !== undefined && text !== '');
  if (lost) notes.push(broken === 'short' ? 'Error is not recoverable: exiting now' : GONE);
  return { stdout: listing, stderr: notes.map((note) => `tar: ${note}\n`).join(''), exit: lost ? 2 : 0 };
}

/** The archive itself; undefined: it is no gzip. GNU tar looks for itself. */
function plain(bytes: Uint8Array, zipped: boolean): Uint8Array | undefined {
  if (!zipped && !(bytes[0] === 0x1f && bytes[1] === 0x8b)) return bytes;
  try {
    return gunzipSync(bytes);
  } catch {
    return undefined;
  }
}

/** Puts a member in its place; complaints. Names that lead out of the folder are kept inside it. */
function extracted(files: Files, folder: string, { name, kind, content }: Member): readonly string[] {
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) return [`${name}: Member name contains '..'`];
  const path = within(folder, parts.join('/'));
  if (parts.length === 0) return [];
  if (kind === 'other') return [`${name}: Cannot create: links and devices are not modelled here`];
  makeFolders(files, kind === 'folder' ? path : folderOf(files.resolve(path)));
  if (kind === 'folder')
    return files.kind(path) === 'folder' ? [] : [`${name}: Cannot mkdir: ${nameOf(path)}: File exists`];
  return files.write(path, textOf(content)) ? [] : [`${name}: Cannot open: Permission denied`];
}

function makeFolders(files: Files, path: string): void {
  if (files.kind(path) || path === '' || path === '/') return;
  makeFolders(files, folderOf(files.resolve(path)));
  files.makeFolder(path);
}

export const tar: Command = {
  name: 'tar',
  summary: 'packs files into an archive, and out of it',
  on: EVERYWHERE,
  run,
};
