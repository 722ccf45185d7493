// TypeScript to one JavaScript module for Node, and a cache of such bundles that several processes may use at once.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Problem, ROOT } from './process.mjs';

const CACHE = path.join(ROOT, 'node_modules', '.cache', 'servicepath');
const KEEP_MS = 24 * 3600 * 1000;
/** Packages in the CommonJS form ask for Node's modules with require, which an ES module has not. */
const BANNER =
  "import { createRequire as nodeRequire } from 'node:module'; const require = nodeRequire(import.meta.url);";

/** Bundles a TypeScript file of the project (`@/` included) and returns the text. */
export async function bundle(entry, options = {}) {
  const esbuild = await import('esbuild').catch(() => undefined);
  if (!esbuild) throw new Problem('The packages are not installed: run `npm ci` in the project first.');
  try {
    const { outputFiles, metafile } = await esbuild.build({
      absWorkingDir: ROOT,
      entryPoints: [path.resolve(ROOT, entry)],
      bundle: true,
      write: false,
      metafile: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      tsconfig: path.join(ROOT, 'tsconfig.json'),
      banner: { js: BANNER },
      logLevel: 'silent',
      ...options,
    });
    return { code: outputFiles[0].text, metafile };
  } catch (error) {
    const lines = (error.errors ?? []).map(
      (e) => `${e.location ? `${e.location.file}:${e.location.line}: ` : ''}${e.text}`,
    );
    throw new Problem(`${entry} cannot be bundled:\n${lines.join('\n') || error.message}`, { cause: error });
  }
}

/** Bundles into a file. It appears whole or not at all. */
export async function bundleTo(entry, file, options) {
  const { code } = await bundle(entry, options);
  writeWhole(file, code);
  return file;
}

/** The bundle of an entry as the sources are now: from the cache if it has one. Returns its path. */
export async function cachedBundle(entry) {
  // The whole path: there is more than one main.ts.
  const name = entry.replace(/\.ts$/, '').replaceAll(/[\\/]/g, '-');
  const file = path.join(CACHE, `${name}-${sourcesKey()}.mjs`);
  if (existsSync(file)) return file;
  await bundleTo(entry, file);
  removeOld(name);
  return file;
}

function writeWhole(file, text) {
  mkdirSync(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, text);
  renameSync(temporary, file);
}

/** Bundles of former sources; another process may have just been started on a recent one. */
function removeOld(name) {
  for (const entry of readdirSync(CACHE)) {
    const file = path.join(CACHE, entry);
    try {
      if (entry.startsWith(`${name}-`) && Date.now() - statSync(file).mtimeMs > KEEP_MS)
        rmSync(file, { force: true });
    } catch {
      // Another process was quicker.
    }
  }
}

/** A fingerprint of all that may go into a bundle: names, sizes and times, so that it costs milliseconds. */
function sourcesKey() {
  const hash = createHash('sha256').update(ROOT);
  const add = (file) => {
    const { mtimeMs, size } = statSync(file);
    hash.update(`${file} ${mtimeMs} ${size}\n`);
  };
  walk(path.join(ROOT, 'lib'), (name) => /\.m?[tj]s$/.test(name) && !name.endsWith('.test.ts'), add);
  walk(path.join(ROOT, 'content'), (name) => name.endsWith('.ts'), add);
  // The authors' tools read acts and anchors as the pages do.
  walk(path.join(ROOT, 'components', 'lesson'), (name) => name.endsWith('.ts'), add);
  for (const name of ['package-lock.json', 'tsconfig.json', 'lib/scripts/bundle.mjs'])
    add(path.join(ROOT, name));
  return hash.digest('hex').slice(0, 16);
}

function walk(folder, wanted, add) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) walk(full, wanted, add);
    else if (wanted(entry.name)) add(full);
  }
}
