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

/**
 * Why a container runtime could not connect to a port inside a Pod (containerd internal/cri/server/sandbox_portforward_linux.go). A
 * sandbox has an id of its own in a real runtime; the Pod's uid stands for it. `alive`: the Pod is there.
 */
export function forwardRefusal(uid: string, port: number, alive: boolean): string {
  const sandbox = uid.replaceAll('-', '').padEnd(64, '0');
  const inside = alive
    ? `failed to execute portforward in network namespace "/var/run/netns/cni-${uid}": failed to connect to localhost:${port} inside namespace "${sandbox}", IPv4: dial tcp4 127.0.0.1:${port}: connect: connection refused IPv6 dial tcp6 [::1]:${port}: connect: connection refused `
    : 'pod sandbox is not running';
  return `error forwarding port ${port} to pod ${sandbox}, uid : ${inside}`;
}
