import { describe, expect, test } from 'vitest';
import { placeAt } from './editor-place';

/** The place at the mark ‸ in a text. */
function at(text: string): ReturnType<typeof placeAt> {
  const [before = ''] = text.split('‸');
  const lines = before.split('\n');
  return placeAt(text.replace('‸', ''), lines.length, (lines.at(-1)?.length ?? 0) + 1);
}
const path = (text: string): string => at(text)?.path.join('.') ?? 'nowhere';

const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
spec:
  selector:
    app: web
  ports:
  - name: http
    port: 80
  - name: https
    port: 443
`;

describe('placeAt', () => {
  test.each([
    ['spec:\n  type: Clu‸', 'spec.type'],
    ['spec:\n  ty‸pe: ClusterIP', 'spec.type'],
    ['spec:\n  ports:\n  - port: 80\n    targetPort: ‸', 'spec.ports.0.targetPort'],
    ['spec:\n  ports:\n    - port: ‸80', 'spec.ports.0.port'],
    ['spec:\n  ports:\n    - port: 80\n      name: a\n    - na‸me: b', 'spec.ports.0.name'],
    ['spec:\n  selector:\n    ‸', 'spec.selector'],
    ['spec:\n  selector:\n    app: web\n    ‸\n  ports: []', 'spec.selector'],
    ['spec:\n  selector:\n    app.kubernetes.io/name: ‸', 'spec.selector.app.kubernetes.io/name'],
    ['a:\n  - - b: ‸1', 'a.0.0.b'],
    ['spec:\n  externalIPs:\n  - 10.‸', 'spec.externalIPs.0'],
    ['a:\n  b: 1\n---\nspec:\n  type: ‸', 'spec.type'],
    ['spec:\r\n  type: ‸x\r\n', 'spec.type'],
    ['spec: # the wish\n  # note\n\n  type: ‸', 'spec.type'],
    [
      'spec:\n  template:\n    spec:\n      containers:\n      - name: a\n        ports:\n        - containerPort: ‸',
      'spec.template.spec.containers.0.ports.0.containerPort',
    ],
  ])('%j', (text, expected) => {
    expect(path(text)).toBe(expected);
  });

  test('nowhere in comments and blocks of text', () => {
    expect(path('spec: # a ‸comment')).toBe('nowhere');
    expect(path('data:\n  conf: |\n    mode: ‸x')).toBe('nowhere');
    expect(path('---‸')).toBe('nowhere');
    expect(placeAt('a: 1', 9, 1)).toBeUndefined();
  });

  test('kind and namespace, whatever stands first', () => {
    const mark = SERVICE.replace('port: 443', 'port: ‸443');
    expect(at(mark)).toMatchObject({
      kind: 'Service',
      namespace: 'shop',
      path: ['spec', 'ports', '0', 'port'],
    });
    expect(at(`${SERVICE}---\nkind: Pod\nspec:\n  nodeName: ‸`)).toMatchObject({ kind: 'Pod' });
    expect(at(`${SERVICE}---\nkind: Pod\nspec:\n  nodeName: ‸`)?.namespace).toBeUndefined();
  });

  test('the item of a List has its own kind', () => {
    const list = `kind: List\nitems:\n- kind: Pod\n  spec:\n    nodeName: a\n- metadata:\n    name: b\n  kind: Service\n  spec:\n    type: ‸x\n`;
    expect(at(list)).toMatchObject({ kind: 'Service', path: ['items', '0', 'spec', 'type'] });
  });

  test('what is typed, and the columns that a completion replaces', () => {
    expect(at('  type: Clu‸sterIP # x')).toMatchObject({ inValue: true, typed: 'Clu', start: 9, end: 18 });
    expect(at('  ty‸pe: x')).toMatchObject({ inValue: false, typed: 'ty', start: 3, end: 7 });
    expect(at('  ty‸')).toMatchObject({ inValue: false, typed: 'ty', start: 3, end: 5 });
    expect(at('  name: "we‸b"')).toMatchObject({ typed: 'we', quoted: true });
  });

  test('a very long line and a very long text cost no more than others', () => {
    const long = `${'- a\n'.repeat(200_000)}b: ‸`;
    expect(path(long)).toBe('b');
    expect(path(`a: ${'x'.repeat(1_000_000)}‸`)).toBe('a');
  });
});
