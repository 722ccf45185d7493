// What `npm run bench` prints: a table of figures with their limits (docs/bench.md holds the last one).
import { cpus, totalmem } from 'node:os';
import { engineRows } from './engine';
import type { Row } from './measure';
import { pageRows, type PageOptions } from './page';
import { peerRows, type PeerPackage } from './peers';
import { scaleRows } from './scale';

/** `page`: how to reach the built app in a browser; `peer`: another simulator to measure beside ours. Undefined leaves one out. */
export async function main(page: PageOptions | undefined, peer?: PeerPackage): Promise<void> {
  const gib = Math.round(totalmem() / 2 ** 30);
  console.log(`${cpus().length} cores, ${gib} GiB, Node ${process.versions.node}\n`);
  console.log('| what | measured | limit |\n| --- | --- | --- |');
  for (const row of await engineRows()) console.log(line(row));
  for (const row of scaleRows()) console.log(line(row));
  if (peer) for (const row of await peerRows(peer)) console.log(line(row));
  if (page) for (const row of await pageRows(page)) console.log(line(row));
}

const line = ({ what, value, limit }: Row): string => `| ${what} | ${value} | ${limit ?? ''} |`;
