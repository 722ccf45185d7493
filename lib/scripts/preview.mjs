// `npm run lesson:preview -- 3.1`: the pages as they are written, and the addresses of one lesson. A change in a lesson's text, its lab
// or its words shows in the open browser.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { supportedNode } from './check-node.mjs';
import { forwardSignals, NEXT, Problem, ROOT, start } from './process.mjs';

const STAGES = path.join(ROOT, 'content', 'stages');

/** Ids of the lessons in the content folder: 2-architecture/03-iptables-chains is 2.3. */
const lessonIds = () =>
  readdirSync(STAGES).flatMap((stage) =>
    readdirSync(path.join(STAGES, stage)).map(
      (lesson) => `${Number.parseInt(stage, 10)}.${Number.parseInt(lesson, 10)}`,
    ),
  );

function main([id, ...rest]) {
  const known = lessonIds();
  if (id === undefined || rest.length > 0)
    throw new Problem('lesson:preview: needs one lesson: npm run lesson:preview -- 1.2');
  if (!known.includes(id))
    throw new Problem(`lesson:preview: no lesson "${id}"; there is ${known.join(', ')}`);
  const port = process.env['PORT'] ?? '3000';
  forwardSignals();
  const server = start(process.execPath, [NEXT, 'dev', '--port', port], {
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['inherit', 'pipe', 'inherit'],
  });
  server.stdout.on('data', (chunk) => {
    process.stdout.write(chunk);
    if (String(chunk).includes('Ready in'))
      for (const lang of ['zh', 'en'])
        process.stdout.write(`   Lesson ${id}:  http://localhost:${port}/${lang}/learn/${id}\n`);
  });
  server.on('close', (code) => (process.exitCode = code ?? 1));
}

if (supportedNode())
  try {
    main(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
