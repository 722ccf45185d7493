// The course as tests know it: which lessons are written.
import { LABS } from '../../lib/course/labs';

/** Ids of the written lessons, in the course's order. */
export const WRITTEN: readonly string[] = LABS.map(({ lab }) => lab.id).toSorted((a, b) =>
  a.localeCompare(b),
);
