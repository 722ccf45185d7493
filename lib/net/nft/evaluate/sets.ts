// Looking keys up in sets and maps. What rules put in a set lives in the node's memory, not in the immutable table.
import type { Packet } from '@/lib/net/datapath/packet';
import type { WalkEnv } from '@/lib/net/datapath/walk-env';
import { elementKey, type NftElement, type NftExpr, type NftSet, type NftTable } from '../types';
import { readerOf } from './values';
import { partsTest } from './value-test';

/** The name under which a node remembers what rules put in a set; another set of the same name made later is another. */
export const memoryOfSet = (table: NftTable, set: NftSet): string =>
  `${table.family} ${table.name} ${set.name} ${set.handle}`;

/** Rules add to it. */
export const isDynamic = (set: NftSet): boolean => set.flags.includes('dynamic');

/** How many elements a set takes. */
export const sizeOf = (set: NftSet): number => set.size ?? 65_535;

/** The element of a set or map that an expression's value finds. */
export function lookupIn(
  set: NftSet,
  key: NftExpr,
): (packet: Packet, env: WalkEnv) => NftElement | undefined {
  const read = readerOf(key);
  const find = set.flags.includes('interval')
    ? findByInterval(set)
    : (value: string) => set.elements.get(value);
  return (packet, env) => {
    const value = read(packet, env);
    return value === undefined ? undefined : find(value);
  };
}

function findByInterval(set: NftSet): (value: string) => NftElement | undefined {
  const tests = [...set.elements.values()].map((element) => ({
    element,
    holds: partsTest(elementKey(element.key)),
  }));
  return (value) => tests.find(({ holds }) => holds(value))?.element;
}
