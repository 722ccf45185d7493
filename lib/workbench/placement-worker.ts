// The worker that draws placement tests: a cluster is built and asked away from the page's own thread.
import { expose } from 'comlink';
import { placementTest } from '@/lib/course/placement/placement-test';

const api = { draw: placementTest };
export type PlacementWorker = typeof api;

expose(api);
