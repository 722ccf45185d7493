// SPDY/3.1 framing against itself and against zlib as a stream: what a Kubernetes client's library writes and reads.
import fc from 'fast-check';
import { constants, createDeflate, deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { SPDY_DICTIONARY } from './spdy-dictionary';
import { FrameReader, FrameWriter, SpdyError } from './spdy-frames';
import { SpdySession, type SpdyStream } from './spdy-session';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

test('the dictionary is that of the draft, by its Adler-32', () => {
  const head = deflateSync('x', { dictionary: SPDY_DICTIONARY }).subarray(2, 6);
  expect(head.toString('hex')).toBe('e3c6a7c2');
});

test('frames are read as they were written, however the bytes come', () => {
  const header = fc.tuple(fc.stringMatching(/^[a-z-]{1,12}$/), fc.stringMatching(/^[ -~]{0,20}$/));
  const blocks = fc.array(fc.array(header, { maxLength: 4 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(blocks, fc.integer({ min: 1, max: 50 }), (all, step) => {
      const writer = new FrameWriter();
      const reader = new FrameReader();
      const maps = all.map((pairs) => new Map(pairs));
      const sent = Buffer.concat(maps.map((headers, i) => writer.synStream(2 * i + 1, headers)));
      const read = [];
      for (let at = 0; at < sent.length; at += step) read.push(...reader.push(sent.subarray(at, at + step)));
      expect(read).toEqual(
        maps.map((headers, i) => ({ type: 'syn-stream', stream: 2 * i + 1, fin: false, headers })),
      );
    }),
  );
});

test('headers compressed by one zlib stream over several frames are read', async () => {
  const deflate = createDeflate({ dictionary: SPDY_DICTIONARY });
  const reader = new FrameReader();
  for (const [i, type] of ['error', 'data', 'data'].entries()) {
    const block = Buffer.concat(
      [1, 'streamtype', type].map((part) => {
        const length = Buffer.alloc(4);
        length.writeUInt32BE(typeof part === 'number' ? part : part.length);
        return typeof part === 'number' ? length : Buffer.concat([length, Buffer.from(part)]);
      }),
    );
    const parts: Buffer[] = [];
    const collect = (part: Buffer): number => parts.push(part);
    deflate.on('data', collect);
    deflate.write(block);
    await new Promise<void>((resolve) => deflate.flush(constants.Z_SYNC_FLUSH, resolve));
    deflate.off('data', collect);
    const payload = Buffer.concat([Buffer.alloc(10), ...parts]);
    payload.writeUInt32BE(2 * i + 1, 0);
    const head = Buffer.from([0x80, 3, 0, 1, 0, 0, 0, payload.length]);
    const [frame] = reader.push(Buffer.concat([head, payload]));
    expect(frame).toMatchObject({ type: 'syn-stream', headers: new Map([['streamtype', type]]) });
  }
});

test.each([
  ['another version', Buffer.from([0x80, 2, 0, 1, 0, 0, 0, 0])],
  ['a frame that is too long', Buffer.from([0x80, 3, 0, 1, 0, 0xff, 0xff, 0xff])],
  [
    'headers that are no zlib',
    Buffer.concat([Buffer.from([0x80, 3, 0, 1, 0, 0, 0, 14]), Buffer.alloc(14, 7)]),
  ],
  ['a ping without a number', Buffer.from([0x80, 3, 0, 6, 0, 0, 0, 0])],
])('%s is refused', (_, bytes) => {
  expect(() => new FrameReader().push(bytes)).toThrow(SpdyError);
});

test('a session answers streams, carries data both ways, and sends pings back', () => {
  const client = new FrameWriter();
  const heard = new FrameReader();
  const got: unknown[] = [];
  const opened: SpdyStream[] = [];
  const session = new SpdySession(
    { send: (bytes) => got.push(...heard.push(bytes)), close: () => got.push('closed') },
    {
      refusal: () => undefined,
      opened: (stream) => {
        opened.push(stream);
        stream.onData = (bytes) => stream.write(Buffer.from(text(bytes).toUpperCase()));
        stream.onEnd = () => stream.end();
      },
      ended: () => got.push('ended'),
    },
  );
  session.receive(client.synStream(1, new Map([['streamtype', 'data']])));
  session.receive(client.data(1, Buffer.from('abc'), true));
  session.receive(client.ping(5));
  expect(opened[0]?.headers.get('streamtype')).toBe('data');
  expect(got).toMatchObject([
    { type: 'syn-reply', stream: 1 },
    { type: 'data', stream: 1, bytes: Buffer.from('ABC'), fin: false },
    { type: 'data', stream: 1, fin: true },
    { type: 'ping', id: 5 },
  ]);
  session.receive(Buffer.from([0x80, 9, 0, 1, 0, 0, 0, 0]));
  expect(got.slice(4)).toMatchObject([{ type: 'goaway' }, 'closed', 'ended']);
});
