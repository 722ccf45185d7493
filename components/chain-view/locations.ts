// Editor lines in short: "service.yaml:6, 11–12".
import type { RuleLocation } from '@/lib/workbench/protocol';
import { groupBy } from './group-by';

/** One text a file, its lines in order and neighbours joined. */
export function formatLocations(locations: readonly RuleLocation[]): string[] {
  return [...groupBy(locations, (l) => l.file)].map(
    ([file, parts]) => `${file}:${rangesOf(parts).join(', ')}`,
  );
}

function rangesOf(parts: readonly RuleLocation[]): string[] {
  const merged: { start: number; end: number }[] = [];
  for (const { startLine, endLine } of [...parts].sort((a, b) => a.startLine - b.startLine)) {
    const last = merged.at(-1);
    if (last && startLine <= last.end + 1) last.end = Math.max(last.end, endLine);
    else merged.push({ start: startLine, end: endLine });
  }
  return merged.map(({ start, end }) => (start === end ? String(start) : `${start}–${end}`));
}
