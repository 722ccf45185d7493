import { describe, expect, test } from 'vitest';
import { parseManifests, type ManifestDocument } from './manifest';
import { one, SERVICE } from './testing/manifest';
import type { Problem } from './types';

const brief = (p: Problem): string => `${p.line}:${p.column} ${p.reason?.code ?? p.message ?? ''}`;
const problemsOf = (text: string): string[] => parseManifests('a.yaml', text).problems.map(brief);
const spec = (value: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n${value}`;
const data = (value: string): unknown => (one(spec(value)).object as unknown as { data: unknown }).data;
const at = (document: ManifestDocument, path: string, what?: 'key' | 'value'): string => {
  const place = document.locate(path, what);
  return place
    ? `${place.line}:${place.column}-${place.endLine}:${place.endColumn}${place.exact ? '' : ' near'}`
    : 'nowhere';
};

describe('reading', () => {
  test('a Service becomes its JSON', () => {
    expect(one(SERVICE).object).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'my-web-service', labels: { 'app.kubernetes.io/name': 'web', tier: 'front' } },
      spec: {
        selector: { app: 'my-web-app' },
        ports: [
          { protocol: 'TCP', port: 80, targetPort: 8080 },
          { name: 'metrics', port: '9090' },
        ],
        type: 'ClusterIP',
      },
    });
  });

  test('words mean what they mean to kubectl: YAML 1.1 without times and base 60', () => {
    expect(
      data(
        '  a: yes\n  b: Off\n  c: 010\n  d: 12:30\n  e: 2026-01-05\n  f: 1_000\n  g: ~\n  h: 0x1F\n  i: 1e3\n  j: 1.2.3',
      ),
    ).toEqual({
      a: true,
      b: false,
      c: 8,
      d: '12:30',
      e: '2026-01-05',
      f: 1000,
      g: null,
      h: 31,
      i: 1000,
      j: '1.2.3',
    });
  });

  test('anchors, aliases and merge keys are written out; an own key wins', () => {
    expect(data('  base: &b {x: 1, z: 2}\n  more:\n    <<: *b\n    z: 3\n  again: *b')).toEqual({
      base: { x: 1, z: 2 },
      more: { x: 1, z: 3 },
      again: { x: 1, z: 2 },
    });
  });

  test('JSON is YAML, tabs and all', () => {
    expect(
      one('{\n\t"apiVersion": "v1",\n\t"kind": "Service",\n\t"metadata": {"name": "a"}\n}').object?.kind,
    ).toBe('Service');
  });

  test('several documents count on; empty ones and comments are skipped', () => {
    const { documents, problems } = parseManifests(
      'a.yaml',
      `# first\n---\n${SERVICE}---\n# nothing\n---\n${SERVICE}`,
    );
    expect(problems).toEqual([]);
    expect(documents.map((d) => d.index)).toEqual([0, 1]);
    expect(documents.map((d) => at(d, 'kind'))).toEqual(['4:1-4:14', '22:1-22:14']);
  });

  test('a List counts as its items, each with its own paths', () => {
    const text =
      'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Service, metadata: {name: a}}\n- apiVersion: v1\n  kind: Pod\n  metadata:\n    name: b\n';
    const { documents, problems } = parseManifests('a.yaml', text);
    expect(problems).toEqual([]);
    expect(documents.map((d) => d.object?.metadata.name)).toEqual(['a', 'b']);
    expect(documents.map((d) => at(d, 'metadata.name', 'value'))).toEqual(['4:52-4:53', '8:11-8:12']);
  });

  test('an empty text has neither objects nor problems', () => {
    expect(parseManifests('a.yaml', '')).toEqual({ documents: [], problems: [] });
    expect(parseManifests('a.yaml', '# later\n')).toEqual({ documents: [], problems: [] });
  });

  test('a name like __proto__ is an ordinary key', () => {
    const value = data('  __proto__: x') as object;
    expect(Object.keys(value)).toEqual(['__proto__']);
  });
});

