// `npm run lesson:lint`, `lesson:new`, `lesson:seed`: launches lib/authoring/main.ts without a build step before.
import { pathToFileURL } from 'node:url';
import { supportedNode } from './check-node.mjs';
import { write } from './write.mjs';

async function launch() {
  try {
    const [{ cachedBundle }, { ROOT }] = await Promise.all([import('./bundle.mjs'), import('./process.mjs')]);
    const { main } = await import(pathToFileURL(await cachedBundle('lib/authoring/main.ts')).href);
    process.exitCode = main(process.argv.slice(2), {
      root: ROOT,
      out: (text) => write(1, text),
      err: (text) => write(2, text),
    });
  } catch (error) {
    write(2, `${error.message}\n`);
    process.exitCode = 2;
  }
}

if (supportedNode()) await launch();
