// The project's packages, as package-lock.json names them: there, or installed by `npm ci`.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Problem, progress, ROOT, run, tail } from './process.mjs';

const LOCK = path.join(ROOT, 'package-lock.json');
const STAMP = path.join(ROOT, 'node_modules', '.servicepath-lock');

/** Installs what is missing or not as the lock file says. Quick when nothing is to be done. */
export async function ensurePackages() {
  if (installed()) return;
  const step = progress('Installing packages');
  const [command, args] = npm();
  const result = await run(
    command,
    [...args, 'ci', '--include=dev', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      output: 'keep',
    },
  );
  if (result.code !== 0) {
    step.failed();
    throw new Problem(reasonOf(result));
  }
  writeFileSync(STAMP, lockHash());
  step.done();
}

const lockHash = () => createHash('sha256').update(readFileSync(LOCK)).digest('hex');

function installed() {
  if (!existsSync(path.join(ROOT, 'node_modules', 'next', 'package.json'))) return false;
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === lockHash()) return true;
  if (!sameAsLock()) return false;
  writeFileSync(STAMP, lockHash());
  return true;
}

/** Whether npm's own record of what it installed agrees with the lock file (someone may have run npm by hand). */
function sameAsLock() {
  const wanted = packagesOf(LOCK);
  const given = packagesOf(path.join(ROOT, 'node_modules', '.package-lock.json'));
  if (!wanted || !given) return false;
  return Object.entries(wanted).every(([name, entry]) => {
    if (name === '') return true;
    const there = given[name];
    return there
      ? there.version === entry.version
      : Boolean(entry.optional || entry.devOptional || entry.peer);
  });
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** npm as it was called, else from PATH. */
function npm() {
  const own = process.env['npm_execpath'];
  if (own && /npm-cli\.[cm]?js$/.test(own) && existsSync(own)) return [process.execPath, [own]];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm', []];
}

function reasonOf({ code, output }) {
  if (code === 127 && /ENOENT/.test(output))
    return 'npm was not found: install Node.js with npm (https://nodejs.org), then try again.';
  if (/ENOSPC/.test(output)) return diskFull();
  if (/EACCES|EPERM|EROFS/.test(output))
    return `This folder cannot be written to (${ROOT}): give yourself the right to write there, then try again.`;
  if (
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|network/i.test(
      output,
    )
  )
    return `The npm registry could not be reached: check the network connection and the proxy settings, then try again.\n${firstError(output)}`;
  if (code >= 128) return 'Installing the packages was interrupted; start again.';
  return `The packages could not be installed; npm says:\n${reasonLines(output)}`;
}

/** What npm names as the reason stands first; its usage text at the end says nothing. */
const reasonLines = (output) => {
  const errors = output.split('\n').filter((line) => /npm (error|ERR!)/.test(line));
  return errors.length > 0 ? errors.slice(0, 20).join('\n') : tail(output);
};

const firstError = (output) =>
  output.split('\n').find((line) => /npm error (network|code|errno)|request to/i.test(line)) ?? '';

export const diskFull = () =>
  `The disk is full: make room where ${ROOT} stands (about 1.5 GB are needed), then try again.`;