describe('places', () => {
  const document = one(SERVICE);

  test.each([
    ['spec.ports[0].port', '11:7-11:15', '11:7-11:11', '11:13-11:15'],
    ['spec.ports[1].name', '13:7-13:20', '13:7-13:11', '13:13-13:20'],
    ['spec.selector', '7:3-8:20', '7:3-7:11', '8:5-8:20'],
    ['spec.selector.app', '8:5-8:20', '8:5-8:8', '8:10-8:20'],
    ['spec.selector[app]', '8:5-8:20', '8:5-8:8', '8:10-8:20'],
    ['metadata.labels.app.kubernetes.io/name', '5:12-5:39', '5:12-5:34', '5:36-5:39'],
    ['metadata.labels[app.kubernetes.io/name]', '5:12-5:39', '5:12-5:34', '5:36-5:39'],
    ['metadata.labels["tier"]', '5:41-5:52', '5:41-5:45', '5:47-5:52'],
    ['metadata.labels', '5:3-5:53', '5:3-5:9', '5:11-5:53'],
  ])('%s', (path, whole, key, value) => {
    expect([at(document, path), at(document, path, 'key'), at(document, path, 'value')]).toEqual([
      whole,
      key,
      value,
    ]);
  });

  test.each([
    ['spec.clusterIP', '6:1-6:5 near'],
    ['spec.ports[0].nodePort', '9:3-9:8 near'],
    ['spec.ports[7].port', '9:3-9:8 near'],
    ['metadata.namespace', '3:1-3:9 near'],
    ['status', '1:1-1:11 near'],
  ])('%s is not written: the key around it', (path, place) => {
    expect(at(document, path)).toBe(place);
  });

  test('clusterIPs[0] is found at clusterIP', () => {
    expect(at(one(SERVICE + '  clusterIP: 10.96.0.7\n'), 'spec.clusterIPs[0]', 'value')).toBe('16:14-16:23');
  });

  test.each([
    [8, 12, 'spec.selector.app'],
    [7, 5, 'spec.selector'],
    [8, 1, 'spec.selector.app'],
    [11, 14, 'spec.ports[0].port'],
    [11, 30, 'spec.ports[0].port'],
    [10, 5, 'spec.ports[0].protocol'],
    [13, 8, 'spec.ports[1].name'],
    [5, 20, 'metadata.labels[app.kubernetes.io/name]'],
    [5, 50, 'metadata.labels.tier'],
    [2, 1, 'kind'],
    [99, 1, undefined],
  ])('line %i, column %i is %s', (line, column, path) => {
    expect(document.fieldAt(line, column)).toBe(path);
  });

  test('every field is found where its place says', () => {
    for (const path of ['spec.ports[0].targetPort', 'spec.type', 'metadata.name', 'metadata.labels.tier']) {
      const place = document.locate(path, 'value');
      expect(place && document.fieldAt(place.line, place.column)).toBe(path);
    }
  });
});

describe('bad input: one problem, at its place', () => {
  test.each([
    ['a tab', SERVICE.replace('    app: my', '\tapp: my'), '8:1 problem.yaml.tab'],
    ['a tab behind blanks', SERVICE.replace('    app: my', '  \tapp: my'), '8:3 problem.yaml.tab'],
    ['a tab deep in a list', SERVICE.replace('      port: 80', '\t\t\tport: 80'), '11:1 problem.yaml.tab'],
    ['indented too far', SERVICE.replace('  type:', '     type:'), '15:6 problem.yaml.indent'],
    ['indented too little', SERVICE.replace('  type:', ' type:'), '15:2 problem.yaml.indent'],
    [
      'a field deeper than its neighbour',
      SERVICE.replace('      targetPort', '        targetPort'),
      '12:9 problem.yaml.indent',
    ],
    ['no colon', SERVICE.replace('  type: ClusterIP', '  type ClusterIP'), '15:3 problem.yaml.colon'],
    [
      'no blank behind the colon',
      SERVICE.replace('targetPort: 8080', 'targetPort:8080'),
      '12:7 problem.yaml.colon',
    ],
    [
      'a full-width colon',
      SERVICE.replace('targetPort: 8080', 'targetPort：8080'),
      '12:17 problem.yaml.wideColon',
    ],
    ['two colons', SERVICE.replace('port: 80 ', 'port: 80: 1 '), '11:7 problem.yaml.nested'],
    ['a quote left open', SERVICE.replace('"9090"', '"9090'), '14:13 problem.yaml.quote'],
    ['a bracket left open', SERVICE.replace('front}', 'front'), '6:1 problem.yaml.bracket'],
    ['a reserved character', SERVICE.replace('TCP', '@TCP'), '10:17 problem.yaml.reserved'],
    ['a key twice', SERVICE.replace('  type:', '  selector:'), '15:3 problem.yaml.duplicateKey'],
    ['an unknown alias', SERVICE.replace('TCP', '*tcp'), '10:17 problem.yaml.aliasUnknown'],
    [
      'an alias of itself',
      SERVICE.replace('    app: my-web-app', '    app: &a [*a]'),
      '8:14 problem.yaml.aliasCycle',
    ],
    ['a control character', SERVICE.replace('TCP', 'T\u0007CP'), '10:18 problem.yaml.control'],
    ['a key that is a list', spec('  a: 1\n  ? [b]\n  : 2'), '6:5 problem.yaml.key'],
    ['a list item on the wrong side', spec('  a:\n  - b: x\n    - c'), '7:5 problem.yaml.indent'],
    ['no kind', SERVICE.replace('kind: Service\n', ''), '1:1 problem.manifest.noKind'],
    ['no apiVersion', SERVICE.replace('apiVersion: v1\n', ''), '1:1 problem.manifest.noApiVersion'],
    ['no name', SERVICE.replace('  name: my-web-service\n', ''), '3:1 problem.manifest.noName'],
    ['a name that is a number', SERVICE.replace('my-web-service', '8080'), '4:3 problem.manifest.notText'],
    ['a list', '- a\n- b\n', '1:1 problem.manifest.notMapping'],
    ['a sentence', 'hello there\n', '1:1 problem.manifest.notMapping'],
  ])('%s', (_what, text, expected) => {
    expect(problemsOf(text)).toEqual([expected]);
  });

  test('a document with a mistake does not hide the others', () => {
    const { documents, problems } = parseManifests('a.yaml', `${SERVICE}---\nkind: Pod\n---\n${SERVICE}`);
    expect(problems.map(brief)).toEqual(['17:1 problem.manifest.noApiVersion']);
    expect(documents.map((d) => d.object !== undefined)).toEqual([true, false, true]);
  });

  test('the same key twice says which', () => {
    expect(parseManifests('a.yaml', 'a: 1\nb: 2\na: 3\n').problems[0]?.reason?.params).toEqual({ key: 'a' });
  });
});

