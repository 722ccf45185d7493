// A native select: the phone's own list on a phone, the keyboard's own behaviour everywhere.
import type { SelectHTMLAttributes } from 'react';
import { classes } from './classes';

export interface SelectProps extends Omit<
  SelectHTMLAttributes<HTMLSelectElement>,
  'onChange' | 'aria-label'
> {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly text: string }[];
  readonly onPick: (value: string) => void;
}

export function Select({ label, options, onPick, className, ...rest }: SelectProps) {
  return (
    <select
      {...rest}
      aria-label={label}
      onChange={(event) => onPick(event.target.value)}
      className={classes(
        'h-7 rounded-full border border-line-control bg-panel px-2 text-sm text-ink-2 hover:text-ink disabled:opacity-50',
        className,
      )}
    >
      {options.map(({ value, text }) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </select>
  );
}
