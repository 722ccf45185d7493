#!/usr/bin/env node
// `ksvc`: launches lib/cli/main.ts without a build step before. The bundle is kept until a source changes.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { supportedNode } from '../scripts/check-node.mjs';
import { write } from '../scripts/write.mjs';

const READ_ERRORS = {
  ENOENT: 'no such file',
  EISDIR: 'is a folder, not a file',
  EACCES: 'may not be read by this account',
};

const io = {
  out: (text) => write(1, text),
  err: (text) => write(2, text),
  readFile(file) {
    try {
      return readFileSync(file === '-' ? 0 : file, 'utf8');
    } catch (error) {
      throw new Error(`${file}: ${READ_ERRORS[error.code] ?? error.message}`, { cause: error });
    }
  },
};

async function launch() {
  try {
    const { cachedBundle } = await import('../scripts/bundle.mjs');
    const { main } = await import(pathToFileURL(await cachedBundle('lib/cli/main.ts')).href);
    process.exitCode = await main(process.argv.slice(2), io);
  } catch (error) {
    const trace = process.env['KSVC_DEBUG'] ? `\n${error.stack}` : '';
    io.err(`ksvc: ${error.message}${trace}\n`);
    process.exitCode = 2;
  }
}

if (supportedNode()) await launch();
