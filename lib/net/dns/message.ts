// DNS questions and answers as values, and how many bytes they are on the wire (RFC 1035, RFC 6891).

export type RecordType = 'A' | 'AAAA' | 'CNAME' | 'NS' | 'PTR' | 'SOA' | 'SRV' | 'TXT' | 'MX';
export const RECORD_TYPES: readonly string[] = ['A', 'AAAA', 'CNAME', 'NS', 'PTR', 'SOA', 'SRV', 'TXT', 'MX'];

export interface Question {
  /** With the dot at the end. */
  readonly name: string;
  readonly type: RecordType;
}

export interface ResourceRecord {
  readonly name: string;
  readonly ttl: number;
  readonly type: RecordType;
  /** As dig prints it. */
  readonly data: string;
}

export interface Answer {
  readonly status: 'NOERROR' | 'NXDOMAIN' | 'SERVFAIL' | 'REFUSED';
  readonly authoritative: boolean;
  /** The server would ask others. */
  readonly recursive: boolean;
  readonly answers: readonly ResourceRecord[];
  readonly authority: readonly ResourceRecord[];
  readonly additional: readonly ResourceRecord[];
}

/** Names are compared without regard to case. */
export const canonicalName = (name: string): string => {
  const lower = name.toLowerCase();
  return lower.endsWith('.') ? lower : `${lower}.`;
};

/** 1.0.96.10.in-addr.arpa. for 10.96.0.1; undefined if the text is no address. */
export function reverseName(address: string): string | undefined {
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(address))
    return `${address.split('.').toReversed().join('.')}.in-addr.arpa.`;
  if (!address.includes(':')) return undefined;
  const [head = '', tail] = address.split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const missing = 8 - groups(head).length - groups(tail ?? '').length;
  const all = [
    ...groups(head),
    ...Array.from({ length: tail === undefined ? 0 : missing }, () => '0'),
    ...groups(tail ?? ''),
  ];
  if (all.length !== 8) return undefined;
  const nibbles = all.map((g) => g.padStart(4, '0')).join('');
  return `${[...nibbles].toReversed().join('.')}.ip6.arpa.`;
}

/** The address of a reverse name (IPv6 in full groups); undefined if it is none. */
export function addressOfReverse(name: string): string | undefined {
  const v4 = /^((?:\d{1,3}\.){4})in-addr\.arpa\.$/.exec(name);
  if (v4) return (v4[1] ?? '').slice(0, -1).split('.').toReversed().join('.');
  const v6 = /^((?:[0-9a-f]\.){32})ip6\.arpa\.$/.exec(name);
  if (!v6) return undefined;
  const nibbles = (v6[1] ?? '').replaceAll('.', '').split('').toReversed().join('');
  return (nibbles.match(/.{4}/g) ?? []).join(':');
}

const nameSize = (name: string): number => (name === '.' ? 1 : name.length + 1);

function dataSize({ type, data }: ResourceRecord): number {
  const words = data.split(' ');
  switch (type) {
    case 'A':
      return 4;
    case 'AAAA':
      return 16;
    case 'SRV':
      return 6 + nameSize(words[3] ?? '');
    case 'MX':
      return 2 + nameSize(words[1] ?? '');
    case 'SOA':
      return nameSize(words[0] ?? '') + nameSize(words[1] ?? '') + 20;
    case 'TXT':
      return data.length - 1;
    default:
      return nameSize(data);
  }
}

/** Bytes of an answer without compression, with the OPT record and the cookie that dig asks with. */
export function messageSize({ name }: Question, { answers, authority, additional }: Answer): number {
  const records = [...answers, ...authority, ...additional];
  const recordSize = (r: ResourceRecord): number => nameSize(r.name) + 10 + dataSize(r);
  return 12 + nameSize(name) + 4 + records.reduce((sum, r) => sum + recordSize(r), 0) + 11 + 12;
}
