// Names of the ways through the course: all that is kept of them, and all that most pages need.
export const PATH_IDS = ['operator', 'architect', 'sre'] as const;
export type PathId = (typeof PATH_IDS)[number];

export const isPathId = (value: unknown): value is PathId => PATH_IDS.some((id) => id === value);
