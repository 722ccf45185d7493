// What BusyBox's programs say of a connection that failed: strerror(3) of the image's C library.
import type { Trace } from '@/lib/net/datapath/trace';
import { toolsOn } from '../../images';
import type { CommandContext } from '../../types';

type Place = Pick<CommandContext, 'cluster' | 'console'>;

/** ENETUNREACH, ETIMEDOUT, EHOSTUNREACH or ECONNREFUSED, as musl (src/errno/__strerror.h) or glibc words it. */
export function strerror(trace: Trace | undefined, { console, cluster }: Place): string {
  const musl = toolsOn(console, cluster)?.libc === 'musl';
  if (!trace) return musl ? 'Network unreachable' : 'Network is unreachable';
  if (trace.verdict === 'dropped') return musl ? 'Operation timed out' : 'Connection timed out';
  if (trace.verdict === 'unreachable') return musl ? 'Host is unreachable' : 'No route to host';
  return 'Connection refused';
}
