// `npm run lesson:lint`, `lesson:new`, `lesson:seed`: launches lib/authoring/main.ts without a build step before.
import { pathToFileURL } from 'node:url';
import { supportedNode } from './check-node.mjs';

async function launch() {
  try {
    const [{ cachedBundle }, { ROOT }] = await Promise.all([import('./bundle.mjs'), import('./process.mjs')]);
    const { main } = await import(pathToFileURL(await cachedBundle('lib/authoring/main.ts')).href);
    process.exitCode = main(process.argv.slice(2), {
      root: ROOT,
      out: (text) => process.stdout.write(text),
      err: (text) => process.stderr.write(text),
    });
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}

if (supportedNode()) await launch();