describe('half-typed text waits', () => {
  test.each([
    ['targetPort: 8080', 'targetPort:', '12:7', 'spec.ports[0].targetPort'],
    ['targetPort: 8080', 'targetPort:    # soon', '12:7', 'spec.ports[0].targetPort'],
    ['app: my-web-app', 'app: ', '8:5', 'spec.selector.app'],
    ['name: my-web-service', 'name:', '4:3', 'metadata.name'],
    ['kind: Service', 'kind:', '2:1', 'kind'],
    ['    - name: metrics\n      port: "9090"', '    -', '13:5', 'spec.ports[1]'],
  ])('%s → %s', (text, typed, place, field) => {
    const { problems, documents } = parseManifests('a.yaml', SERVICE.replace(text, typed));
    expect(problems.map((p) => [p.severity, `${p.line}:${p.column}`, p.reason])).toEqual([
      ['info', place, { code: 'problem.manifest.incomplete', params: { field } }],
    ]);
    expect(documents.map((d) => d.object)).toEqual([undefined]);
  });

  test('a written null is a value', () => {
    expect(problemsOf(SERVICE.replace('targetPort: 8080', 'targetPort: null'))).toEqual([]);
    expect(problemsOf(SERVICE.replace('targetPort: 8080', 'targetPort: ""'))).toEqual([]);
  });
});

describe('limits', () => {
  const timed = (text: string): { readonly codes: string[]; readonly ms: number } => {
    const start = performance.now();
    const codes = problemsOf(text);
    return { codes, ms: performance.now() - start };
  };

  test('a 5 MB paste is refused before it is read', () => {
    const { codes, ms } = timed(SERVICE.repeat(20_000));
    expect(codes).toEqual(['1:1 problem.yaml.tooBig']);
    expect(ms).toBeLessThan(20);
  });

  test('a megabyte counts in bytes', () => {
    expect(problemsOf(`# ${'中'.repeat(400_000)}`)).toEqual(['1:1 problem.yaml.tooBig']);
  });

  test.each([
    ['brackets', '['.repeat(1_000_000)],
    ['braces', '{a: '.repeat(200_000)],
    ['dashes', '- '.repeat(400_000)],
    ['indentation', Array.from({ length: 1000 }, (_, i) => `${' '.repeat(i)}a:\n`).join('')],
  ])('nesting by %s stops at 100', (_what, text) => {
    const { codes } = timed(text);
    expect(codes).toHaveLength(1);
    expect(codes[0]).toMatch(/problem\.yaml\.tooDeep$/);
  });

  test('a hundred levels are read', () => {
    expect(problemsOf(spec(`  a: ${'['.repeat(97)}${']'.repeat(97)}`))).toEqual([]);
  });

  test('an alias bomb is refused', () => {
    const lines = Array.from(
      { length: 12 },
      (_, i) => `  l${i + 1}: &l${i + 1} [${Array(10).fill(`*l${i}`).join(', ')}]`,
    );
    const text = spec(['  l0: &l0 lol', ...lines].join('\n'));
    const { codes, ms } = timed(text);
    expect(codes).toHaveLength(1);
    expect(codes[0]).toMatch(/problem\.yaml\.aliases$/);
    expect(ms).toBeLessThan(2000);
  });

  test('500 documents are read, more are refused', () => {
    const documents = (n: number): string =>
      'apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n---\n'.repeat(n);
    expect(parseManifests('a.yaml', documents(499)).documents).toHaveLength(499);
    expect(problemsOf(documents(600))[0]).toMatch(/problem\.yaml\.tooManyDocuments$/);
  });
});
