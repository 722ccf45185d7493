// What `nft -f` is fed: operations in order, all or none of them carried out. The text is written as kube-proxy's library writes it
// (sigs.k8s.io/knftables objects.go).
import { printInputRule, printVerdict } from './print-rule';
import type { NftBase, NftElement, NftFamily, NftRule } from './types';
import { elementKey } from './types';

export type NftVerb = 'add' | 'create' | 'insert' | 'flush' | 'delete' | 'destroy';

export interface NftChainHead {
  readonly name: string;
  readonly base?: NftBase;
  readonly comment?: string;
}

export interface NftSetHead {
  readonly name: string;
  readonly types: readonly string[];
  readonly mapTo?: string;
  readonly flags: readonly string[];
  readonly timeoutSeconds?: number;
  readonly size?: number;
  readonly comment?: string;
}

export type NftOperation =
  | { readonly verb: NftVerb; readonly object: 'table'; readonly comment?: string }
  | { readonly verb: NftVerb; readonly object: 'chain'; readonly chain: NftChainHead }
  | { readonly verb: NftVerb; readonly object: 'set' | 'map'; readonly set: NftSetHead }
  | { readonly verb: NftVerb; readonly object: 'rule'; readonly chain: string; readonly rule: NftRule }
  | {
      readonly verb: NftVerb;
      readonly object: 'element';
      readonly set: string;
      readonly element: NftElement;
    };

/** The operations on one table. */
export interface NftTransaction {
  readonly family: NftFamily;
  readonly table: string;
  readonly operations: () => Iterable<NftOperation>;
}

const quoted = (text: string): string => `"${text}"`;
const adds = (verb: NftVerb): boolean => verb === 'add' || verb === 'create';

/** One line without its line end; `where` is "ip kube-proxy". */
export function printOperation(op: NftOperation, where: string): string {
  const start = `${op.verb} ${op.object} ${where}`;
  switch (op.object) {
    case 'table':
      return adds(op.verb) && op.comment !== undefined
        ? `${start} { comment ${quoted(op.comment)} ; }`
        : start;
    case 'chain':
      return `${start} ${op.chain.name}${adds(op.verb) ? chainBody(op.chain) : ''}`;
    case 'set':
    case 'map':
      return `${start} ${op.set.name}${adds(op.verb) ? setBody(op.set) : ''}`;
    case 'rule': {
      const comment = op.rule.comment === undefined ? '' : ` comment ${quoted(op.rule.comment)}`;
      return `${start} ${op.chain} ${printInputRule(op.rule.statements)}${comment}`;
    }
    case 'element':
      return `${start} ${op.set} { ${elementBody(op.element, adds(op.verb))} }`;
  }
}

function chainBody({ base, comment }: NftChainHead): string {
  if (!base && comment === undefined) return '';
  const hook = base ? ` type ${base.type} hook ${base.hook} priority ${base.priority} ;` : '';
  const policy = base?.policy === 'drop' ? ' policy drop ;' : '';
  return ` {${hook}${policy}${comment === undefined ? '' : ` comment ${quoted(comment)} ;`} }`;
}

function setBody(set: NftSetHead): string {
  const type = set.types.join(' . ') + (set.mapTo === undefined ? '' : ` : ${set.mapTo}`);
  const flags = set.flags.length ? ` flags ${set.flags.join(',')} ;` : '';
  const timeout = set.timeoutSeconds === undefined ? '' : ` timeout ${set.timeoutSeconds}s ;`;
  const size = set.size === undefined ? '' : ` size ${set.size} ;`;
  const comment = set.comment === undefined ? '' : ` comment ${quoted(set.comment)} ;`;
  return ` { type ${type} ;${flags}${timeout}${size}${comment} }`;
}

function elementBody(element: NftElement, whole: boolean): string {
  const key = elementKey(element.key);
  if (!whole) return key;
  const comment = element.comment === undefined ? '' : ` comment ${quoted(element.comment)}`;
  const value = element.verdict ? printVerdict(element.verdict) : element.value;
  return `${key}${comment}${value === undefined ? '' : ` : ${value}`}`;
}

/** The text of transactions, line by line as kube-proxy writes it. */
export function printTransactions(transactions: readonly NftTransaction[]): string {
  const blocks: string[] = [];
  let block: string[] = [];
  for (const { family, table, operations } of transactions)
    for (const op of operations()) {
      // In blocks: hundreds of thousands of small texts are never alive at once.
      if (block.push(printOperation(op, `${family} ${table}`)) < 512) continue;
      blocks.push(block.join('\n') + '\n');
      block = [];
    }
  if (block.length) blocks.push(block.join('\n') + '\n');
  return blocks.join('');
}
