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

/** GNU's tools in the versions of Debian 12, whose words the terminal speaks. */
export const DEBIAN_TOOLS =
  "sort --version | grep -q 'coreutils) 9.1' && sed --version | grep -q 'sed) 4.9' && grep --version | grep -q 'grep) 3.8'";
export const BASH_5 = '[ "${BASH_VERSINFO[0]}" -ge 5 ]';

/** The results of scripts, each in a folder of its own with these files; undefined where the machine has not what is needed. */
export function realBash(
  scripts: readonly string[],
  files: Readonly<Record<string, string>>,
  needed: string,
): readonly RealResult[] | undefined {
  if (spawnSync('bash', ['-c', needed]).status !== 0) return undefined;
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
