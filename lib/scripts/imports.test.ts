// The direction of imports, the engine's purity and the size of files: rules of the house that are kept by a test.
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { cycles, readSources, withoutComments, type Import, type SourceFile } from './module-graph';

const ENGINE = ['core', 'kube', 'net', 'proxy', 'sim'];
const ABOVE_ENGINE = ['terminal', 'course', 'quiz', 'workshop'];

/** What a layer may import besides itself. Types alone may come from `types` too. */
interface Door {
  readonly values: readonly string[];
  readonly types?: readonly string[];
}

const LAYERS: Readonly<Record<string, Door>> = {
  core: { values: [] },
  kube: { values: ['core'] },
  net: { values: ['core'], types: ['kube'] },
  proxy: { values: ['core', 'kube', 'net'] },
  sim: { values: ['core', 'kube', 'net', 'proxy'] },
  i18n: { values: ['core'] },
  terminal: { values: ENGINE },
  // The list of labs stands in course; each lab in content.
  course: { values: [...ENGINE, 'terminal', 'i18n', 'content'] },
  content: { values: [] },
  quiz: { values: [...ENGINE, 'terminal', 'course', 'i18n'] },
  workshop: { values: [...ENGINE, 'terminal', 'course', 'i18n'] },
  workbench: { values: [...ENGINE, ...ABOVE_ENGINE, 'i18n'] },
  server: { values: [...ENGINE, ...ABOVE_ENGINE, 'i18n'] },
  cli: { values: [...ENGINE, ...ABOVE_ENGINE, 'i18n'] },
  // What authors of lessons work with: reads them as the pages do.
  authoring: { values: ['core', 'kube', 'course', 'cli', 'i18n', 'components'] },
  // The engine itself is reached through the workbench only: it runs in a worker.
  components: { values: [...ABOVE_ENGINE, 'workbench', 'i18n'], types: ENGINE },
  app: { values: [...ABOVE_ENGINE, 'workbench', 'components', 'i18n', 'server'], types: ENGINE },
};

/** Data about Kubernetes that every layer may read. */
const FACTS = ['lib/kube/version.ts', 'lib/kube/versions.ts', 'lib/kube/schema-json.ts'];
/** What labs are written with. */
const LAB_HELPERS = ['checks', 'calls', 'lab-files', 'lab-steps'].map((name) => `lib/course/${name}.ts`);
const ENGINE_PACKAGES = ['yaml', '@noble/hashes'];
const LINES = 400;

