// A rule as a person types it behind `iptables -A CHAIN`, made into the words in which iptables-save would print it: addresses and
// interfaces first, extensions in the order in which they were loaded, named ports as numbers (iptables/xshared.c do_parse).
import { parseCidr, parseIp, formatIp, type Ip } from '@/lib/core/ip';
import { portNumber } from '@/lib/net/ruleset/service-names';
import type { RuleFamily } from '@/lib/net/ruleset/types';
import {
  CT_STATES,
  ICMP_TYPES,
  MATCHES,
  NEEDED,
  PROTOCOL_NAMES,
  PROTOCOLS,
  REJECTS,
  TARGET_NEEDS,
  TARGETS,
} from './rule-options';

/** What iptables says and exits 2 for. */
export class UsageProblem extends Error {}
/** A word that belongs to nothing. */
export class BadArgument extends Error {}

interface Block {
  readonly name: string;
  readonly words: string[];
}

export interface RuleWords {
  readonly source: readonly string[];
  readonly destination: readonly string[];
  /** All words but -s and -d, in iptables-save's order. */
  readonly words: readonly string[];
  readonly target: string | undefined;
  readonly goto: boolean;
}

/** Collects the words of a rule, one by one. */
export class RuleBuilder {
  #sources: string[] = [];
  #destinations: string[] = [];
  #notSource = false;
  #notDestination = false;
  #input: string[] = [];
  #output: string[] = [];
  #protocol: string | undefined;
  #notProtocol = false;
  #fragment: string[] = [];
  readonly #blocks: Block[] = [];
  #target: Block | undefined;
  #goto = false;
  #used = false;

  constructor(
    private readonly family: RuleFamily,
    private readonly isChain: (name: string) => boolean,
  ) {}

  /** Any word of a rule was given. */
  get used(): boolean {
    return this.#used;
  }

  /** Takes an option with its values from the list; false: not an option of a rule. `negated`: a `!` stood before it. */
  take(option: string, negated: boolean, value: () => string): boolean {
    const taken = this.#basic(option, negated, value) || this.#extension(option, negated, value);
    this.#used ||= taken;
    return taken;
  }

