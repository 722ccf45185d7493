// Empty and error: what this is, what is missing, the one thing to do.
import type { ReactNode } from 'react';

interface StateProps {
  readonly title: string;
  readonly text?: string;
  /** The one thing to do. */
  readonly action?: ReactNode;
}

export function EmptyState({ title, text, action }: StateProps) {
  return (
    <div className="grid h-full min-h-40 place-content-center justify-items-center gap-2 p-6 text-center">
      <p className="font-medium">{title}</p>
      {text && <p className="max-w-md text-ink-2">{text}</p>}
      {action}
    </div>
  );
}

export function ErrorState({ title, text, action }: StateProps) {
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-x-4 gap-y-2 border-l-4 border-del bg-del-weak px-4 py-3"
    >
      <div className="min-w-48 flex-1">
        <p className="font-medium text-ink">
          <span aria-hidden className="mr-1.5 text-del">
            ✕
          </span>
          {title}
        </p>
        {text && <p className="text-sm text-ink-2">{text}</p>}
      </div>
      {action && <div className="flex flex-wrap gap-2">{action}</div>}
    </div>
  );
}
