// The page's address.

/** Takes the state out of the address, without a new entry in the browser's history. */
export function dropFragment(): void {
  const { pathname, search } = window.location;
  window.history.replaceState(window.history.state, '', pathname + search);
}
