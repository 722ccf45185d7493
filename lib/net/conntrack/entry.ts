// One entry of a node's connection tracking table, as `conntrack -L` lists it.
import type { Tuple } from './tuple';

export type TcpState =
  | 'SYN_SENT'
  | 'SYN_RECV'
  | 'ESTABLISHED'
  | 'FIN_WAIT'
  | 'CLOSE_WAIT'
  | 'LAST_ACK'
  | 'TIME_WAIT'
  | 'CLOSE'
  | 'SYN_SENT2';

export type SctpState =
  | 'CLOSED'
  | 'COOKIE_WAIT'
  | 'COOKIE_ECHOED'
  | 'ESTABLISHED'
  | 'SHUTDOWN_SENT'
  | 'SHUTDOWN_RECD'
  | 'SHUTDOWN_ACK_SENT';

export interface Traffic {
  readonly packets: number;
  readonly bytes: number;
}

export interface Entry {
  /** Rises with every entry of a node. */
  readonly id: number;
  readonly original: Tuple;
  readonly reply: Tuple;
  /** TCP and SCTP only. */
  readonly state?: TcpState | SctpState;
  /** A packet of the reply direction was seen; else UNREPLIED. */
  readonly seenReply: boolean;
  /** Not dropped early when the table is full. */
  readonly assured: boolean;
  /** Virtual time of the end, ms. */
  readonly expiresAt: number;
  /** Virtual time of the first packet, ms. */
  readonly since: number;
  readonly traffic: { readonly original: Traffic; readonly reply: Traffic };
}
