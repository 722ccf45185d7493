// A connection while packets of it are under way (struct nf_conn): the tuples of both directions and what NAT has settled.
import type { Entry } from './entry';
import { inverse, type Tuple } from './tuple';

/** Changed by NAT on the way of the first packet, and by the answers. */
export class Connection {
  /** What answers look like: differs from the inverse of `original` by what NAT changes. */
  reply: Tuple;
  /** NAT has decided about the destination (or the source): its chains are not walked again. */
  destinationSettled = false;
  sourceSettled = false;
  seenReply = false;
  /** In the table: the first packet has left the node or reached its process. */
  confirmed = false;

  /** TCP: both sides are done with it, so a SYN with its tuple begins anew (TIME_WAIT, CLOSE). */
  over = false;
  /** Another connection has taken its place. */
  superseded = false;

  /** The connection of an entry. */
  static of(entry: Entry): Connection {
    const connection = new Connection(entry.original);
    connection.reply = entry.reply;
    connection.destinationSettled = true;
    connection.sourceSettled = true;
    connection.seenReply = entry.seenReply;
    connection.confirmed = true;
    connection.over = entry.state === 'TIME_WAIT' || entry.state === 'CLOSE';
    return connection;
  }

  constructor(readonly original: Tuple) {
    this.reply = inverse(original);
  }

  get destinationTranslated(): boolean {
    const { original, reply } = this;
    return reply.source.text !== original.destination.text || reply.sourcePort !== original.destinationPort;
  }

  get sourceTranslated(): boolean {
    const { original, reply } = this;
    return reply.destination.text !== original.source.text || reply.destinationPort !== original.sourcePort;
  }
}