  #basic(option: string, negated: boolean, value: () => string): boolean {
    switch (option) {
      case '-s':
      case '--source':
      case '--src':
        this.#sources = addresses(value(), this.family);
        this.#notSource = negated;
        return true;
      case '-d':
      case '--destination':
      case '--dst':
        this.#destinations = addresses(value(), this.family);
        this.#notDestination = negated;
        return true;
      case '-i':
      case '--in-interface':
        this.#input = [...(negated ? ['!'] : []), '-i', interfaceName(value())];
        return true;
      case '-o':
      case '--out-interface':
        this.#output = [...(negated ? ['!'] : []), '-o', interfaceName(value())];
        return true;
      case '-p':
      case '--protocol':
      case '--proto':
        this.#protocol = protocolName(value());
        this.#notProtocol = negated;
        return true;
      case '-f':
      case '--fragment':
        this.#fragment = [...(negated ? ['!'] : []), '-f'];
        return true;
      case '-m':
      case '--match':
        this.#load(value());
        return true;
      case '-j':
      case '--jump':
      case '-g':
      case '--goto':
        this.#setTarget(value(), option === '-g' || option === '--goto');
        return true;
      default:
        return false;
    }
  }

  #load(name: string): Block {
    if (!Object.hasOwn(MATCHES, name))
      throw new UsageProblem(`Couldn't load match \`${name}':No such file or directory\n`);
    const block: Block = { name, words: [] };
    this.#blocks.push(block);
    return block;
  }

  #setTarget(name: string, goto: boolean): void {
    if (!goto && !Object.hasOwn(TARGETS, name) && !this.isChain(name))
      throw new UsageProblem(`Chain '${name}' does not exist`);
    if (goto && !this.isChain(name)) throw new UsageProblem(`Chain '${name}' does not exist`);
    this.#target = { name, words: [] };
    this.#goto = goto;
  }

  #extension(option: string, negated: boolean, value: () => string): boolean {
    const targetOptions = TARGETS[this.#target?.name ?? ''];
    const inTarget = targetOptions && fullName(option, Object.keys(targetOptions));
    if (this.#target && targetOptions && inTarget !== undefined) {
      const count = targetOptions[inTarget] ?? 0;
      const values = Array.from({ length: count }, value);
      this.#target.words.push(
        ...targetWords(
          inTarget,
          values.map((v) => targetValue(inTarget, v, this.family)),
        ),
      );
      return true;
    }
    const block = this.#blockWith(option);
    if (!block) return false;
    const options = MATCHES[block.name] ?? {};
    const name = fullName(option, Object.keys(options)) ?? option;
    const values = Array.from({ length: options[name] ?? 0 }, value);
    this.#addMatch(block, name, negated, values);
    return true;
  }

  /** The loaded match that knows an option, last first; the protocol's own is loaded when one of its options comes. */
  #blockWith(option: string): Block | undefined {
    const knows = (name: string): boolean => fullName(option, Object.keys(MATCHES[name] ?? {})) !== undefined;
    const loaded = this.#blocks.findLast((b) => knows(b.name));
    if (loaded) return loaded;
    const own = this.#protocol === 'ipv6-icmp' ? 'icmp6' : (this.#protocol ?? '');
    return ['tcp', 'udp', 'sctp', 'icmp', 'icmp6'].includes(own) && knows(own) ? this.#load(own) : undefined;
  }

  #addMatch(block: Block, option: string, negated: boolean, values: readonly string[]): void {
    const not = negated ? ['!'] : [];
    const [first = '', second = ''] = values;
    switch (option) {
      case '--destination-port':
      case '--dport':
        block.words.push(...not, '--dport', ports(first, block.name));
        break;
      case '--source-port':
      case '--sport':
        block.words.push(...not, '--sport', ports(first, block.name));
        break;
      case '--syn':
        block.words.push(...not, '--tcp-flags', 'FIN,SYN,RST,ACK', 'SYN');
        break;
      case '--tcp-flags':
        block.words.push(...not, option, first, second);
        break;
      case '--icmp-type':
        block.words.push(...not, option, ICMP_TYPES[first] ?? first);
        break;
      case '--ctstate':
      case '--state':
        block.words.push(...not, option, states(first));
        break;
      case '--mark':
        block.words.push(...not, option, marked(first));
        break;
      case '--dports':
      case '--sports':
      case '--ports':
        block.words.push(
          ...not,
          option,
          first
            .split(',')
            .map((p) => ports(p, this.#protocol ?? 'tcp'))
            .join(','),
        );
        break;
      case '--limit':
        block.words.push(
          option,
          first
            .replace(/(\/(?:sec|min|hour|day))\w*$/, '$1')
            .replace(/\/s$/, '/sec')
            .replace(/\/m$/, '/min')
            .replace(/\/h$/, '/hour'),
        );
        break;
      case '--comment':
        block.words.push(option, quoted(first));
        break;
      default:
        block.words.push(...not, option, ...values);
    }
  }

  /** The rule, or a UsageProblem. */
  build(): RuleWords {
    for (const { name, words } of this.#blocks) {
      const needed = NEEDED[name];
      if (needed && !words.includes(needed))
        throw new UsageProblem(`${name}: option "${needed}" must be specified\n`);
      if (name === 'statistic' && words.includes('random') && !words.includes('--probability'))
        throw new UsageProblem('--probability must be specified when using random mode');
    }
    const target = this.#target;
    const targetNeeds = TARGET_NEEDS[target?.name ?? ''];
    if (target && targetNeeds && !target.words.includes(targetNeeds))
      throw new UsageProblem(`${target.name}: option "${targetNeeds}" must be specified\n`);
    const protocol =
      this.#protocol === undefined || this.#protocol === 'all'
        ? []
        : [...(this.#notProtocol ? ['!'] : []), '-p', this.#protocol];
    const side = (flag: string, not: boolean, list: readonly string[]): string[] =>
      list.map((a) => `${not ? '! ' : ''}${flag} ${a}`);
    return {
      source: side('-s', this.#notSource, this.#sources),
      destination: side('-d', this.#notDestination, this.#destinations),
      words: [
        ...this.#input,
        ...this.#output,
        ...protocol,
        ...this.#fragment,
        ...this.#blocks.flatMap(({ name, words }) => ['-m', name, ...words]),
        ...(target ? [this.#goto ? '-g' : '-j', target.name, ...target.words] : []),
      ],
      target: target?.name,
      goto: this.#goto,
    };
  }
}

/** Long options may be cut short while they are clear. */
function fullName(option: string, names: readonly string[]): string | undefined {
  if (names.includes(option)) return option;
  if (!option.startsWith('--')) return undefined;
  const found = names.filter((n) => n.startsWith(option));
  return found.length === 1 ? found[0] : undefined;
}

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

function addresses(text: string, family: RuleFamily): string[] {
  return text.split(',').map((one) => {
    const [host = '', mask] = one.split('/');
    const ip = parseIp(host);
    if (!ip || ip.family !== family) throw new UsageProblem(`host/network \`${host}' not found`);
    const bits = family === 'IPv4' ? 32 : 128;
    const prefix = mask === undefined ? bits : prefixOf(mask, bits);
    if (prefix === undefined) throw new UsageProblem(`invalid mask \`${mask}' specified`);
    const cidr = parseCidr(`${host}/${prefix}`);
    const base: Ip = cidr ? { family, value: cidr.base } : ip;
    return `${formatIp(base)}/${prefix}`;
  });
}

function prefixOf(mask: string, bits: number): number | undefined {
  if (/^\d{1,3}$/.test(mask)) return Number(mask) <= bits ? Number(mask) : undefined;
  const ip = parseIp(mask);
  if (!ip || ip.family !== 'IPv4') return undefined;
  const ones = ip.value.toString(2).padStart(32, '0');
  return /^1*0*$/.test(ones) ? ones.replace(/0*$/, '').length : undefined;
}

function interfaceName(name: string): string {
  if (name.length > 15)
    throw new UsageProblem(`interface name \`${name}' must be shorter than IFNAMSIZ (15)`);
  return name;
}

function protocolName(text: string): string {
  const name = PROTOCOLS[text] ?? text.toLowerCase();
  if (PROTOCOL_NAMES.includes(name) || (/^\d{1,3}$/.test(name) && Number(name) < 256)) return name;
  throw new UsageProblem(`unknown protocol "${text}" specified`);
}

function ports(text: string, protocol: string): string {
  const numbers = text.split(':').map((part, i, all) => {
    if (part === '' && all.length === 2) return i === 0 ? '0' : '65535';
    const number = portNumber(part, protocol);
    if (number === undefined || Number(number) > 65_535)
      throw new UsageProblem(`invalid port/service \`${part}' specified`);
    return String(Number(number));
  });
  return numbers.join(':');
}

function states(text: string): string {
  const given = text.split(',').map((s) => s.toUpperCase());
  const bad = given.find((s) => !CT_STATES.includes(s));
  if (bad !== undefined) throw new UsageProblem(`Bad ctstate "${bad}"`);
  return CT_STATES.filter((s) => given.includes(s))
    .sort((a, b) => STATE_ORDER.indexOf(a) - STATE_ORDER.indexOf(b))
    .join(',');
}
/** The order in which libxt_conntrack.c prints them. */
const STATE_ORDER = ['INVALID', 'NEW', 'RELATED', 'ESTABLISHED', 'UNTRACKED', 'SNAT', 'DNAT'];

function marked(text: string): string {
  const [value = '', mask] = text.split('/');
  const number = (t: string): number => {
    const n = Number(/^0\d+$/.test(t) ? `0o${t.slice(1)}` : t);
    if (!Number.isInteger(n) || n < 0 || n > 0xffffffff || t === '')
      throw new UsageProblem(
        `mark: bad value "${text}" for option "--mark", or out of range (0-4294967295).`,
      );
    return n;
  };
  return mask === undefined
    ? `0x${number(value).toString(16)}`
    : `0x${number(value).toString(16)}/0x${number(mask).toString(16)}`;
}

function targetValue(option: string, text: string, family: RuleFamily): string {
  switch (option) {
    case '--reject-with': {
      const full =
        text === 'tcp-rst'
          ? 'tcp-reset'
          : family === 'IPv4' && /^(?:net|host|port|proto)-unreach$/.test(text)
            ? `icmp-${text}able`
            : text;
      if (!REJECTS[family].includes(full)) throw new UsageProblem(`unknown reject type "${text}"`);
      return full;
    }
    case '--set-mark':
    case '--set-xmark':
    case '--or-mark':
    case '--and-mark':
    case '--xor-mark':
      return marked(text);
    case '--log-prefix':
      return quoted(text);
    case '--to-destination':
    case '--to-source':
      return natAddress(text, family);
    default:
      return text;
  }
}

/** xt_MARK knows one operation: (mark & ~mask) ^ value. */
function targetWords(option: string, values: readonly string[]): string[] {
  const [value = '', mask] = (values[0] ?? '').split('/');
  const hex = (n: number): string => `0x${(n >>> 0).toString(16)}`;
  switch (option) {
    case '--set-mark':
      return [
        '--set-xmark',
        `${value}/${hex(mask === undefined ? 0xffffffff : Number(mask) | Number(value))}`,
      ];
    case '--and-mark':
      return ['--set-xmark', `0x0/${hex(~Number(value))}`];
    case '--set-xmark':
      return [option, `${value}/${mask ?? '0xffffffff'}`];
    default:
      return [option, ...values];
  }
}

function natAddress(text: string, family: RuleFamily): string {
  const host =
    family === 'IPv6'
      ? text.replace(/^\[([^\]]*)\](?::\d+(?:-\d+)?)?$/, '$1')
      : text.replace(/:\d+(?:-\d+)?$/, '');
  for (const part of host === '' ? [] : host.split('-')) {
    const ip = parseIp(part);
    if (!ip || ip.family !== family) throw new UsageProblem(`Bad IP address "${part}"\n`);
  }
  return text;
}
