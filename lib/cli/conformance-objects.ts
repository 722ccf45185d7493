// The conformance suite gives a cluster's whole state for each step; proxiers want what changed.
import type { EndpointSlice, KubeObject, Service } from '@/lib/kube/types';

const keyOf = (o: KubeObject): string => `${o.metadata.namespace ?? ''}/${o.metadata.name ?? ''}`;

/** Objects of a kind by "ns/name". */
export const ofKind = <T extends KubeObject>(
  objects: readonly KubeObject[],
  kind: T['kind'],
): Map<string, T> => new Map(objects.filter((o): o is T => o.kind === kind).map((o) => [keyOf(o), o]));

interface Proxier {
  setService(key: string, service: Service | undefined): void;
  setEndpointSlice(key: string, after: EndpointSlice | undefined, before?: EndpointSlice): void;
}

export class FedObjects {
  #services = new Map<string, Service>();
  #slices = new Map<string, EndpointSlice>();

  /** Tells a proxier how `objects` differ from those of the call before. */
  replace(proxier: Proxier, objects: readonly KubeObject[]): void {
    const services = ofKind<Service>(objects, 'Service');
    for (const key of new Set([...this.#services.keys(), ...services.keys()]))
      proxier.setService(key, services.get(key));
    const slices = ofKind<EndpointSlice>(objects, 'EndpointSlice');
    for (const key of new Set([...this.#slices.keys(), ...slices.keys()]))
      proxier.setEndpointSlice(key, slices.get(key), this.#slices.get(key));
    this.#services = services;
    this.#slices = slices;
  }
}
