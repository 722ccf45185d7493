import { describe, expect, test } from 'vitest';
import { decodeProtobuf } from './decode';

/** A message from its fields: [number, text | bytes | whole number]. */
function message(...fields: readonly (readonly [number, string | number | Uint8Array])[]): Uint8Array {
  const out: number[] = [];
  const varint = (value: number): void => {
    let rest = value;
    for (; rest > 127; rest = Math.floor(rest / 128)) out.push((rest % 128) | 128);
    out.push(rest);
  };
  for (const [number, value] of fields) {
    if (typeof value === 'number') {
      varint(number * 8);
      varint(value);
      continue;
    }
    const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
    varint(number * 8 + 2);
    varint(bytes.length);
    out.push(...bytes);
  }
  return new Uint8Array(out);
}
const body = (apiVersion: string, kind: string, raw: Uint8Array): Uint8Array =>
  new Uint8Array([0x6b, 0x38, 0x73, 0, ...message([1, message([1, apiVersion], [2, kind])], [2, raw])]);

describe('protobuf bodies', () => {
  test('become the object as JSON has it', () => {
    const port = message(
      [1, '80-8080'],
      [2, 'TCP'],
      [3, 80],
      [4, message([1, 0], [2, 8080], [3, ''])],
      [5, 0],
    );
    const raw = message(
      [1, message([1, 'web'], [8, message()], [11, message([1, 'app'], [2, 'web'])])],
      [2, message([1, port], [2, message([1, 'app'], [2, 'web'])], [4, 'ClusterIP'])],
    );
    expect(decodeProtobuf(body('v1', 'Service', raw))).toEqual({
      ok: true,
      value: {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'web', creationTimestamp: null, labels: { app: 'web' } },
        spec: {
          ports: [{ name: '80-8080', protocol: 'TCP', port: 80, targetPort: 8080, nodePort: 0 }],
          selector: { app: 'web' },
          type: 'ClusterIP',
        },
      },
    });
  });

  test('carry names of ports, quantities and bytes', () => {
    const named = message([4, message([1, 1], [3, 'http'])]);
    expect(decodeProtobuf(body('v1', 'Service', message([2, message([1, named])])))).toMatchObject({
      value: { spec: { ports: [{ targetPort: 'http' }] } },
    });
    const quota = message([2, message([1, message([1, 'cpu'], [2, message([1, '500m'])])])]);
    expect(decodeProtobuf(body('v1', 'ResourceQuota', quota))).toMatchObject({
      value: { spec: { hard: { cpu: '500m' } } },
    });
    const secret = message([2, message([1, 'k'], [2, new Uint8Array([255, 0, 1])])]);
    expect(decodeProtobuf(body('v1', 'Secret', secret))).toMatchObject({ value: { data: { k: '/wAB' } } });
  });

  test.each([
    [
      new Uint8Array([1, 2, 3]),
      'provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]',
    ],
    [body('v9', 'Nothing', new Uint8Array()), 'no kind "Nothing" is registered for version "v9"'],
    [new Uint8Array([0x6b, 0x38, 0x73, 0, 10, 200]), 'unexpected EOF'],
    [body('v1', 'Service', new Uint8Array([10, 99])), 'unexpected EOF'],
  ])('that are broken are refused (%#)', (bytes, error) => {
    expect(decodeProtobuf(bytes)).toEqual({ ok: false, error });
  });
});
