'use client';
// What an edit took away stays in sight for two seconds, unless a later edit takes away something else.
import { useEffect, useMemo, useState } from 'react';
import type { ChainGraph } from '@/lib/net/ruleset/graph';

const GHOST_MS = 2000;
type Removed = ChainGraph['removed'];

const NOTHING: Removed = { nodes: [], edges: [], rules: [] };

/** Which things are gone from which picture: the same text, the same edit. */
function nameOf({ service, node, family, removed }: ChainGraph): string {
  const ids = [...removed.nodes, ...removed.edges, ...removed.rules].map((x) => x.id);
  return ids.length ? [service, node, family, ...ids].join('\n') : '';
}

/** The graph with what is still to be shown of the things that are gone. */
export function useGhosts(graph: ChainGraph): ChainGraph {
  const [seen, setSeen] = useState<ChainGraph | null>(null);
  const [shown, setShown] = useState('');
  const [over, setOver] = useState('');
  const name = seen === graph ? shown : nameOf(graph);
  if (seen !== graph) {
    setSeen(graph);
    setShown(name);
    // The same things may go again after they have come back.
    if (name !== shown) setOver('');
  }
  useEffect(() => {
    if (!name) return undefined;
    const timer = setTimeout(() => setOver(name), GHOST_MS);
    return () => clearTimeout(timer);
  }, [name]);
  const gone = over === name && name !== '';
  return useMemo(() => (gone ? { ...graph, removed: NOTHING } : graph), [graph, gone]);
}
