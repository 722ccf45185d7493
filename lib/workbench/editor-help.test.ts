import { describe, expect, test } from 'vitest';
import { fieldHelp } from './editor-help';

const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: ClientIP
  trafficDistribution: PreferClose
  ports:
  - port: 80
    targetPort: http
  nonsense: 1
`;

describe('fieldHelp', () => {
  test('type, default, values and sentences of a field', () => {
    expect(fieldHelp(SERVICE, 6, 5, '1.32')).toMatchObject({
      title: 'spec.sessionAffinity',
      type: 'string',
      values: ['None', 'ClientIP'],
      doc: { default: 'None' },
      place: { start: 3, end: 18 },
    });
    expect(fieldHelp(SERVICE, 8, 4, '1.32')?.type).toBe('[]ServicePort');
    expect(fieldHelp(SERVICE, 9, 6, '1.32')).toMatchObject({ title: 'spec.ports.port', required: true });
    expect(fieldHelp(SERVICE, 10, 9, '1.32')?.type).toBe('IntOrString');
  });

  test('the value of kind explains the kind', () => {
    expect(fieldHelp(SERVICE, 2, 8, '1.32')?.title).toBe('v1 Service');
    expect(fieldHelp(SERVICE, 2, 2, '1.32')?.title).toBe('kind');
  });

  test('a field of another version is said to be unknown by saying nothing', () => {
    expect(fieldHelp(SERVICE, 7, 5, '1.28')).toBeUndefined();
    expect(fieldHelp(SERVICE, 7, 5, '1.30')?.gateOff).toBe('ServiceTrafficDistribution');
    expect(fieldHelp(SERVICE, 11, 5, '1.32')).toBeUndefined();
  });

  test('text that cannot be parsed does not matter', () => {
    expect(fieldHelp(`${SERVICE}\t- [`, 6, 5, '1.32')?.title).toBe('spec.sessionAffinity');
  });
});
