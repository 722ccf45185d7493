// `npm run -s judge:adapter`: the product's own functions as one ES module for the conformance suite; prints its path.
import path from 'node:path';
import { bundleTo } from '../scripts/bundle.mjs';
import { report, ROOT } from '../scripts/process.mjs';

try {
  console.log(
    await bundleTo('lib/cli/conformance-adapter.ts', path.join(ROOT, 'build', 'conformance-adapter.mjs')),
  );
} catch (error) {
  report(error);
}
