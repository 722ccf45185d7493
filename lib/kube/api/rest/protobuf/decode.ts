// Protobuf request bodies, which kubectl 1.32 and later send: "k8s\0", then runtime.Unknown whose raw holds the message that its
// typeMeta names (k8s.io/apimachinery pkg/runtime/serializer/protobuf).
import { err, ok, type Result } from '@/lib/core/result';
import { utf8Text } from '@/lib/kube/api/rest/utf8';
import { base64 } from '@/lib/kube/api/base64';
import { messageNamed, type Field } from './messages';

const MAGIC = [0x6b, 0x38, 0x73, 0x00];
const MOST_DEEP = 100;

class Fault extends Error {}

/** The object of a body as JSON would have it. */
export function decodeProtobuf(body: Uint8Array): Result<unknown, string> {
  if (!MAGIC.every((byte, i) => body[i] === byte))
    return err('provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]');
  try {
    const unknown = messageOf(body.subarray(MAGIC.length), 'Unknown', '', 0);
    const { apiVersion = '', kind = '' } = (unknown['typeMeta'] ?? {}) as Record<string, string>;
    const raw = unknown['raw'];
    if (!messageNamed(kind, apiVersion))
      throw new Fault(`no kind "${kind}" is registered for version "${apiVersion}"`);
    const bytes = raw instanceof Uint8Array ? raw : new Uint8Array();
    return ok({ apiVersion, kind, ...messageOf(bytes, kind, apiVersion, 0) });
  } catch (fault) {
    if (fault instanceof Fault) return err(fault.message);
    throw fault;
  }
}

type Values = Record<string, unknown>;

class Reader {
  #at = 0;

  constructor(readonly bytes: Uint8Array) {}

  get done(): boolean {
    return this.#at >= this.bytes.length;
  }

  varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.bytes[this.#at++];
      if (byte === undefined) throw new Fault('unexpected EOF');
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return BigInt.asIntN(64, value);
    }
    throw new Fault('proto: integer overflow');
  }

  chunk(): Uint8Array {
    return this.#take(Number(this.varint()));
  }

  skip(wireType: number): void {
    if (wireType === 0) this.varint();
    else if (wireType === 1) this.#take(8);
    else if (wireType === 2) this.chunk();
    else if (wireType === 5) this.#take(4);
    else throw new Fault(`proto: illegal wireType ${wireType}`);
  }

  #take(length: number): Uint8Array {
    const end = this.#at + length;
    if (length < 0 || end > this.bytes.length) throw new Fault('unexpected EOF');
    const part = this.bytes.subarray(this.#at, end);
    this.#at = end;
    return part;
  }
}

function messageOf(bytes: Uint8Array, name: string, apiVersion: string, depth: number): Values {
  if (depth > MOST_DEEP) throw new Fault('proto: message nested too deeply');
  const fields = messageNamed(name, apiVersion) ?? new Map<number, Field>();
  const values: Values = {};
  const reader = new Reader(bytes);
  while (!reader.done) {
    const tag = Number(reader.varint());
    const wireType = tag & 7;
    const field = fields.get(tag >> 3);
    if (!field) reader.skip(wireType);
    else put(values, field, valueOf(reader, field, wireType, apiVersion, depth));
  }
  return values;
}

function put(values: Values, field: Field, value: unknown): void {
  if (field.inline) Object.assign(values, value);
  else if (field.map) {
    const [key, item] = value as [string, unknown];
    values[field.name] = { ...(values[field.name] as Values | undefined), [key]: item };
  } else if (field.repeated)
    values[field.name] = [...((values[field.name] as unknown[] | undefined) ?? []), value];
  else values[field.name] = value;
}

function valueOf(reader: Reader, field: Field, wireType: number, apiVersion: string, depth: number): unknown {
  const { type } = field;
  if (wireType === 0) {
    const value = reader.varint();
    return type === 'bool' ? value !== 0n : Number(type === 'int32' ? BigInt.asIntN(32, value) : value);
  }
  if (wireType !== 2) throw new Fault(`proto: wrong wireType = ${wireType} for field ${field.name}`);
  const bytes = reader.chunk();
  if (field.map) return entryOf(bytes, type, apiVersion, depth);
  return lengthDelimited(bytes, type, apiVersion, depth);
}

function entryOf(bytes: Uint8Array, type: string, apiVersion: string, depth: number): [string, unknown] {
  const reader = new Reader(bytes);
  let key = '';
  let value: unknown = type === 'string' ? '' : undefined;
  while (!reader.done) {
    const tag = Number(reader.varint());
    if (tag >> 3 === 1) key = utf8Text(reader.chunk());
    else if (tag >> 3 === 2)
      value = lengthDelimited(reader.chunk(), type === 'bytes' ? 'base64' : type, apiVersion, depth);
    else reader.skip(tag & 7);
  }
  return [key, value ?? ''];
}

function lengthDelimited(bytes: Uint8Array, type: string, apiVersion: string, depth: number): unknown {
  if (type === 'string') return utf8Text(bytes);
  if (type === 'base64') return base64(bytes);
  if (type === 'bytes') return bytes;
  const message = messageOf(bytes, type, apiVersion, depth + 1);
  switch (type) {
    case 'IntOrString':
      return Number(message['type'] ?? 0) === 1 ? (message['strVal'] ?? '') : (message['intVal'] ?? 0);
    case 'Quantity':
      return message['string'] ?? '0';
    case 'Time':
    case 'MicroTime':
      return timeOf(message, type === 'MicroTime');
    default:
      return message;
  }
}

function timeOf({ seconds, nanos }: Values, micro: boolean): string | null {
  if (seconds === undefined) return null;
  const iso = new Date(Number(seconds) * 1000).toISOString().slice(0, 19);
  const fraction = String(Math.floor(Number(nanos ?? 0) / 1000)).padStart(6, '0');
  return micro ? `${iso}.${fraction}Z` : `${iso}Z`;
}
