// What containers write to their logs when they start: a few lines an image, as their programs write them.
import type { Container } from '@/lib/kube/types';
import { endOf } from './command';
import { behaviourOf, imageName } from './images';

export interface LogLine {
  /** Virtual time, ms since the Unix epoch. */
  readonly at: number;
  readonly text: string;
}

type Writer = (container: Container, at: number) => readonly string[];

const ports = (container: Container): readonly number[] =>
  behaviourOf(container).listeners.map((l) => l.port);
const clock = (at: number): string => new Date(at).toISOString();

const WRITERS: Readonly<Record<string, Writer>> = {
  nginx: (_, at) => {
    const time = clock(at).slice(0, 19).replaceAll('-', '/').replace('T', ' ');
    return [
      '/docker-entrypoint.sh: Configuration complete; ready for start up',
      `${time} [notice] 1#1: start worker processes`,
    ];
  },
  agnhost: (container, at) => {
    const text = clock(at);
    const head = `I${text.slice(5, 7)}${text.slice(8, 10)} ${text.slice(11, 23)}000       1 log.go:195]`;
    const [http, udp] = ports(container);
    if (http === undefined) return [`${head} Pausing`];
    return [
      `${head} Started HTTP server on port ${http}`,
      ...(udp === undefined ? [] : [`${head} Started UDP server on port  ${udp}`]),
    ];
  },
  /** Not simulated: an empty log rather than lines that kube-proxy does not write. */
  'kube-proxy': () => [],
  coredns: () => ['.:53', '[INFO] plugin/reload: Running configuration', 'CoreDNS-1.11.3'],
};

/** The lines of a container that started at this time, those that it has yet to write included. */
export function startLog(container: Container, startedAt: number): readonly LogLine[] {
  const end = (container.command ?? container.args) ? endOf(container) : undefined;
  if (end) return end.lines.map(({ afterMs, text }) => ({ at: startedAt + afterMs, text }));
  const name = imageName(container.image ?? '');
  const listening = ports(container).map((port) => `listening on port ${port}`);
  const texts = Object.hasOwn(WRITERS, name) ? WRITERS[name]?.(container, startedAt) : listening;
  return (texts ?? []).map((text) => ({ at: startedAt, text }));
}
