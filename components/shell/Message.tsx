// A page that is one sentence and one thing to do.
import type { ReactNode } from 'react';

export function Message({ title, text, action }: { title: string; text: string; action: ReactNode }) {
  return (
    <main id="main" className="grid min-h-[70dvh] place-content-center gap-3 p-6">
      <h1 className="text-[22px] font-semibold tracking-tight">{title}</h1>
      <p className="max-w-prose text-ink-2">{text}</p>
      <p>{action}</p>
    </main>
  );
}
