// Bad input in the editor: one problem at its line, and the cluster as it was.
import { describe, expect, test } from 'vitest';
import { CATALOGUES } from '@/lib/i18n/catalogue';
import { WorkbenchEngine } from './engine';

const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: extra
spec:
  type: NodePort
  selector:
    app: my-web-app
  ports:
  - port: 80
    targetPort: 8080
    nodePort: 30080
`;

const LETTERS = 'abcdefghij';
const BOMB = [...LETTERS]
  .map(
    (name, i) =>
      `${name}: &${name} [${Array(10)
        .fill(i === 0 ? 'x' : `*${LETTERS[i - 1]}`)
        .join(', ')}]`,
  )
  .join('\n');

const opened = async (): Promise<WorkbenchEngine> => {
  const engine = new WorkbenchEngine(() => 0);
  await engine.open({ lab: '2.3', k8s: '1.32', seed: 1, lang: 'en' });
  return engine;
};

describe('bad input', () => {
  test.each<[string, string, line: number, what: string]>([
    ['a tab', SERVICE.replace('  type', '\ttype'), 6, 'problem.yaml.tab'],
    ['5 MB', SERVICE + `# ${'x'.repeat(98)}\n`.repeat(52_000), 1, 'problem.yaml.tooBig'],
    ['an alias bomb', BOMB, 1, 'problem.yaml.aliases'],
    [
      'an unknown kind',
      SERVICE.replace('Service', 'Servce'),
      2,
      'no matches for kind "Servce" in version "v1"',
    ],
    [
      'an unknown version',
      SERVICE.replace(': v1', ': v2'),
      2,
      'no matches for kind "Service" in version "v2"',
    ],
    [
      'two Services on one nodePort',
      `${SERVICE}---\n${SERVICE.replace('extra', 'other')}`,
      25,
      'spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated',
    ],
    ['a key twice', SERVICE.replace('  type', '  type: ClusterIP\n  type'), 7, 'problem.yaml.duplicateKey'],
    ['a NUL', SERVICE.replace('extra', 'ex\0tra'), 4, 'problem.yaml.control'],
    ['a bell', SERVICE.replace('extra', 'ex\u0007tra'), 4, 'problem.yaml.control'],
    ['an unknown field', SERVICE.replace('selector', 'selectors'), 7, 'unknown field "spec.selectors"'],
    ['a word for a number', SERVICE.replace('port: 80', 'port: eighty'), 10, 'cannot unmarshal string'],
    ['a port that is none', SERVICE.replace('8080', '80800'), 11, 'must be between 1 and 65535, inclusive'],
    ['no anchor', SERVICE.replace('my-web-app', '*app'), 8, 'problem.yaml.aliasUnknown'],
    ['a merge of nothing', `a: 1\n<<: 3\n`, 2, 'problem.yaml.merge'],
    ['3000 brackets', `a: ${'['.repeat(3000)}`, 1, 'problem.yaml.tooDeep'],
    ['JavaScript’s own names', `constructor: 1\n${SERVICE}`, 1, 'unknown field "constructor"'],
    ['a web page', '<html><body>404</body></html>', 1, 'problem.manifest.notMapping'],
    ['a bracket that is never closed', SERVICE.replace('port: 80', 'port: {80'), 11, 'problem.yaml.bracket'],
    ['half a surrogate pair', SERVICE.replace('extra', 'ex\ud800tra'), 4, 'metadata.name: Invalid value'],
    ['a Helm template', SERVICE.replace('extra', '{{ .Values.name }}'), 4, 'problem.yaml.template'],
    ['a template in a word', SERVICE.replace('extra', '{{ .Release.Name }}-web'), 4, 'problem.yaml.template'],
    ['a full-width colon', SERVICE.replace('type: ', 'type： '), 6, 'problem.yaml.wideColon'],
  ])('%s', async (_, text, line, what) => {
    const engine = await opened();
    const before = await engine.digest();
    const { sync, problems } = await engine.edit('extra.yaml', text);
    expect(sync).toBe('invalid');
    expect(problems).toHaveLength(1);
    const [problem] = problems;
    expect([problem?.line, problem?.message ?? problem?.reason?.code]).toEqual([
      line,
      expect.stringContaining(what),
    ]);
    expect(await engine.digest()).toBe(before);
    for (const { problems: words } of [CATALOGUES.zh, CATALOGUES.en])
      if (problem?.reason) expect(Object.keys(words)).toContain(problem.reason.code);
  });

  test('clusterIP cannot be changed', async () => {
    const engine = await opened();
    await engine.edit(
      'extra.yaml',
      SERVICE.replace('type: NodePort', 'clusterIP: 10.96.7.7').replace(/ *nodePort.*\n/, ''),
    );
    engine.commit();
    const before = await engine.digest();
    const changed = SERVICE.replace('type: NodePort', 'clusterIP: 10.96.7.8').replace(/ *nodePort.*\n/, '');
    const { problems } = await engine.edit('extra.yaml', changed);
    expect(problems.map(({ line, message }) => [line, message])).toEqual([
      [6, 'spec.clusterIPs[0]: Invalid value: []string{"10.96.7.8"}: may not change once set'],
    ]);
    expect(await engine.digest()).toBe(before);
  });
});

describe('unusual input that is right', () => {
  const LABELLED = SERVICE.replace('name: extra', 'name: extra\n  labels: &labels\n    app: my-web-app');
  test.each<[string, string]>([
    ['a List', `apiVersion: v1\nkind: List\nitems:\n- ${SERVICE.trim().replaceAll('\n', '\n  ')}\n`],
    [
      'JSON, indented by tabs',
      JSON.stringify(
        { apiVersion: 'v1', kind: 'Service', metadata: { name: 'extra' }, spec: { ports: [{ port: 1 }] } },
        null,
        '\t',
      ),
    ],
    ['CRLF', SERVICE.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\uFEFF${SERVICE}`],
    [
      'an anchor and a merge key',
      LABELLED.replace('selector:\n    app: my-web-app', 'selector:\n    <<: *labels'),
    ],
    ['a line of 200 000 characters', `${SERVICE}# ${'y'.repeat(200_000)}\n`],
    [
      'a value of 100 000 characters',
      SERVICE.replace('extra', `extra\n  annotations:\n    a: ${'z'.repeat(100_000)}`),
    ],
    ['directives and end marks', `%YAML 1.2\n---\n${SERVICE}...\n`],
    ['comments alone between marks', `# nothing\n---\n---\n${SERVICE}`],
  ])('%s', async (_, text) => {
    const engine = await opened();
    const { sync, problems } = await engine.edit('extra.yaml', text);
    expect([sync, problems]).toEqual(['applied', []]);
    expect((await engine.searchServices('default/extra', 5)).length).toBe(1);
  });
});
