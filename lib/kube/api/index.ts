// The door to the simulated API server.
import { ApiServer, type ApiOptions } from './server';
import { Store } from './store';

export { ApiServer, type ApiOptions } from './server';
export { Store, type RecordedEvent, type StoreState } from './store';

/** An empty cluster's API: the store, and the server in front of it. */
export function createApi(options: Omit<ApiOptions, 'store'> & { readonly store?: Store }): {
  readonly api: ApiServer;
  readonly store: Store;
} {
  const store = options.store ?? new Store();
  return { api: new ApiServer({ ...options, store }), store };
}