const IMPURE: Readonly<Record<string, RegExp>> = {
  'the wall clock': /\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\./,
  timers: /\b(?:setTimeout|setInterval|setImmediate|queueMicrotask|requestAnimationFrame)\s*\(/,
  'unseeded randomness': /\bMath\.random\b|\bcrypto\./,
  'Node or the DOM':
    /(?<![.\w'"])(?:process|window|navigator|localStorage)\.\w|(?<![.\w])fetch\(|\bdocument\.(?:create|query|body|documentElement)/,
  'the console': /(?<![.\w])console\.\w/,
};

const sources = readSources(fileURLToPath(new URL('../..', import.meta.url)));
const product = sources.filter(({ path }) => !/\.test\.tsx?$/.test(path));

/** "lib/kube/api/store.ts" → "kube", "components/…" → "components"; undefined for what stands outside the layers. */
function layerOf(file: string): string | undefined {
  const [first = '', second = ''] = file.split('/');
  if (file === 'proxy.ts') return 'app';
  if (file === 'mdx-components.tsx') return 'app';
  return first === 'lib' ? second : Object.hasOwn(LAYERS, first) ? first : undefined;
}

const inEngine = ({ path }: SourceFile): boolean => ENGINE.includes(layerOf(path) ?? '');
const place = (source: SourceFile, found: Import): string => `${source.path}:${found.line}`;

/** Every import of some files for which `fault` has a sentence. */
function faults(
  files: readonly SourceFile[],
  fault: (found: Import, source: SourceFile) => string | undefined,
): string[] {
  return files.flatMap((source) =>
    source.imports.flatMap((found) => {
      const sentence = fault(found, source);
      return sentence === undefined
        ? []
        : [`${place(source, found)} imports ${found.specifier}: ${sentence}`];
    }),
  );
}

function wrongWay(found: Import, source: SourceFile): string | undefined {
  const from = layerOf(source.path);
  const to = found.file === undefined ? undefined : layerOf(found.file);
  const door = from === undefined ? undefined : LAYERS[from];
  if (!door || to === undefined || to === from || FACTS.includes(found.file ?? '')) return undefined;
  if (door.values.includes(to) || (found.typeOnly && door.types?.includes(to))) return undefined;
  if (door.types?.includes(to)) return `${from} may take types only from ${to}`;
  return `${from} may not import ${to}; it may import ${door.values.join(', ') || 'nothing'}`;
}

describe('imports', () => {
  test('the folders are read', () => {
    const layers = new Set(product.map(({ path }) => layerOf(path)));
    for (const layer of [...ENGINE, 'course', 'workbench', 'components', 'app'])
      expect(layers).toContain(layer);
  });

  test('point one way: core ← kube, net ← proxy ← sim ← terminal ← course ← workbench ← components ← app', () => {
    const layered = product.filter(({ path }) => !path.startsWith('content/'));
    expect(faults(layered, wrongWay)).toEqual([]);
  });

  test('every folder of lib has its place in that order', () => {
    const unknown = product.filter(({ path }) => path.startsWith('lib/') && !path.startsWith('lib/scripts/'));
    expect(
      unknown.filter(({ path }) => !Object.hasOwn(LAYERS, layerOf(path) ?? '')).map(({ path }) => path),
    ).toEqual([]);
  });

  test('the engine uses no package but those that the contracts allow', () => {
    const allowed = (name: string): boolean =>
      ENGINE_PACKAGES.some((own) => name === own || name.startsWith(`${own}/`));
    const fault = ({ file, specifier }: Import) =>
      file === undefined && !allowed(specifier)
        ? `the engine may use ${ENGINE_PACKAGES.join(' and ')} only`
        : undefined;
    expect(faults(product.filter(inEngine), fault)).toEqual([]);
  });

  test('labs are data: types of the course and its check helpers, nothing else', () => {
    const labs = product.filter(({ path }) => path.startsWith('content/'));
    const fault = ({ file, typeOnly }: Import, { path }: SourceFile) => {
      if (LAB_HELPERS.includes(file ?? '') || FACTS.includes(file ?? '')) return undefined;
      // A large lab stands in several files of its folder.
      if (file?.startsWith(path.slice(0, path.lastIndexOf('/') + 1))) return undefined;
      return typeOnly && (file?.startsWith('lib/course/') || file === 'lib/kube/types.ts')
        ? undefined
        : `a lab may import types, and ${LAB_HELPERS.join(', ')}`;
    };
    expect(faults(labs, fault)).toEqual([]);
  });

  test('go round in no circle', () => {
    expect(cycles(product).map((files) => files.join(' → '))).toEqual([]);
  });
});

describe('the engine', () => {
  test.each(Object.entries(IMPURE))('knows nothing of %s', (_, pattern) => {
    const found = product.filter(inEngine).flatMap(({ path, text }) =>
      withoutComments(text)
        .split('\n')
        .flatMap((line, at) => (pattern.test(line) ? [`${path}:${at + 1}: ${line.trim()}`] : [])),
    );
    expect(found).toEqual([]);
  });
});

test(`no file is longer than ${LINES} lines`, () => {
  expect(
    sources.filter(({ lines }) => lines > LINES).map(({ path, lines }) => `${path}: ${lines} lines`),
  ).toEqual([]);
});
