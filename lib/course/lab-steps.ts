// Short forms for the steps of labs: what solutions and wrong attempts are made of.
import type { JourneyWay } from './journey';
import type { Lab, Step, World } from './types';

type FromWorld = string | ((world: World) => string);
const textOf = (text: FromWorld, world: World): string => (typeof text === 'string' ? text : text(world));

/** Answers a prediction with an option's index. */
export const predict = (question: string, option: number): Step => ({
  kind: 'predict',
  question,
  answer: String(option),
});

/** Puts the items of an ordering question into an order. */
export const order = (question: string, items: readonly number[]): Step => ({
  kind: 'answer',
  question,
  answer: items.join(','),
});

/** Foretells the rows of a table of addresses. */
export const foretell = (table: string, ...ways: readonly JourneyWay[]): Step => ({
  kind: 'answer',
  question: table,
  answer: ways.join(','),
});

/** Holds the cluster's clock. */
export const HOLD: Step = { kind: 'time', clock: 'hold' };

/** So many turns of components, one after the other. */
export const turns = (n: number): readonly Step[] =>
  Array.from({ length: n }, () => ({ kind: 'time', clock: 'step' }));

/** Sets one field in a file of the editor. */
export const set = (file: string, path: string, value: string | number): Step => ({
  kind: 'set',
  file,
  path,
  value,
});

/** Writes a whole file, with comments in both languages. */
export const write = (name: string, en: string, zh: string): Step => ({
  kind: 'write',
  name,
  text: en,
  translations: { zh },
});

/** Selects a chain in the chain view. */
export const pick =
  (chain: (world: World) => string | undefined): Step =>
  (world) => ({ kind: 'click', target: `chain:${chain(world) ?? ''}` });

/** Types a line into a terminal. */
export const type =
  (terminal: FromWorld, line: FromWorld): Step =>
  (world) => ({ kind: 'shell', terminal: textOf(terminal, world), line: textOf(line, world) });

/** Sends a packet: from "pod/default/client", "node/node-1" … to "10.96.42.231:80". */
export const packet =
  (from: FromWorld, to: FromWorld): Step =>
  (world) => ({ kind: 'click', target: `packet:${textOf(from, world)}->${textOf(to, world)}/tcp` });

/** A wrong attempt: the task it fails, the mistake that must be named (null: none), what it does, its steps. */
export const wrong = (
  failsAt: string,
  mistake: string | null,
  name: string,
  ...steps: readonly Step[]
): Lab['wrong'][number] => ({ name, steps, failsAt, ...(mistake === null ? {} : { mistake }) });

/** Lets so many seconds of the cluster's time pass. */
export const wait = (seconds: number): Step => ({ kind: 'time', advanceMs: seconds * 1000 });
