// Whether the build in .next is of the sources as they are: told by a hash of everything that goes into it.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './process.mjs';

const STAMP = path.join(ROOT, '.next', 'sources.sha256');
const FOLDERS = ['app', 'components', 'content', 'lib', 'public'];
const FILES = [
  'next.config.mjs',
  'postcss.config.mjs',
  'tsconfig.json',
  'package-lock.json',
  'proxy.ts',
  'mdx-components.tsx',
  'lib/scripts/csp-hashes.mjs',
];
/** Parts of lib that no page is made of. */
const APART = new Set(['lib/cli', 'lib/scripts']);

/** Marks the build as one of the sources as they are now unless told of which. */
export const stampBuild = (hash = sourcesHash()) => writeFileSync(STAMP, hash);

/** Whether there is a whole build, and of these sources. */
export function buildIsFresh() {
  const needed = ['BUILD_ID', 'csp.json', 'sources.sha256'];
  if (!needed.every((name) => existsSync(path.join(ROOT, '.next', name)))) return false;
  return readFileSync(STAMP, 'utf8') === sourcesHash();
}

/** A hash over names and contents: checking out another branch and back does not cause a build. */
export function sourcesHash() {
  const hash = createHash('sha256');
  for (const file of [...FOLDERS.flatMap((folder) => [...filesIn(folder)]), ...FILES]) {
    const full = path.join(ROOT, file);
    if (existsSync(full)) hash.update(`${file}\0`).update(readFileSync(full)).update('\0');
  }
  return hash.digest('hex');
}

function* filesIn(folder) {
  const full = path.join(ROOT, folder);
  if (APART.has(folder) || !existsSync(full)) return;
  const entries = readdirSync(full, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* filesIn(name);
    else if (!/\.test\.tsx?$|^\./.test(entry.name)) yield name;
  }
}
