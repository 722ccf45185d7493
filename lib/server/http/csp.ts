// The Content-Security-Policy of pages. Pages are prerendered, so their inline scripts are named by hash, written after the
// build by lib/scripts/csp-hashes.mjs (docs/adr/0003).

/** Hashes of the inline scripts of each prerendered page, by address. */
export type CspTable = Readonly<Record<string, readonly string[]>>;

/** What Next serves when no page answers; their addresses are theirs in the build, not a visitor's. */
const FALLBACKS = ['/_not-found', '/_global-error'];

/** The hashes for an address; one that no page answers to gets those of the pages for errors. */
export function hashesFor(table: CspTable, pathname: string): readonly string[] {
  const address = pathname.length > 1 ? pathname.replace(/\/+$/, '') : pathname;
  if (Object.hasOwn(table, address)) return table[address] ?? [];
  return [...new Set(FALLBACKS.flatMap((name) => table[name] ?? []))];
}

/** The policy of a page. Styles may be inline: Monaco and React's style attributes need it. */
export function pagePolicy(hashes: readonly string[]): string {
  return policy({ 'script-src': ["'self'", ...hashes.map((hash) => `'${hash}'`)] });
}

/** The same with what the development server needs, for Content-Security-Policy-Report-Only. */
export function developmentPolicy(): string {
  return policy({
    'script-src': ["'self'", "'unsafe-inline'", "'unsafe-eval'"],
    'connect-src': ["'self'", 'ws:'],
  });
}

function policy(own: Readonly<Record<string, readonly string[]>>): string {
  const directives: Readonly<Record<string, readonly string[]>> = {
    'default-src': ["'none'"],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'"],
    'worker-src': ["'self'"],
    'manifest-src': ["'self'"],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'self'"],
    ...own,
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');
}
