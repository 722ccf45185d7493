// The operations of a sync's own transaction, in the order of pkg/proxy/nftables/proxier.go syncProxyRules.
import type { NftOperation } from '@/lib/net/nft/operations';
import { elementKey } from '@/lib/net/nft/types';
import type { ServiceEntry } from '../service-list';
import { elementOperation, sameElementValue, type ElementChanges } from './element-store';
import type { NftForm } from './form';
import type { PlacedElement } from './service-elements';
import type { NftServiceRules } from './service-rules';
import type { NftChanges } from './sync-result';

/** `made`: the services that a partial sync writes; undefined: all. */
export function* syncOperations(
  rules: readonly ServiceEntry<NftServiceRules>[],
  made: ReadonlySet<NftServiceRules> | undefined,
  changes: NftChanges,
  elements: ElementChanges,
  form: NftForm,
): Generator<NftOperation> {
  yield* changes.setup;
  const write = made ? elements.write : form.partialSync ? onceEach() : addOnly;
  if (made) for (const service of made) yield* service.operations(write);
  else for (const [, service] of rules) yield* service.operations(write);
  for (const name of changes.flushedChains) yield { verb: 'flush', object: 'chain', chain: { name } };
  for (const name of changes.deletedSets)
    yield { verb: 'delete', object: 'set', set: { name, types: [], flags: [] } };
  if (made) yield* elements.leftovers;
}

const addOnly = (placed: PlacedElement): NftOperation[] => [elementOperation('add', placed)];

/** In a full sync since v1.33 a key that a second Service claims is replaced, not added again. */
function onceEach(): (placed: PlacedElement) => NftOperation[] {
  const seen = new Map<string, PlacedElement>();
  return (placed) => {
    const place = `${placed.set} ${elementKey(placed.element.key)}`;
    const there = seen.get(place);
    seen.set(place, placed);
    if (!there) return addOnly(placed);
    return sameElementValue(there.element, placed.element)
      ? []
      : [elementOperation('delete', placed), elementOperation('add', placed)];
  };
}
