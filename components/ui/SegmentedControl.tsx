'use client';
// One of a few, all in sight: radio buttons drawn as a row.
import { useId } from 'react';
import { classes } from './classes';

export interface SegmentedControlProps<T extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly text: string }[];
  readonly value: T;
  readonly onPick: (value: T) => void;
}

export function SegmentedControl<T extends string>({
  label,
  options,
  value,
  onPick,
}: SegmentedControlProps<T>) {
  const name = useId();
  return (
    <fieldset className="inline-flex rounded-md border border-line-control bg-panel p-0.5">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className={classes(
            'relative rounded px-2.5 py-0.5 text-sm has-focus-visible:outline-2 has-focus-visible:outline-accent',
            option.value === value ? 'bg-accent-weak font-medium text-accent' : 'text-ink-2 hover:text-ink',
          )}
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onPick(option.value)}
            className="absolute inset-0 size-full appearance-none opacity-0"
          />
          {option.text}
        </label>
      ))}
    </fieldset>
  );
}
