// A browser for the end-to-end tests: one that is here, else Playwright's own, else Debian's package.
import { existsSync } from 'node:fs';
import { findChromium } from './find-chromium.mjs';
import { bin, Problem, run, runNode } from './process.mjs';

const PLAYWRIGHT = bin('@playwright', 'test', 'cli.js');
const DOWNLOAD_MS = 180_000;
const DEBIAN = 'apt-get update -qq && apt-get install -y -qq chromium fonts-noto-cjk';

/** Finds or installs a browser and names it in CHROMIUM_PATH. */
export async function ensureBrowser() {
  const found = findChromium() ?? (await playwrightsOwn());
  if (found && (await starts(found))) return choose(found);
  if (process.env['CHROMIUM_PATH'])
    throw new Problem(`CHROMIUM_PATH=${process.env['CHROMIUM_PATH']} does not start.`);
  console.log('No Chromium here: asking Playwright for its own …');
  await runNode([PLAYWRIGHT, 'install', 'chromium'], { timeoutMs: DOWNLOAD_MS });
  const own = await playwrightsOwn();
  if (own && (await starts(own))) return choose(own);
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    console.log("Installing Debian's Chromium …");
    await run('sh', ['-c', DEBIAN], { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    const packaged = findChromium();
    if (packaged && (await starts(packaged))) return choose(packaged);
  }
  throw new Problem(
    'No Chromium could be found or installed: install Chromium or Chrome, or name one with CHROMIUM_PATH=…',
  );
}

function choose(file) {
  process.env['CHROMIUM_PATH'] = file;
  console.log(`Browser: ${file}`);
}

/** Where Playwright keeps its download, if it has one. */
async function playwrightsOwn() {
  const { chromium } = await import('@playwright/test');
  const file = chromium.executablePath();
  return existsSync(file) ? file : undefined;
}

/** A browser without its libraries fails here rather than in every test. */
const starts = async (file) =>
  (await run(file, ['--version'], { output: 'keep', timeoutMs: 20_000 })).code === 0;
