// Reads rules as iptables-save prints them and as iptables-restore takes them. What is not understood is kept word for word, so
// that printing it gives the same text again.
import type { Match, Rule, Target } from './types';

export interface ParsedTable {
  readonly name: string;
  /** Chains in the order of their lines, with policy ("-" for user chains) and counters. */
  readonly chains: readonly {
    readonly name: string;
    readonly policy: string;
    readonly counters: readonly [number, number];
  }[];
  readonly rules: readonly Rule[];
  readonly deleted: readonly string[];
}

/** Tables of a text, in order. Lines that are no part of the format are passed over. */
export function parseRules(text: string): ParsedTable[] {
  const tables: {
    name: string;
    chains: ParsedTable['chains'][number][];
    rules: Rule[];
    deleted: string[];
  }[] = [];
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    if (line.startsWith('*')) tables.push({ name: line.slice(1), chains: [], rules: [], deleted: [] });
    const table = tables.at(-1);
    if (!table) continue;
    const chain = /^:(\S+) (\S+)(?: \[(\d+):(\d+)\])?/.exec(line);
    if (chain)
      table.chains.push({
        name: chain[1] ?? '',
        policy: chain[2] ?? '-',
        counters: [Number(chain[3] ?? 0), Number(chain[4] ?? 0)],
      });
    else if (line.startsWith('-X ')) table.deleted.push(line.slice(3).trim());
    else {
      const rule = parseRule(line);
      if (rule) table.rules.push(rule);
    }
  }
  return tables;
}

/** One `-A CHAIN …` line, with or without `[packets:bytes]` before it; undefined if it is none. */
export function parseRule(line: string): Rule | undefined {
  const counted = /^\[(\d+):(\d+)\] (.*)$/.exec(line);
  const words = wordsOf(counted?.[3] ?? line);
  if (words[0]?.text !== '-A' || !words[1]) return undefined;
  const reader = new WordReader(words, 2);
  const matches: Match[] = [];
  let target: Target | null = null;
  while (!reader.done) {
    const word = reader.peek();
    if (word === '-j' || word === '-g') target = readTarget(reader);
    else readMatch(reader, matches);
  }
  return {
    chain: words[1].text,
    matches,
    target,
    ...(counted ? { counters: [Number(counted[1]), Number(counted[2])] as const } : {}),
  };
}

interface Word {
  readonly text: string;
  readonly raw: string;
  readonly quoted: boolean;
}

function wordsOf(line: string): Word[] {
  const words: Word[] = [];
  for (const [raw, inner] of line.matchAll(/"((?:[^"\\]|\\.)*)"|\S+/g))
    words.push({
      text: inner === undefined ? raw : inner.replace(/\\(.)/g, '$1'),
      raw,
      quoted: inner !== undefined,
    });
  return words;
}

class WordReader {
  constructor(
    private readonly words: readonly Word[],
    private at: number,
  ) {}

  get done(): boolean {
    return this.at >= this.words.length;
  }
  peek(ahead = 0): string {
    return this.words[this.at + ahead]?.text ?? '';
  }
  take(): Word {
    return this.words[this.at++] ?? { text: '', raw: '', quoted: false };
  }
  /** Takes the word if it is this one. */
  took(text: string): boolean {
    if (this.peek() !== text || this.done) return false;
    this.at++;
    return true;
  }
  /** Words up to the next match, target or negation that starts something new. */
  rest(): string[] {
    const taken: string[] = [];
    while (!this.done && !['-m', '-j', '-g'].includes(this.peek())) taken.push(this.take().raw);
    return taken;
  }
}

const not = (negated: boolean): { not?: true } => (negated ? { not: true } : {});

function readMatch(r: WordReader, matches: Match[]): void {
  const negated = r.took('!');
  const word = r.take();
  switch (word.text) {
    case '-s':
      return void matches.push({ kind: 'source', cidr: r.take().text, ...not(negated) });
    case '-d':
      return void matches.push({ kind: 'destination', cidr: r.take().text, ...not(negated) });
    case '-i':
      return void matches.push({ kind: 'in-interface', name: r.take().text, ...not(negated) });
    case '-o':
      return void matches.push({ kind: 'out-interface', name: r.take().text, ...not(negated) });
    case '-p':
      return readProtocol(r, matches, negated);
    case '--dport':
      return void matches.push({ kind: 'dport', port: r.take().text, ...not(negated) });
    case '--sport':
      return void matches.push({ kind: 'sport', port: r.take().text, ...not(negated) });
    case '-m':
      return readModule(r, matches);
    default:
      matches.push({ kind: 'other', words: [...(negated ? ['!'] : []), word.raw, ...r.rest()] });
  }
}

