// A terminal for tests: lines in, results out, on the fresh cluster.
import { Cluster } from '@/lib/sim';
import { runToEnd, type Driven } from './drive';
import { Disks } from './files/disks';
import { MemoryVolume } from './files/volume';
import { Session } from './session';
import type { Console } from './types';

export interface TestSession {
  readonly session: Session;
  readonly cluster: Cluster;
  readonly home: MemoryVolume;
  /** Runs a line to its end; the virtual clock jumps. */
  run(line: string): Driven;
}

export interface TestSessionOptions {
  readonly cluster?: Cluster;
  readonly console?: Console;
  /** Files of the control machine's home folder. */
  readonly files?: Readonly<Record<string, string>>;
}

let fresh: { readonly cluster: Cluster; readonly snapshot: ReturnType<Cluster['snapshot']> } | undefined;

/** The fresh cluster, made once and rewound. */
function freshCluster(): Cluster {
  if (!fresh) {
    const cluster = Cluster.create({ k8s: '1.32', seed: 1, now: '2026-01-01T00:00:00Z' });
    fresh = { cluster, snapshot: cluster.snapshot() };
  }
  fresh.cluster.restore(fresh.snapshot);
  return fresh.cluster;
}

export function testSession({
  cluster = freshCluster(),
  console,
  files = {},
}: TestSessionOptions = {}): TestSession {
  const home = new MemoryVolume();
  for (const [name, text] of Object.entries(files)) home.write(`/${name}`, text);
  const session = new Session({ cluster, disks: new Disks(home), ...(console ? { console } : {}) });
  return {
    session,
    cluster,
    home,
    run: (line) => runToEnd(session.run(line), cluster, { behind: session.jobs }),
  };
}
