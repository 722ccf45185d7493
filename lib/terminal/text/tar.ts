// Archives as GNU tar writes and reads them (the ustar layout of POSIX.1-1988 with GNU's long names; pax names when reading).
import { bytesOf, joined } from './bytes';

export interface Member {
  /** Folders end in "/". */
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'other';
  readonly content: Uint8Array;
}

const BLOCK = 512;
const NAME_BYTES = 100;
/** Archives are filled up to records of 20 blocks. */
const RECORD = 20 * BLOCK;
const TYPES = { file: '0', folder: '5', longName: 'L' } as const;

/** The bytes of an archive. `mtime` in seconds since the Unix epoch. */
export function packed(members: readonly Member[], mtime: number): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const { name, kind, content } of members) {
    const bytes = bytesOf(name);
    if (bytes.length > NAME_BYTES) {
      const long = joined([bytes, new Uint8Array(1)]);
      parts.push(header(bytesOf('././@LongLink'), TYPES.longName, long.length, 0), ...padded(long));
    }
    const folder = kind === 'folder';
    parts.push(
      header(bytes.subarray(0, NAME_BYTES), folder ? TYPES.folder : TYPES.file, content.length, mtime),
      ...padded(content),
    );
  }
  parts.push(new Uint8Array(2 * BLOCK));
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  parts.push(new Uint8Array((RECORD - (length % RECORD)) % RECORD));
  return joined(parts);
}

function padded(content: Uint8Array): readonly Uint8Array[] {
  return [content, new Uint8Array((BLOCK - (content.length % BLOCK)) % BLOCK)];
}

function header(name: Uint8Array, type: string, size: number, mtime: number): Uint8Array {
  const block = new Uint8Array(BLOCK);
  const octal = (value: number, digits: number): Uint8Array =>
    bytesOf(value.toString(8).padStart(digits, '0'));
  block.set(name, 0);
  block.set(octal(type === TYPES.folder ? 0o755 : 0o644, 7), 100);
  block.set(octal(0, 7), 108);
  block.set(octal(0, 7), 116);
  block.set(octal(size, 11), 124);
  block.set(octal(Math.max(0, mtime), 11), 136);
  block.set(bytesOf('        '), 148);
  block.set(bytesOf(type), 156);
  block.set(bytesOf('ustar  '), 257);
  block.set(bytesOf('root'), 265);
  block.set(bytesOf('root'), 297);
  block.set(octal(checksum(block), 6), 148);
  block[154] = 0;
  return block;
}

const checksum = (block: Uint8Array): number => block.reduce((sum, byte) => sum + byte, 0);

/** The members of an archive; `broken` where it is none, or ends too early. */
export function unpacked(archive: Uint8Array): {
  readonly members: readonly Member[];
  readonly broken: Broken;
} {
  const members: Member[] = [];
  let longName: string | undefined;
  for (let at = 0; ;) {
    const block = archive.subarray(at, at + BLOCK);
    if (block.length === 0) return { members, broken: members.length > 0 || at > 0 ? undefined : 'not-tar' };
    if (block.length < BLOCK) return { members, broken: at === 0 ? 'not-tar' : 'short' };
    if (block.every((byte) => byte === 0)) return { members, broken: undefined };
    if (!isHeader(block)) return { members, broken: 'not-tar' };
    const size = Number.parseInt(field(block, 124, 12), 8) || 0;
    const content = archive.subarray(at + BLOCK, at + BLOCK + size);
    if (content.length < size) return { members, broken: 'short' };
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    const type = String.fromCharCode(block[156] ?? 0);
    if (type === TYPES.longName) longName = field(content, 0, content.length);
    else if (type === 'x') longName = paxPath(content) ?? longName;
    else if (type !== 'g') {
      members.push(memberOf(block, type, longName, content));
      longName = undefined;
    }
  }
}

/** not-tar: no header where one should be. short: the archive ends within a member. */
export type Broken = 'not-tar' | 'short' | undefined;

function memberOf(
  block: Uint8Array,
  type: string,
  longName: string | undefined,
  content: Uint8Array,
): Member {
  // GNU's own headers have times where ustar has a prefix.
  const prefix = field(block, 257, 8) === 'ustar' ? field(block, 345, 155) : '';
  const short = field(block, 0, NAME_BYTES);
  const name = longName ?? (prefix === '' ? short : `${prefix}/${short}`);
  const folder = type === TYPES.folder || (type === '\0' && name.endsWith('/'));
  const kind = folder ? 'folder' : type === TYPES.file || type === '\0' || type === '7' ? 'file' : 'other';
  return { name: folder && !name.endsWith('/') ? `${name}/` : name, kind, content };
}

function isHeader(block: Uint8Array): boolean {
  const stated = Number.parseInt(field(block, 148, 8).trim(), 8);
  const blank = Uint8Array.from(block);
  blank.fill(0x20, 148, 156);
  return stated === checksum(blank);
}

const field = (block: Uint8Array, from: number, length: number): string => {
  const bytes = block.subarray(from, from + length);
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
};

/** `LENGTH path=VALUE\n` records (pax). */
const paxPath = (content: Uint8Array): string | undefined =>
  /(?:^|\n)\d+ path=([^\n]*)\n/.exec(new TextDecoder().decode(content))?.[1];
