// The machines on which consoles stand: their names, homes, first variables and files.
import type { Cluster } from '@/lib/sim';
import type { SystemFiles } from './files/machine-files';
import { podEnvironment } from './pod-environment';
import { systemFiles } from './files/system-files';
import type { ShellKind } from './images';
import type { Console } from './types';

export interface Machine {
  /** Equal for all consoles on it. */
  readonly key: string;
  readonly hostname: string;
  readonly home: string;
  /** Where a shell starts. */
  readonly cwd: string;
  /** The variables that a shell starts with; made when one starts. */
  env(): Readonly<Record<string, string>>;
  readonly system: SystemFiles;
}

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The machine of a console. */
export function machineOf(console: Console, cluster: Cluster): Machine {
  const system = systemFiles(console, cluster);
  switch (console.kind) {
    case 'control':
      return {
        key: 'control',
        hostname: 'control',
        home: '/home/student',
        cwd: '/home/student',
        env: () => ({
          HOME: '/home/student',
          USER: 'student',
          PATH,
          SHELL: '/bin/bash',
          TERM: 'xterm-256color',
          LANG: 'C.UTF-8',
        }),
        system,
      };
    case 'node':
      return {
        key: `node/${console.name}`,
        hostname: console.name,
        home: '/root',
        cwd: '/root',
        env: () => ({
          HOME: '/root',
          USER: 'root',
          PATH,
          SHELL: '/bin/bash',
          TERM: 'xterm-256color',
          LANG: 'C.UTF-8',
        }),
        system,
      };
    default:
      return {
        key: `pod/${console.namespace}/${console.name}/${console.container ?? ''}`,
        hostname: console.name,
        home: '/root',
        cwd: '/',
        // runc adds HOME where nobody has set it (libcontainer/init_linux.go).
        env: () => {
          const own = podEnvironment(console, cluster);
          return { PATH, ...own, HOME: own['HOME'] ?? '/root' };
        },
        system,
      };
  }
}

/** What stands before the cursor; `shell`: whose prompt it is in a Pod, undefined where the image is not known. */
export function promptOf(console: Console, cwd: string, shell?: ShellKind): string {
  if (console.kind === 'control') return `student@control:${tilde(cwd, '/home/student')}$ `;
  if (console.kind === 'node') return `root@${console.name}:${tilde(cwd, '/root')}# `;
  switch (shell) {
    case 'bash':
      return `root@${console.name}:${tilde(cwd, '/root')}# `;
    case 'dash':
      return '# ';
    case 'ash':
      return `${tilde(cwd, '/root')} # `;
    default:
      return `${cwd} # `;
  }
}

const tilde = (path: string, home: string): string =>
  path === home || path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
