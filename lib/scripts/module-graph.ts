// Which source file imports which: read from the text, types included (a bundler forgets them, the rule on directions does not).
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

export interface Import {
  /** As written: "@/lib/core/result", "./x", "yaml". */
  readonly specifier: string;
  /** Gone after compilation. */
  readonly typeOnly: boolean;
  readonly line: number;
  /** The project's file that it names, from the root with "/"; undefined for a package. */
  readonly file: string | undefined;
}

export interface SourceFile {
  /** From the root, with "/". */
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  readonly imports: readonly Import[];
}

const FOLDERS = ['app', 'components', 'content', 'e2e', 'lib'];
const EXTENSIONS = ['', '.ts', '.tsx', '.mjs', '.mdx', '/index.ts', '/index.tsx'];
const CLAUSE = String.raw`(?<clause>type\s+\w+|(?:type\s+)?[\w*{][^'";()=]*?)`;
const STATEMENT = new RegExp(
  String.raw`(?:^|[;}\n])[ \t]*(?:import|export)\b\s*(?:${CLAUSE}\s*\bfrom\s*)?(['"])(?<specifier>[^'"\n]+)\2`,
  'g',
);
const DYNAMIC = /\bimport\s*\(\s*(?:\/\*.*?\*\/\s*)?(['"])(?<specifier>[^'"\n]+)\1/g;
const WORKER = /\bnew\s+URL\s*\(\s*(['"])(?<specifier>\.[^'"\n]+)\1\s*,\s*import\.meta\.url/g;

/** Every .ts and .tsx file of the project. */
export function readSources(root: string): readonly SourceFile[] {
  const inFolders = FOLDERS.flatMap((folder) => [...walk(root, folder)]);
  const atRoot = readdirSync(root).filter((name) => isSource(name));
  return [...inFolders, ...atRoot].map((file) => readSource(root, file));
}

/** The imports in a text, without resolving them. */
export function importsIn(text: string): readonly Omit<Import, 'file'>[] {
  const found = [STATEMENT, DYNAMIC, WORKER].flatMap((form) => [...withoutComments(text).matchAll(form)]);
  return found.map((match) => {
    const { clause, specifier = '' } = match.groups ?? {};
    const offset = match.index + match[0].lastIndexOf(specifier);
    return { specifier, typeOnly: clause !== undefined && isTypeClause(clause), line: lineAt(text, offset) };
  });
}

/** The text with comments blanked, every position kept. Strings stay, so that specifiers do. */
export function withoutComments(text: string): string {
  return text.replace(
    /('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`)|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    (whole, string: string | undefined) => string ?? whole.replace(/[^\n]/g, ' '),
  );
}

/** `type { A }`, `type A`, or `{ type A, type B }`. */
function isTypeClause(clause: string): boolean {
  if (/^type\b(?!\s*,)/.test(clause)) return true;
  const named = /^\{(?<names>[^}]*)\}$/.exec(clause.trim())?.groups?.['names'];
  const names = named?.split(',').filter((name) => name.trim() !== '') ?? [];
  return names.length > 0 && names.every((name) => /^\s*type\s/.test(name));
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;
const isSource = (name: string): boolean => /\.tsx?$/.test(name) && !name.endsWith('.d.ts');

function* walk(root: string, folder: string): Generator<string> {
  if (!existsSync(path.join(root, folder))) return;
  for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
    const file = `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* walk(root, file);
    else if (isSource(entry.name)) yield file;
  }
}

function readSource(root: string, file: string): SourceFile {
  const text = readFileSync(path.join(root, file), 'utf8');
  const imports = importsIn(text).map((found) => ({ ...found, file: resolve(root, file, found.specifier) }));
  return { path: file, text, lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0), imports };
}

function resolve(root: string, from: string, specifier: string): string | undefined {
  const own = specifier.startsWith('@/');
  if (!own && !specifier.startsWith('.')) return undefined;
  const base = own ? specifier.slice(2) : path.posix.join(path.posix.dirname(from), specifier);
  const found = EXTENSIONS.map((extension) => base + extension).find((name) => isFile(path.join(root, name)));
  return found ?? base;
}

const isFile = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;

/** The files of each cycle, in import order; none if there is none. */
export function cycles(sources: readonly SourceFile[]): readonly (readonly string[])[] {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const state = new Map<string, 'open' | 'done'>();
  const found: string[][] = [];
  const visit = (file: string, trail: readonly string[]): void => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      found.push([...trail.slice(trail.indexOf(file)), file]);
      return;
    }
    state.set(file, 'open');
    for (const next of byPath.get(file)?.imports ?? [])
      if (next.file && byPath.has(next.file)) visit(next.file, [...trail, file]);
    state.set(file, 'done');
  };
  for (const { path: file } of sources) visit(file, []);
  return found;
}
