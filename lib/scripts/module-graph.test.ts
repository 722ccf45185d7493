import { expect, test } from 'vitest';
import { cycles, importsIn, type SourceFile } from './module-graph';

test.each([
  [`import { a } from './a';`, './a', false],
  [`import {\n  a,\n  b,\n} from "./a";`, './a', false],
  [`import a, { type B } from './a';`, './a', false],
  [`import * as a from './a';`, './a', false],
  [`import './a.css';`, './a.css', false],
  [`export * from './a';`, './a', false],
  [`export { a } from './a';`, './a', false],
  [`const a = await import('./a');`, './a', false],
  [`new Worker(new URL('./a.worker.ts', import.meta.url), { type: 'module' })`, './a.worker.ts', false],
  [`import type { A } from './a';`, './a', true],
  [`import { type A, type B } from './a';`, './a', true],
  [`import { type A, b } from './a';`, './a', false],
  [`export type { A } from './a';`, './a', true],
] as const)('%s', (text, specifier, typeOnly) => {
  expect(importsIn(text).map((i) => [i.specifier, i.typeOnly])).toEqual([[specifier, typeOnly]]);
});

test('comments and strings are no imports, and lines are counted', () => {
  const text = `// import 'x';\n/* import 'y';\n */\nimport 'z';\nconst s = "import 'w'";`;
  expect(importsIn(text)).toEqual([{ specifier: 'z', typeOnly: false, line: 4 }]);
});

test('a cycle is told in import order', () => {
  const file = (path: string, ...to: string[]): SourceFile => ({
    path,
    text: '',
    lines: 1,
    imports: to.map((t) => ({ specifier: t, typeOnly: false, line: 1, file: t })),
  });
  expect(cycles([file('a', 'b', 'd'), file('b', 'c'), file('c', 'b'), file('d')])).toEqual([['b', 'c', 'b']]);
});
