// The part of `ws` that is used here (it comes without types of its own).
declare module 'ws' {
  import type { IncomingMessage } from 'node:http';
  import type { Duplex } from 'node:stream';

  export class WebSocket {
    readonly protocol: string;
    readonly bufferedAmount: number;
    readonly readyState: number;
    send(data: Uint8Array, options?: { readonly binary?: boolean }): void;
    close(code?: number, reason?: string): void;
    terminate(): void;
    on(event: 'message', listener: (data: Buffer, isBinary: boolean) => void): this;
    on(event: 'close', listener: () => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
  }

  export class WebSocketServer {
    constructor(options: {
      readonly noServer: true;
      readonly maxPayload?: number;
      readonly handleProtocols?: (offered: Set<string>) => string | false;
    });
    handleUpgrade(
      request: IncomingMessage,
      socket: Duplex,
      head: Buffer,
      done: (webSocket: WebSocket) => void,
    ): void;
    on(event: 'wsClientError', listener: (error: Error, socket: Duplex) => void): this;
  }
}