/** `-m tcp -p tcp`, kube-proxy's way of writing it, is one word group. */
function readProtocol(r: WordReader, matches: Match[], negated: boolean): void {
  const protocol = r.take().text;
  const before = matches.at(-1);
  if (!negated && before?.kind === 'module' && before.name === protocol)
    matches.splice(-1, 1, { kind: 'transport', protocol });
  else matches.push({ kind: 'protocol', protocol, ...not(negated) });
}

function readModule(r: WordReader, matches: Match[]): void {
  const name = r.take().text;
  const read = MODULES[name];
  const match = read?.(r);
  if (match) matches.push(match);
  else if (['tcp', 'udp', 'sctp'].includes(name)) matches.push({ kind: 'module', name });
  else matches.push({ kind: 'other', words: ['-m', name, ...r.rest()] });
}

const MODULES: Readonly<Record<string, (r: WordReader) => Match | undefined>> = {
  comment(r) {
    if (!r.took('--comment')) return undefined;
    const word = r.take();
    return { kind: 'comment', text: word.text, ...(word.quoted ? {} : { bare: true }) };
  },
  mark(r) {
    const negated = r.took('!');
    if (!r.took('--mark')) return undefined;
    const [value = '', mask] = r.take().text.split('/');
    return {
      kind: 'mark',
      value: Number(value),
      mask: mask === undefined ? 0xffffffff : Number(mask),
      ...not(negated),
    };
  },
  addrtype(r) {
    let match: Extract<Match, { kind: 'addrtype' }> = { kind: 'addrtype' };
    for (;;) {
      const negated = r.peek() === '!' && ['--src-type', '--dst-type'].includes(r.peek(1)) && r.took('!');
      if (r.took('--src-type'))
        match = { ...match, src: r.take().text, ...(negated ? { notSrc: true } : {}) };
      else if (r.took('--dst-type'))
        match = { ...match, dst: r.take().text, ...(negated ? { notDst: true } : {}) };
      else return match;
    }
  },
  conntrack(r) {
    const negated = r.peek() === '!' && r.peek(1) === '--ctstate' && r.took('!');
    if (!r.took('--ctstate')) return undefined;
    return { kind: 'conntrack', states: r.take().text.split(','), ...not(negated) };
  },
  statistic(r) {
    if (r.peek() !== '--mode' || r.peek(1) !== 'random' || r.peek(2) !== '--probability') return undefined;
    r.take();
    r.take();
    r.take();
    return { kind: 'statistic', probability: r.take().text };
  },
  nfacct(r) {
    return r.took('--nfacct-name') ? { kind: 'nfacct', name: r.take().text } : undefined;
  },
  recent(r) {
    let name = '';
    let op: 'rcheck' | 'set' | undefined;
    let seconds: number | undefined;
    let reap = false;
    for (;;) {
      if (r.took('--name')) name = r.take().text;
      else if (r.took('--set')) op = 'set';
      else if (r.took('--rcheck')) op = 'rcheck';
      else if (r.took('--seconds')) seconds = Number(r.take().text);
      else if (r.took('--reap')) reap = true;
      else if (r.took('--mask')) r.take();
      else if (!r.took('--rsource')) break;
    }
    if (!op) return undefined;
    return {
      kind: 'recent',
      name,
      op,
      ...(seconds === undefined ? {} : { seconds }),
      ...(reap ? { reap } : {}),
    };
  },
};

function readTarget(r: WordReader): Target {
  const flag = r.take().text;
  const name = r.take().text;
  if (flag === '-g') return { kind: 'goto', chain: name };
  switch (name) {
    case 'ACCEPT':
      return { kind: 'accept' };
    case 'DROP':
      return { kind: 'drop' };
    case 'RETURN':
      return { kind: 'return' };
    case 'REJECT':
      return r.took('--reject-with') ? { kind: 'reject', with: r.take().text } : { kind: 'reject' };
    case 'MASQUERADE':
      return { kind: 'masquerade', randomFully: r.took('--random-fully') };
    case 'DNAT':
      if (r.took('--to-destination')) return { kind: 'dnat', to: r.take().text };
      break;
    case 'MARK':
      return readMark(r);
    default:
      if (r.done) return { kind: 'jump', chain: name };
  }
  return { kind: 'other', words: [flag, name, ...r.rest()] };
}

function readMark(r: WordReader): Target {
  if (r.took('--or-mark')) return { kind: 'mark', op: 'or', value: Number(r.take().text) };
  if (r.took('--xor-mark')) return { kind: 'mark', op: 'xor', value: Number(r.take().text) };
  if (!r.took('--set-xmark')) return { kind: 'other', words: ['-j', 'MARK', ...r.rest()] };
  const [value = '', mask = '0xffffffff'] = r.take().text.split('/');
  if (Number(value) === Number(mask)) return { kind: 'mark', op: 'or', value: Number(value) };
  if (Number(mask) === 0) return { kind: 'mark', op: 'xor', value: Number(value) };
  return { kind: 'mark', op: 'set', value: Number(value), mask: Number(mask) };
}
