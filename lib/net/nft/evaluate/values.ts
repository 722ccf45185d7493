// What expressions of a rule read from a packet, as nft writes it.
import type { CtState, Packet } from '@/lib/net/datapath/packet';
import type { WalkEnv } from '@/lib/net/datapath/walk-env';
import type { Address } from '@/lib/net/routing/address';
import type { NftExpr } from '../types';

/** undefined: the packet has it not, and the rule does not match (NFT_BREAK). */
export type Reader = (packet: Packet, env: WalkEnv) => string | undefined;

const MISSING: Reader = () => undefined;

/** A reader of single values; for addresses see `addressReader`. */
export function readerOf(e: NftExpr): Reader {
  switch (e.kind) {
    case 'payload':
      return payloadReader(e.protocol, e.field);
    case 'meta':
      return metaReader(e.key);
    case 'fib':
      return fibReader(e.inputs, e.result);
    case 'numgen': {
      const { mod } = e;
      return (_, env) => String(env.pick(mod));
    }
    case 'concat': {
      const parts = e.parts.map(readerOf);
      return (packet, env) => {
        let text = '';
        for (const part of parts) {
          const value = part(packet, env);
          if (value === undefined) return undefined;
          text = text === '' ? value : `${text} . ${value}`;
        }
        return text;
      };
    }
    default:
      return MISSING;
  }
}

/** The address that a header field or a fib look-up is about; undefined: the expression is about something else. */
export function addressReader(e: NftExpr): ((packet: Packet) => Address | undefined) | undefined {
  if (e.kind !== 'payload' || (e.protocol !== 'ip' && e.protocol !== 'ip6')) return undefined;
  const family = e.protocol === 'ip' ? 'IPv4' : 'IPv6';
  const own = (a: Address): Address | undefined => (a.family === family ? a : undefined);
  if (e.field === 'saddr') return (p) => own(p.tuple.source);
  if (e.field === 'daddr') return (p) => own(p.tuple.destination);
  return undefined;
}

function payloadReader(protocol: string, field: string): Reader {
  const address = addressReader({ kind: 'payload', protocol, field });
  if (address) return (p) => address(p)?.text;
  if (field === 'dport' || field === 'sport') {
    const any = protocol === 'th';
    return ({ tuple }) => {
      if (tuple.protocol === 'icmp' || (!any && tuple.protocol !== protocol)) return undefined;
      return String(field === 'dport' ? tuple.destinationPort : tuple.sourcePort);
    };
  }
  if ((protocol === 'ip' && field === 'protocol') || (protocol === 'ip6' && field === 'nexthdr'))
    return protocolName;
  return MISSING;
}

const protocolName: Reader = ({ tuple }) =>
  tuple.protocol === 'icmp' && tuple.source.family === 'IPv6' ? 'ipv6-icmp' : tuple.protocol;

function metaReader(key: string): Reader {
  switch (key) {
    case 'l4proto':
      return protocolName;
    case 'nfproto':
      return ({ tuple }) => (tuple.source.family === 'IPv4' ? 'ipv4' : 'ipv6');
    case 'iif':
    case 'iifname':
      // Without a device the name is empty (nft_meta.c), so != holds.
      return (p) => p.inDevice;
    case 'oif':
    case 'oifname':
      return (p) => p.outDevice;
    case 'mark':
      return (p) => String(p.mark);
    default:
      return MISSING;
  }
}

/** Only local and unicast are told apart: nothing here sends broadcasts or multicasts. */
function fibReader(inputs: readonly string[], result: string): Reader {
  const side = inputs.find((i) => i === 'saddr' || i === 'daddr');
  if (result !== 'type' || !side) return MISSING;
  return ({ tuple }, env) =>
    env.isLocal(side === 'saddr' ? tuple.source : tuple.destination) ? 'local' : 'unicast';
}

/** The number that an expression stands for; undefined: it is none. */
export function numberReader(e: NftExpr | number): ((packet: Packet) => number) | undefined {
  if (typeof e === 'number') return () => e;
  if (e.kind === 'meta' && e.key === 'mark') return (p) => p.mark;
  if (e.kind !== 'binary') return undefined;
  const left = numberReader(e.left);
  const { op, right } = e;
  if (!left) return undefined;
  if (op === '&') return (p) => (left(p) & right) >>> 0;
  if (op === '|') return (p) => (left(p) | right) >>> 0;
  return (p) => (left(p) ^ right) >>> 0;
}

const CT_STATES: Readonly<Record<CtState, string>> = {
  NEW: 'new',
  ESTABLISHED: 'established',
  RELATED: 'related',
  INVALID: 'invalid',
  UNTRACKED: 'untracked',
};

/** Whether conntrack says one of these names of the packet: ct state, ct status. */
export function ctHas(key: string, names: readonly string[]): ((packet: Packet) => boolean) | undefined {
  const wanted = new Set(names);
  if (key === 'state') return ({ tracking }) => wanted.has(CT_STATES[tracking?.state ?? 'UNTRACKED']);
  if (key === 'status')
    return ({ tracking }) =>
      (wanted.has('dnat') && tracking?.connection?.destinationTranslated === true) ||
      (wanted.has('snat') && tracking?.connection?.sourceTranslated === true) ||
      (wanted.has('confirmed') && tracking?.connection?.confirmed === true);
  return undefined;
}
