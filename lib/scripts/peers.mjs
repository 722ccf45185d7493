// The simulator that `npm run bench -- --peers` measures beside ours. It goes into a folder of its own, never into package.json.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleTo } from './bundle.mjs';
import { run } from './process.mjs';

const NAME = '@ngrok/webernetes';
const VERSION = '0.3.5';

/**
 * Installs the package and bundles it (its own modules name each other without extensions, which Node does not read).
 * Resolves to { name, version, url, remove }, or says in one sentence why not and resolves to undefined.
 */
export async function installPeer() {
  const folder = mkdtempSync(path.join(tmpdir(), 'servicepath-peers-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  writeFileSync(path.join(folder, 'package.json'), '{"private":true}');
  const own = process.env['npm_execpath'];
  const [command, first] = own?.endsWith('.js') && existsSync(own) ? [process.execPath, [own]] : ['npm', []];
  const { code } = await run(
    command,
    [
      ...first,
      'install',
      `${NAME}@${VERSION}`,
      '--save-exact',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--fetch-retries=1',
    ],
    { cwd: folder, output: 'keep', timeoutMs: 120_000 },
  );
  try {
    if (code !== 0) throw new Error(`npm install ended with code ${code}`);
    const entry = path.join(folder, 'node_modules', NAME, 'dist', 'index.js');
    const file = await bundleTo(entry, path.join(folder, 'peer.mjs'));
    return { name: NAME, version: VERSION, url: pathToFileURL(file).href, remove };
  } catch (error) {
    remove();
    const reason = error.message.split('\n')[0];
    console.error(
      `${NAME} ${VERSION} could not be installed (is there a network?), so it is not measured: ${reason}.`,
    );
    return undefined;
  }
}
