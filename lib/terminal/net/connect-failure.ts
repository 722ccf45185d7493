// How connect(2) fails, and after how long: what every program that opens a connection has to tell.
import type { Trace } from '@/lib/net/datapath/trace';

/** As long as the kernel repeats a SYN that nobody answers: net.ipv4.tcp_syn_retries is 6. */
export const SYN_TIMEOUT_MS = 130_048;

export interface ConnectFailure {
  readonly errno: 'ENETUNREACH' | 'ETIMEDOUT' | 'EHOSTUNREACH' | 'ECONNREFUSED';
  readonly afterMs: number;
}

/** Of a connection that could not even be tried (undefined), or was not answered. */
export function connectFailure(trace: Trace | undefined): ConnectFailure {
  if (!trace) return { errno: 'ENETUNREACH', afterMs: 0 };
  if (trace.noNeighbour) return { errno: 'EHOSTUNREACH', afterMs: trace.noNeighbour.afterMs };
  if (trace.verdict === 'dropped') return { errno: 'ETIMEDOUT', afterMs: SYN_TIMEOUT_MS };
  return { errno: trace.verdict === 'unreachable' ? 'EHOSTUNREACH' : 'ECONNREFUSED', afterMs: 0 };
}

/** strerror(3) of glibc (string/strerror.c). */
export const GLIBC: Readonly<Record<ConnectFailure['errno'], string>> = {
  ENETUNREACH: 'Network is unreachable',
  ETIMEDOUT: 'Connection timed out',
  EHOSTUNREACH: 'No route to host',
  ECONNREFUSED: 'Connection refused',
};
