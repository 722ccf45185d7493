// How large a cluster the address asks for.

/** `?services=10000` in the address: the same lab among so many other Services. */
export function wantedCrowd(): number {
  const wanted = Number(new URLSearchParams(window.location.search).get('services') ?? 0);
  return Number.isInteger(wanted) && wanted > 0 ? wanted : 0;
}
