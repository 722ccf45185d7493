// The parts of `npm test`, in order. All of them run, even after a failure; only the browser needs a build.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { runJudges } from './judges.mjs';
import { ensurePackages } from './packages.mjs';
import { bin, forwardSignals, NEXT, Problem, report, ROOT, runNode, seconds } from './process.mjs';

const REPORTS = path.join(ROOT, 'build', 'test');
const SOURCES = ['app', 'components', 'content', 'e2e', 'lib', 'proxy.ts', 'mdx-components.tsx'];
const env = { ...process.env, CI: process.env['CI'] ?? 'true', NEXT_TELEMETRY_DISABLED: '1' };

const NEXT_TYPES = [NEXT, 'typegen'];
const TSC = [bin('typescript', 'bin', 'tsc'), '--noEmit'];
const BUILD = [NEXT, 'build'];
const HASHES = [path.join(ROOT, 'lib', 'scripts', 'csp-hashes.mjs')];

/** One test of its own: all commands end with 0, or it fails. */
const steps =
  (...commands) =>
  async () => {
    for (const args of commands)
      if ((await runNode(args, { env })).code !== 0) return { passed: 0, failed: 1, skipped: 0 };
    return { passed: 1, failed: 0, skipped: 0 };
  };

const PARTS = [
  ['Format', steps([bin('oxfmt', 'bin', 'oxfmt'), '--check', ...SOURCES])],
  ['Lint', steps([bin('oxlint', 'bin', 'oxlint'), '--type-aware', ...SOURCES])],
  ['Types', steps(NEXT_TYPES, TSC)],
  ['Unit tests', unitTests],
  ['Judges', runJudges],
  ['Build', steps(BUILD, HASHES)],
  ['End-to-end tests', endToEnd],
];

/** Runs `npm test`. */
export async function main() {
  forwardSignals();
  const total = { passed: 0, failed: 0, skipped: 0 };
  try {
    await ensurePackages();
  } catch (error) {
    report(error);
    total.failed++;
    return finish(total);
  }
  mkdirSync(REPORTS, { recursive: true });
  const failures = [];
  for (const [title, part] of PARTS) {
    const counts = await timed(title, () =>
      title === 'End-to-end tests' && failures.includes('Build') ? unbuilt() : part(),
    );
    if (counts.failed > 0) failures.push(title);
    for (const key of Object.keys(total)) total[key] += counts[key];
  }
  if (failures.length > 0) console.log(`\nFailed: ${failures.join(', ')}`);
  finish(total);
}

async function timed(title, part) {
  console.log(`\n== ${title}`);
  const begun = Date.now();
  let counts;
  try {
    counts = await part();
  } catch (error) {
    report(error);
    counts = { passed: 0, failed: 1, skipped: 0 };
  }
  console.log(`== ${title}: ${line(counts)} (${seconds(Date.now() - begun)})`);
  return counts;
}

const line = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

function finish(total) {
  process.exitCode = total.failed > 0 ? 1 : 0;
  console.log(`\n${line(total)}`);
}

function unbuilt() {
  console.log('not run: there is no build');
  return { passed: 0, failed: 0, skipped: 1 };
}

async function unitTests() {
  const file = path.join(REPORTS, 'unit.json');
  rmSync(file, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const { code } = await runNode([bin('vitest', 'vitest.mjs'), 'run', ...reporters], { env });
  const result = readReport(file);
  return settled(code, {
    passed: result.numPassedTests ?? 0,
    failed: result.numFailedTests ?? 0,
    skipped: (result.numPendingTests ?? 0) + (result.numTodoTests ?? 0),
  });
}

async function endToEnd() {
  await ensureBrowser();
  const file = path.join(REPORTS, 'e2e.json');
  rmSync(file, { force: true });
  const { code } = await runNode([bin('@playwright', 'test', 'cli.js'), 'test', '--reporter=list,json'], {
    env: { ...env, CHROMIUM_PATH: process.env['CHROMIUM_PATH'], PLAYWRIGHT_JSON_OUTPUT_FILE: file },
  });
  const { stats = {} } = readReport(file);
  return settled(code, {
    passed: stats.expected ?? 0,
    failed: (stats.unexpected ?? 0) + (stats.flaky ?? 0),
    skipped: stats.skipped ?? 0,
  });
}

function readReport(file) {
  if (!existsSync(file)) return {};
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new Problem(`${path.relative(ROOT, file)} is not a report`);
  }
}

/** A runner that fails without a failed test (a file that does not load, no tests at all) counts as one failure. */
const settled = (code, counts) => (code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts);
