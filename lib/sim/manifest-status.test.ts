import { describe, expect, test } from 'vitest';
import type { Status } from '@/lib/kube/api/types';
import { placeStatus } from './manifest-status';
import { one, SERVICE } from './testing/manifest';
import type { Problem } from './types';

const brief = (p: Problem): string => `${p.line}:${p.column} ${p.reason?.code ?? p.message ?? ''}`;

describe('placeStatus', () => {
  const status = (message: string, ...causes: Status['causes']): Status => ({
    code: 422,
    reason: 'Invalid',
    message,
    causes,
  });
  const placed = (s: Status, text = SERVICE): string[] => placeStatus(s, one(text)).map(brief);

  test('a cause stands at its field, with the server’s words', () => {
    const cause = {
      reason: 'FieldValueInvalid',
      message: 'Invalid value: 99999: must be between 1 and 65535, inclusive',
      field: 'spec.ports[0].port',
    };
    expect(placed(status('…', cause))).toEqual([
      '11:13 spec.ports[0].port: Invalid value: 99999: must be between 1 and 65535, inclusive',
    ]);
  });

  test('a field that is missing stands at the key around it', () => {
    const cause = {
      reason: 'FieldValueRequired',
      message: 'Required value',
      field: 'spec.ports[1].nodePort',
    };
    expect(placed(status('…', cause))).toEqual(['9:3 spec.ports[1].nodePort: Required value']);
  });

  test('a field of several lines is marked by its key; the same complaint comes once', () => {
    const cause = { reason: 'FieldValueInvalid', message: 'Invalid value: …', field: 'spec.selector' };
    expect(placeStatus(status('…', cause, cause), one(SERVICE))).toMatchObject([
      { line: 7, column: 3, endLine: 7, endColumn: 11 },
    ]);
  });

  test('unknown fields stand at their keys', () => {
    const text = SERVICE.replace('selector:', 'selectr:').replace('targetPort', 'targetport');
    const message =
      'Service in version "v1" cannot be handled as a Service: strict decoding error: unknown field "spec.ports[0].targetport", unknown field "spec.selectr"';
    expect(placed(status(message), text)).toEqual([
      '12:7 unknown field "spec.ports[0].targetport"',
      '7:3 unknown field "spec.selectr"',
    ]);
  });

  test('a wrong type stands at the item that has it, though Go names no index', () => {
    const message =
      'Service in version "v1" cannot be handled as a Service: json: cannot unmarshal string into Go struct field ServicePort.spec.ports.port of type int32';
    expect(placed(status(message))).toEqual([`14:13 ${message}`]);
  });

  test('an unknown kind stands at kind, a missing namespace at namespace', () => {
    expect(placed(status('no matches for kind "Servce" in version "v1"'))).toEqual([
      '2:7 no matches for kind "Servce" in version "v1"',
    ]);
    expect(
      placed(
        status('namespaces "nowhere" not found'),
        SERVICE.replace('metadata:', 'metadata:\n  namespace: nowhere'),
      ),
    ).toEqual(['4:14 namespaces "nowhere" not found']);
  });
});
