// Tests only: what the machine's own bash and tools print, for comparison.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface RealResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
}

/** The results of scripts, each in a folder of its own with these files; undefined where there is no bash. */
export function realBash(
  scripts: readonly string[],
  files: Readonly<Record<string, string>>,
): readonly RealResult[] | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'servicepath-shell-'));
  try {
    for (const [i, script] of scripts.entries()) {
      mkdirSync(join(folder, `${i}`));
      writeFileSync(join(folder, `${i}.sh`), script);
      for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, `${i}`, name), text);
    }
    const all = `for i in $(seq 0 ${scripts.length - 1}); do (cd $i; timeout 5 bash ../$i.sh >../$i.out 2>../$i.err </dev/null; echo $? >../$i.exit); done`;
    const env = { ...process.env, HOME: '/root', LC_ALL: 'C.UTF-8' };
    if (spawnSync('bash', ['-c', all], { cwd: folder, env, timeout: 60_000 }).status !== 0) return undefined;
    const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
    return scripts.map((_, i) => ({
      stdout: read(`${i}.out`),
      stderr: read(`${i}.err`),
      exit: Number(read(`${i}.exit`)),
    }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
