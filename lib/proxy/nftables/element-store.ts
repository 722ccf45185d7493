// What kube-proxy believes to stand in the shared sets and maps (pkg/proxy/nftables/proxier.go nftElementStorage), brought up to date
// Service by Service. A key that two Services claim counts for each of them.
import { PersistentMap } from '@/lib/core/persistent-map';
import type { NftOperation } from '@/lib/net/nft/operations';
import { elementKey, type NftElement } from '@/lib/net/nft/types';
import type { PlacedElement } from './service-elements';

export interface ElementState {
  /** By set, then by key. */
  readonly sets: PersistentMap<PersistentMap<NftElement>>;
  /** How many more Services than one claim a key ("set key"). */
  readonly shared: PersistentMap<number>;
}

export const NO_ELEMENTS: ElementState = { sets: PersistentMap.empty(), shared: PersistentMap.empty() };

export interface ElementChanges {
  readonly state: ElementState;
  /** What a partial sync writes for an element; nothing for one that stays as it is. */
  readonly write: (placed: PlacedElement) => readonly NftOperation[];
  /** Deletions at the end of the transaction. */
  readonly leftovers: readonly NftOperation[];
}

/**
 * Whether Services claim a key for different ends. Ports of one Service share its address in cluster-ips, but elements there are all
 * alike: it does not matter whose it is.
 */
export function contested({ shared }: ElementState): boolean {
  for (const place of shared.keys()) if (!place.startsWith('cluster-ips ')) return true;
  return false;
}

/** The order in which left-over elements are deleted. */
const LEFTOVER_ORDER = [
  'cluster-ips',
  'service-ips',
  'firewall-ips',
  'no-endpoint-services',
  'no-endpoint-nodeports',
  'service-nodeports',
];

export const elementOperation = (verb: 'add' | 'delete', { set, element }: PlacedElement): NftOperation => ({
  verb,
  object: 'element',
  set,
  element,
});

const placeOf = ({ set, element }: PlacedElement): string => `${set} ${elementKey(element.key)}`;

export const sameElementValue = (a: NftElement, b: NftElement): boolean => valueOf(a) === valueOf(b);

const valueOf = ({ verdict, value }: NftElement): string =>
  verdict ? `${verdict.kind} ${'chain' in verdict ? verdict.chain : ''}` : (value ?? '');

/**
 * Replaces the elements `gone` by `made`. `others` gives the elements of the Services that stay, for keys that several claim.
 * `keepsComments`: the sync is partial, so that elements whose value is the same are not written.
 */
export function changeElements(
  before: ElementState,
  gone: readonly PlacedElement[],
  made: readonly PlacedElement[],
  others: () => Iterable<PlacedElement>,
  keepsComments: boolean,
): ElementChanges {
  let { sets, shared } = before;
  const get = ({ set, element }: PlacedElement) => sets.get(set)?.get(elementKey(element.key));
  const put = ({ set, element }: PlacedElement): void => {
    const own = sets.get(set) ?? PersistentMap.empty<NftElement>();
    sets = sets.set(set, own.set(elementKey(element.key), element));
  };
  const reclaimed: NftOperation[] = [];
  // Keys without an owner until somebody claims them again.
  const free = new Map<string, PlacedElement>();
  for (const placed of gone) {
    const place = placeOf(placed);
    const more = shared.get(place) ?? 0;
    if (more > 0) shared = more > 1 ? shared.set(place, more - 1) : shared.delete(place);
    if (more === 0) free.set(place, placed);
    else reclaimed.push(...reclaim(placed, get, put, others));
  }

  const operations = new Map<PlacedElement, readonly NftOperation[]>();
  for (const placed of made) {
    const place = placeOf(placed);
    const there = get(placed);
    const isOwn = free.delete(place);
    if (there && !isOwn) shared = shared.set(place, (shared.get(place) ?? 0) + 1);
    if (!there) operations.set(placed, [elementOperation('add', placed)]);
    else if (sameElementValue(there, placed.element)) {
      // Only the value counts: an element that stays keeps its comment.
      if (!isOwn || (keepsComments && there.comment !== placed.element.comment)) continue;
    } else operations.set(placed, [elementOperation('delete', placed), elementOperation('add', placed)]);
    put(placed);
  }
  for (const placed of free.values()) {
    const own = sets.get(placed.set)?.delete(elementKey(placed.element.key));
    if (own) sets = sets.set(placed.set, own);
  }
  const leftovers = [...free.values()]
    .sort((a, b) => LEFTOVER_ORDER.indexOf(a.set) - LEFTOVER_ORDER.indexOf(b.set))
    .map((placed) => elementOperation('delete', placed));
  return {
    state: { sets, shared },
    write: (placed) => operations.get(placed) ?? [],
    leftovers: [...reclaimed, ...leftovers],
  };
}

/** A key that several Services claimed lost one of them: it goes to another, and changes its value if that says otherwise. */
function reclaim(
  lost: PlacedElement,
  get: (placed: PlacedElement) => NftElement | undefined,
  put: (placed: PlacedElement) => void,
  others: () => Iterable<PlacedElement>,
): NftOperation[] {
  const place = placeOf(lost);
  const heir = [...others()].findLast((other) => placeOf(other) === place);
  const there = get(lost);
  if (!heir || !there) return [];
  put(heir);
  if (sameElementValue(there, heir.element)) return [];
  return [elementOperation('delete', heir), elementOperation('add', heir)];
}
