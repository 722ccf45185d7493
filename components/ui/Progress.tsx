// Waiting: a skeleton of the right size, a bar past a second, a spinner in a small place.
import { classes } from './classes';

/** Grey lines where text will be. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={classes('skeleton block', className)} />;
}

export function Spinner({ label }: { label: string }) {
  return (
    <span role="status" className="inline-flex items-center gap-2 text-sm text-ink-3">
      <span
        aria-hidden
        className="size-3.5 animate-spin rounded-full border-2 border-line-strong border-t-accent"
      />
      {label}
    </span>
  );
}

/** How far something is; without `value` it only says that work goes on. */
export function ProgressBar({ label, value, max = 1 }: { label: string; value?: number; max?: number }) {
  if (value === undefined)
    return (
      <div role="progressbar" aria-label={label} className="h-0.5 overflow-hidden bg-line">
        <div className="sliding h-full w-2/5 bg-accent" />
      </div>
    );
  return <progress aria-label={label} value={value} max={max} className="sp-progress" />;
}
