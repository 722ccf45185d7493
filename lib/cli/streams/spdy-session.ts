// The server's end of a SPDY/3.1 connection: the client opens streams, each is answered, data goes both ways (moby/spdystream, as
// k8s.io/apimachinery pkg/util/httpstream/spdy uses it).
import { FrameReader, FrameWriter, SpdyError, type Frame, type Headers } from './spdy-frames';

/** What carries the bytes: a socket, or a WebSocket around it. */
export interface Wire {
  send(bytes: Uint8Array): void;
  /** After all that was sent. */
  close(): void;
}

export interface SpdyStream {
  readonly id: number;
  readonly headers: Headers;
  write(bytes: Uint8Array): void;
  /** Nothing more is written. */
  end(): void;
  onData: (bytes: Uint8Array) => void;
  /** The client writes nothing more, or has reset the stream. */
  onEnd: () => void;
}

export interface StreamHandler {
  /** Why a stream with these headers is refused; undefined: it is not. */
  refusal(stream: Pick<SpdyStream, 'id' | 'headers'>): string | undefined;
  /** A stream is open: what comes on it is heard from now on. */
  opened(stream: SpdyStream): void;
  /** The connection is gone. */
  ended(): void;
}

const MOST_STREAMS = 1_000;
/** A frame of data is no longer than this. */
const PIECE = 32 * 1024;
const CODES = { protocolError: 1, refused: 3 } as const;

interface Open extends SpdyStream {
  readEnded: boolean;
  writeEnded: boolean;
}

export class SpdySession {
  readonly #reader = new FrameReader();
  readonly #writer = new FrameWriter();
  readonly #streams = new Map<number, Open>();
  #last = 0;
  #closed = false;

  constructor(
    private readonly wire: Wire,
    private readonly handler: StreamHandler,
  ) {}

  /** Bytes from the client. What is no SPDY ends the connection. */
  receive(bytes: Uint8Array): void {
    if (this.#closed) return;
    try {
      for (const frame of this.#reader.push(bytes)) this.#handle(frame);
    } catch (error) {
      if (!(error instanceof SpdyError)) throw error;
      this.wire.send(this.#writer.goaway(this.#last, CODES.protocolError));
      this.close();
    }
  }

  /** Ends all streams and the connection. */
  close(): void {
    this.wire.close();
    this.ended();
  }

  /** The connection is gone. */
  ended(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const stream of this.#streams.values()) this.#endReading(stream);
    this.#streams.clear();
    this.handler.ended();
  }

  #handle(frame: Frame): void {
    switch (frame.type) {
      case 'syn-stream':
        return this.#open(frame.stream, frame.headers, frame.fin);
      case 'data': {
        const stream = this.#streams.get(frame.stream);
        if (!stream || stream.readEnded) return;
        if (frame.bytes.length > 0) stream.onData(frame.bytes);
        if (frame.fin) this.#endReading(stream);
        return;
      }
      case 'reset': {
        const stream = this.#streams.get(frame.stream);
        if (!stream) return;
        stream.writeEnded = true;
        this.#endReading(stream);
        return;
      }
      case 'ping':
        // Pings with odd numbers are the client's, and are sent back.
        if (frame.id % 2 === 1) this.wire.send(this.#writer.ping(frame.id));
        return;
      case 'goaway':
        return this.close();
      default:
    }
  }

  #open(id: number, headers: Headers, fin: boolean): void {
    if (id === 0 || id % 2 === 0 || id <= this.#last) throw new SpdyError(`stream ${id} out of order`);
    this.#last = id;
    if (this.#streams.size >= MOST_STREAMS || this.handler.refusal({ id, headers }) !== undefined) {
      this.wire.send(this.#writer.reset(id, CODES.refused));
      return;
    }
    const stream: Open = {
      id,
      headers,
      readEnded: false,
      writeEnded: false,
      onData: () => undefined,
      onEnd: () => undefined,
      write: (bytes) => {
        if (this.#closed || stream.writeEnded) return;
        for (let at = 0; at < bytes.length; at += PIECE)
          this.wire.send(this.#writer.data(id, bytes.subarray(at, at + PIECE)));
      },
      end: () => {
        if (this.#closed || stream.writeEnded) return;
        stream.writeEnded = true;
        this.wire.send(this.#writer.data(id, new Uint8Array(), true));
        this.#forget(stream);
      },
    };
    this.#streams.set(id, stream);
    this.wire.send(this.#writer.synReply(id));
    this.handler.opened(stream);
    if (fin) this.#endReading(stream);
  }

  #endReading(stream: Open): void {
    if (stream.readEnded) return;
    stream.readEnded = true;
    stream.onEnd();
    this.#forget(stream);
  }

  #forget(stream: Open): void {
    if (stream.readEnded && stream.writeEnded) this.#streams.delete(stream.id);
  }
}
