// What BusyBox's programs say of a connection that failed: strerror(3) of the image's C library.
import type { Trace } from '@/lib/net/datapath/trace';
import { toolsOn } from '../../images';
import { connectFailure, GLIBC, type ConnectFailure } from '../../net/connect-failure';
import type { CommandContext } from '../../types';

type Place = Pick<CommandContext, 'cluster' | 'console'>;

/** musl words these as src/errno/__strerror.h does. */
const MUSL: typeof GLIBC = {
  ENETUNREACH: 'Network unreachable',
  ETIMEDOUT: 'Operation timed out',
  EHOSTUNREACH: 'Host is unreachable',
  ECONNREFUSED: 'Connection refused',
} satisfies Record<ConnectFailure['errno'], string>;

/** As musl or glibc words it. */
export function strerror(trace: Trace | undefined, { console, cluster }: Place): string {
  const words = toolsOn(console, cluster)?.libc === 'musl' ? MUSL : GLIBC;
  return words[connectFailure(trace).errno];
}
