'use client';
// An ordering question of the lesson's lab. Its script comes only with lessons that ask one.
import dynamic from 'next/dynamic';

const OrderQuestion = dynamic(async () => (await import('./OrderQuestion')).OrderQuestion);

export function Order({ id }: { id: string }) {
  return <OrderQuestion id={id} />;
}
