import { describe, expect, test } from 'vitest';
import { setField } from './manifest-edit';
import { one, SERVICE } from './testing/manifest';

describe('setField', () => {
  test('changes a value and keeps the comment', () => {
    expect(setField(SERVICE, 'spec.ports[0].port', 8081)).toBe(SERVICE.replace('port: 80 ', 'port: 8081 '));
    expect(setField(SERVICE, 'spec.selector.app', 'my-web')).toBe(SERVICE.replace('my-web-app', 'my-web'));
  });

  test('adds a field that is missing, and those around it', () => {
    expect(setField(SERVICE, 'spec.sessionAffinity', 'ClientIP')).toBe(
      `${SERVICE}  sessionAffinity: ClientIP\n`,
    );
    expect(setField(SERVICE, 'spec.sessionAffinityConfig.clientIP.timeoutSeconds', 60)).toBe(
      `${SERVICE}  sessionAffinityConfig:\n    clientIP:\n      timeoutSeconds: 60\n`,
    );
    expect(setField(SERVICE, 'metadata.labels.zone', 'a')).toBe(SERVICE.replace('front}', 'front, zone: a}'));
    expect(setField(SERVICE, 'spec.ports[0].nodePort', 30080)).toBe(
      SERVICE.replace('targetPort: 8080\n', 'targetPort: 8080\n      nodePort: 30080\n'),
    );
  });

  test('fills in what is half typed', () => {
    expect(setField('spec:\n  replicas:\n', 'spec.replicas', 4)).toBe('spec:\n  replicas: 4\n');
    expect(setField('spec:\n', 'spec.replicas', 4)).toBe('spec:\n  replicas: 4\n');
  });

  test('writes text so that it stays text', () => {
    for (const value of ['yes', '10', 'a b', 'null', ''])
      expect(
        one(setField(SERVICE, 'metadata.labels.tier', value) ?? '').object?.metadata.labels?.['tier'],
      ).toBe(value);
  });

  test('leaves a mapping, a list item that is not there and unreadable text alone', () => {
    expect(setField(SERVICE, 'spec.selector', 'x')).toBeUndefined();
    expect(setField(SERVICE, 'spec.ports[5].port', 1)).toBeUndefined();
    expect(setField('a: [', 'a', 1)).toBeUndefined();
  });
});
