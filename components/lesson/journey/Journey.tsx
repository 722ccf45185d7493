'use client';
// A table in which the addresses of a connection are foretold. Its script comes only with lessons that have one.
import dynamic from 'next/dynamic';

const JourneyTable = dynamic(async () => (await import('./JourneyTable')).JourneyTable);

export function Journey({ id }: { id: string }) {
  return <JourneyTable id={id} />;
}
