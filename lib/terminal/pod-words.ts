// The words of a program in a container: which are a shell for a person, and what is said of one that cannot be started.
import { sha256 } from '@noble/hashes/sha2.js';
import type { Unstartable } from './types';

const SHELLS = ['sh', '/bin/sh', 'bash', '/bin/bash', 'ash', '/bin/ash'];

/** A shell without a script: with a terminal it is interactive. */
export const isShell = ([program = '', ...options]: readonly string[]): boolean =>
  SHELLS.includes(program) && options.every((word) => /^-[il]+$/.test(word));

/** Which shell that is. */
export const shellOf = ([program = '']: readonly string[]): 'bash' | 'sh' =>
  program.endsWith('bash') ? 'bash' : 'sh';

const FOUND: Readonly<Record<Unstartable, (word: string) => string>> = {
  'not-in-path': () => 'executable file not found in $PATH',
  'no-file': (word) => `stat ${word}: no such file or directory`,
  folder: () => 'is a directory',
};

/**
 * What runc finds (libcontainer/apperrors, Go's os/exec) in containerd's words (internal/cri/server/container_execsync.go) and the
 * kubelet's (k8s.io/kubelet/pkg/cri/streaming/remotecommand/exec.go). The id of an exec is 64 hexadecimal digits, made from `seed`.
 */
export function notStartedText(word: string, reason: Unstartable, seed: string): string {
  const digest = sha256(new TextEncoder().encode(`${seed} ${word}`));
  const id = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `error executing command in container: failed to exec in container: failed to start exec "${id}": OCI runtime exec failed: exec failed: unable to start container process: exec: ${JSON.stringify(word)}: ${FOUND[reason](word)}: unknown`;
}
