// Which elements of kube-proxy's sets and maps belong to a Service. The simulated kube-proxy knows what it wrote; in a table that
// somebody else has written, names of chains and comments tell ("service-ULMVA6XW-ns1/svc1/tcp/p80", "ns1/svc1:p80").
import { elementKey, type NftElement, type NftSet, type NftTable } from '../types';

/** An element and the set or map that it stands in. */
export interface PlacedElement {
  readonly set: string;
  readonly element: NftElement;
}

/** The elements of the table that are there for the Service "ns/name"; one pass over all sets. */
export function findElements(table: NftTable, service: string): PlacedElement[] {
  const found: PlacedElement[] = [];
  const addresses = new Set<string>();
  const search = (set: NftSet, belongs: (element: NftElement) => boolean): void => {
    for (const element of set.elements.values()) if (belongs(element)) found.push({ set: set.name, element });
  };
  const sets = [...table.sets.values()].filter(({ name }) => !name.startsWith('affinity-'));
  for (const set of sets)
    if (set.types.length > 1 || set.mapTo !== undefined) search(set, (e) => namesService(e, service));
  for (const { element } of found) addresses.add(element.key[0] ?? '');
  for (const set of sets)
    if (set.types.length === 1 && set.mapTo === undefined)
      search(set, (e) => (e.origin ? namesService(e, service) : addresses.has(e.key[0] ?? '')));
  return found;
}

/** Those of them that the table still has, as it has them. */
export function standing(table: NftTable, written: readonly PlacedElement[]): PlacedElement[] {
  const seen = new Set<NftElement>();
  return written.flatMap(({ set, element }) => {
    const there = table.sets.get(set)?.elements.get(elementKey(element.key));
    // The ports of a Service share their address in cluster-ips.
    if (!there || seen.has(there)) return [];
    seen.add(there);
    // Two Services may claim one key: it is the picture of the one that has it.
    const same = there.verdict === undefined || sameVerdict(there, element);
    return same ? [{ set, element: there }] : [];
  });
}

const chainOf = ({ verdict }: NftElement): string =>
  verdict && 'chain' in verdict ? verdict.chain : (verdict?.kind ?? '');
const sameVerdict = (a: NftElement, b: NftElement): boolean => chainOf(a) === chainOf(b);

function namesService(element: NftElement, service: string): boolean {
  const { verdict, comment } = element;
  const chain = verdict && 'chain' in verdict ? verdict.chain : '';
  // Prefix and hash come before the Service: service-ULMVA6XW-ns1/svc1/…
  if (/^[a-z]+-[A-Z2-7]{8}-/.test(chain) && chain.slice(chain.indexOf('-') + 10).startsWith(`${service}/`))
    return true;
  if (comment !== undefined && (comment === service || comment.startsWith(`${service}:`))) return true;
  if (!element.origin) return false;
  return element.origin.some((ref) => ref.kind === 'Service' && `${ref.namespace}/${ref.name}` === service);
}
