// `npm run bench`: measures the limits of docs/bench.md and prints them as a table; `-- --engine` leaves the browser out, and
// `-- --peers` measures another simulator beside ours. Times are printed, never asserted.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBrowser } from './browser.mjs';
import { ensureBuild } from './build.mjs';
import { bundleTo } from './bundle.mjs';
import { CHROMIUM_ARGS } from './find-chromium.mjs';
import { ensurePackages } from './packages.mjs';
import { installPeer } from './peers.mjs';
import { report, ROOT } from './process.mjs';

try {
  await ensurePackages();
  const file = path.join(ROOT, 'build', 'bench.mjs');
  await bundleTo('lib/scripts/bench/main.ts', file, { packages: 'external' });
  const { main } = await import(pathToFileURL(file).href);
  const peer = process.argv.includes('--peers') ? await installPeer() : undefined;
  try {
    await main(process.argv.includes('--engine') ? undefined : await page(), peer);
  } finally {
    peer?.remove();
  }
} catch (error) {
  report(error);
}

async function page() {
  await ensureBuild();
  await ensureBrowser();
  return { root: ROOT, executablePath: process.env['CHROMIUM_PATH'], args: CHROMIUM_ARGS };
}
