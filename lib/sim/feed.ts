import type { EndpointSlice, KubeObject, Service } from '@/lib/kube/types';

/** What every proxier takes in. */
interface Proxier {
  setService(key: string, service: Service | undefined): void;
  setEndpointSlice(key: string, slice: EndpointSlice | undefined): void;
}

/** Gives a proxier the Services and EndpointSlices of a cluster. */
export function feed(proxier: Proxier, objects: readonly KubeObject[]): void {
  for (const object of objects) {
    const key = `${object.metadata.namespace ?? ''}/${object.metadata.name ?? ''}`;
    if (object.kind === 'Service') proxier.setService(key, object as Service);
    else if (object.kind === 'EndpointSlice') proxier.setEndpointSlice(key, object as EndpointSlice);
  }
}
