// ICMP as tcpdump prints it (print-icmp.c, print-icmp6.c).
import type { Sighting } from '@/lib/net/datapath/wire';
import type { Frame } from './frame';

export function echoText(six: boolean, answer: boolean, id: number, sequence: number, length: number) {
  const what = `echo ${answer ? 'reply' : 'request'}, id ${id}, seq ${sequence}, length ${length}`;
  return six
    ? { text: `ICMP6, ${what}`, type: answer ? 129 : 128 }
    : { text: `ICMP ${what}`, type: answer ? 0 : 8 };
}

/** An error about the packet `inner`, of so many bytes. */
export function icmpError(
  { inner, error = '', tuple }: Sighting,
  innerLength: number,
  six: boolean,
): Pick<Frame, 'kind' | 'length' | 'data' | 'text' | 'icmpType' | 'sourcePort' | 'destinationPort'> {
  const about = inner ?? tuple;
  const length = innerLength + 8;
  const port = `${about.destination.text} ${about.protocol} port ${about.destinationPort}`;
  const text = six
    ? `ICMP6, destination unreachable, ${V6[error] ?? 'unreachable address'}${error === 'icmp6-port-unreachable' ? `, ${port}` : ` ${about.destination.text}`}, length ${length}`
    : error === 'icmp-port-unreachable' || error === 'port-unreach'
      ? `ICMP ${port} unreachable, length ${length}`
      : `ICMP ${V4[error]?.replace('%', about.destination.text) ?? `host ${about.destination.text} unreachable`}, length ${length}`;
  return {
    kind: 'icmp',
    length: length + (six ? 40 : 20),
    data: length,
    text,
    icmpType: six ? 1 : 3,
    sourcePort: 0,
    destinationPort: 0,
  };
}

/** By iptables' names of --reject-with. */
const V4: Readonly<Record<string, string>> = {
  'icmp-net-unreachable': 'net % unreachable',
  'icmp-proto-unreachable': '% protocol 6 unreachable',
  'icmp-net-prohibited': 'net % unreachable - admin prohibited',
  'icmp-host-prohibited': 'host % unreachable - admin prohibited',
  'icmp-admin-prohibited': 'host % unreachable - admin prohibited filter',
};
const V6: Readonly<Record<string, string>> = {
  'icmp6-port-unreachable': 'unreachable port',
  'icmp6-no-route': 'unreachable route',
  'icmp6-adm-prohibited': 'unreachable prohibited',
};
