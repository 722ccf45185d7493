import { describe, expect, test } from 'vitest';
import { setYamlPath } from './edit-yaml';

const SERVICE = `# the Service
kind: Service
spec:
  ports:
    - port: 80         # what callers use
      targetPort: 8080
  type: ClusterIP      # the default

# the end
`;

describe('a link that sets a field', () => {
  test('changes the value and not a byte around it', () => {
    expect(setYamlPath(SERVICE, 'spec.ports[0].port', '8081')).toBe(
      SERVICE.replace('port: 80  ', 'port: 8081  '),
    );
    expect(setYamlPath(SERVICE, 'spec.type', 'NodePort')).toBe(SERVICE.replace('ClusterIP', 'NodePort'));
  });

  test('adds a missing field after its siblings', () => {
    const after = SERVICE.replace('# the default\n', '# the default\n  sessionAffinity: ClientIP\n');
    expect(setYamlPath(SERVICE, 'spec.sessionAffinity', 'ClientIP')).toBe(after);
  });

  test('numbers and booleans are written bare, quoted text stays text', () => {
    expect(setYamlPath('spec:\n  a: 1\n', 'spec.a', 'true')).toBe('spec:\n  a: true\n');
    expect(setYamlPath('spec:\n  a: x\n', 'spec.a', '"4"')).toMatch(/a: ["']4["']/);
  });

  test('text that is no YAML is left alone', () => {
    expect(setYamlPath('spec: [', 'spec.a', '1')).toBeUndefined();
  });
});
