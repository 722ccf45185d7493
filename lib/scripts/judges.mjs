// The outside judges (Kubernetes' own tables, a real kernel, a real kubectl), where their folder is there. Which ones must
// pass stands in judges.json; the list only grows.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT, run } from './process.mjs';

const CANNOT_RUN = 77;

/** Runs each judge and adds up what they print. */
export async function runJudges() {
  const folder = path.resolve(ROOT, process.env['JUDGES_DIR'] ?? '../shared');
  const script = path.join(folder, 'judge.sh');
  const names = JSON.parse(readFileSync(new URL('./judges.json', import.meta.url), 'utf8'));
  if (!existsSync(script)) {
    console.log(`judges skipped: no judge.sh in JUDGES_DIR (${process.env['JUDGES_DIR'] ?? '../shared'})`);
    return { passed: 0, failed: 0, skipped: names.length };
  }
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const name of names) {
    const { code, output } = await run('bash', [script, name], { output: 'both' });
    const counts = countsOf(name, output, code);
    for (const key of Object.keys(total)) total[key] += counts[key];
  }
  return total;
}

/** Adds up the lines "judge: … N passed, M failed"; what a judge prints of a failure's details is not counted again. */
export function countsOf(name, output, code) {
  const judge = name.split(':')[0];
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const line of output.split('\n')) {
    const found = line.startsWith(judge) ? /(\d+) passed, (\d+) failed(?:, (\d+) skipped)?/.exec(line) : null;
    if (!found) continue;
    counts.passed += Number(found[1]);
    counts.failed += Number(found[2]);
    counts.skipped += Number(found[3] ?? 0);
  }
  if (code === CANNOT_RUN && counts.passed + counts.failed === 0) counts.skipped++;
  else if (code !== 0 && code !== CANNOT_RUN && counts.failed === 0) counts.failed++;
  else if (code === 0 && counts.passed === 0) counts.failed++;
  return counts;
}
