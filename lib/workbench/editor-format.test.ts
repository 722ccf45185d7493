import { describe, expect, test } from 'vitest';
import { formatManifest } from './editor-format';

const formatted = (text: string): string => {
  const result = formatManifest(text);
  return result.kind === 'formatted' ? result.text : result.kind === 'same' ? text : '(refused)';
};

describe('formatManifest', () => {
  test('levels become two blanks; comments, quotes and order stay', () => {
    const text = `# The front door
apiVersion:   v1
kind: Service
metadata:
    name: "web"   # quoted on purpose
    labels: {app: web, tier: 'front'}
spec:
      selector:
            app: web


      ports:
      -   port: 80
          targetPort:    8080
`;
    expect(formatted(text)).toBe(`# The front door
apiVersion: v1
kind: Service
metadata:
  name: "web" # quoted on purpose
  labels: {app: web, tier: 'front'}
spec:
  selector:
    app: web

  ports:
  - port: 80
    targetPort: 8080
`);
  });

  test('lists stay as their author indents them', () => {
    const text = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
    - port: 80
`;
    expect(formatManifest(text)).toEqual({ kind: 'same' });
  });

  test('several documents, comments between them, anchors and blocks of text', () => {
    const text = `---
# first
apiVersion: v1
kind: ConfigMap
metadata: {name: a}
data:
  conf: |
    a:   1
      b: 2
  other: &x value
  again: *x
---
# second
apiVersion: v1
kind: ConfigMap
metadata:
   name: b
`;
    expect(formatted(text)).toBe(text.replace('   name: b', '  name: b'));
  });

  test('CRLF and a byte order mark go', () => {
    expect(formatted('\uFEFFapiVersion: v1\r\nkind: Namespace\r\nmetadata:\r\n  name: a\r\n')).toBe(
      'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a\n',
    );
  });

  test('words that YAML 1.1 reads as something else keep their meaning', () => {
    const text = `apiVersion: v1
kind: ConfigMap
metadata:
    name: a
data:
    a: "yes"
    b: "0123"
    c: 'on'
`;
    expect(formatted(text)).toBe(text.replaceAll('    ', '  '));
  });

  test('a text with errors, or too large, is left alone', () => {
    expect(formatManifest('a: [1').kind).toBe('refused');
    expect(formatManifest('a:\n\t- b').kind).toBe('refused');
    expect(formatManifest(`a: ${'x'.repeat(400_000)}`).kind).toBe('refused');
    expect(formatManifest('').kind).toBe('same');
  });

  test('what is being typed can be formatted', () => {
    expect(formatted('apiVersion: v1\nkind: Service\nmetadata:\n    name: web\nspec:\n    type:\n')).toBe(
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  type:\n',
    );
  });
});
