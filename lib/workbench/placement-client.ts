// The page's side of the placement test: a worker for one draw, ended when it has answered.
import { wrap } from 'comlink';
import type { Question } from '@/lib/course/placement/types';
import type { PlacementWorker } from './placement-worker';

/** A draw takes less than a second; a worker that says nothing for so long is given up (ms). */
const PATIENCE_MS = 30_000;

/** The questions of a seed; rejects if the worker cannot be loaded, fails or hangs. */
export async function drawPlacement(seed: number): Promise<readonly Question[]> {
  const worker = new Worker(new URL('./placement-worker.ts', import.meta.url), { type: 'module' });
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const broken = new Promise<never>((_, reject) => {
      worker.addEventListener('error', (event) =>
        reject(new Error(event.message || 'the worker did not load')),
      );
      timer = setTimeout(() => reject(new Error('the worker does not answer')), PATIENCE_MS);
    });
    return await Promise.race([wrap<PlacementWorker>(worker).draw(seed), broken]);
  } finally {
    clearTimeout(timer);
    worker.terminate();
  }
}
