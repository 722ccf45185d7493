// The built app, kept in step with the sources.
import { writeCspHashes } from './csp-hashes.mjs';
import { diskFull } from './packages.mjs';
import { NEXT, Problem, progress, runNode, tail } from './process.mjs';
import { buildIsFresh, sourcesHash, stampBuild } from './sources.mjs';

/** Builds the app if there is no build or the sources have changed since. */
export async function ensureBuild() {
  if (buildIsFresh()) return;
  const sources = sourcesHash();
  const step = progress('Building the pages');
  const result = await runNode([NEXT, 'build'], {
    output: 'keep',
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
  });
  if (result.code !== 0) {
    step.failed();
    throw new Problem(reasonOf(result));
  }
  writeCspHashes();
  stampBuild(sources);
  step.done();
}

function reasonOf({ code, output }) {
  if (/ENOSPC/.test(output)) return diskFull();
  if (code === 137 || /heap out of memory/.test(output))
    return 'The build ran out of memory: it needs about 2 GB; close other programs, then try again.';
  if (code >= 128) return 'The build was interrupted; start again.';
  return `The pages could not be built:\n${tail(output, 60)}`;
}
