// What the chain view shows: asked for by the page, answered by the worker.

/** Which Service, on which node, of which family the chain view shows. */
export interface ChainFocus {
  readonly node: string;
  /** "namespace/name" of the Service in full; null: the one edited last. */
  readonly service: string | null;
  readonly family: 'IPv4' | 'IPv6';
}
