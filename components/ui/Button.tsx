// Buttons: one primary a view, everything else quiet.
import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { classes } from './classes';

export type ButtonKind = 'primary' | 'plain' | 'danger';
export type ButtonSize = 'small' | 'large';

const KIND: Readonly<Record<ButtonKind, string>> = {
  primary: 'border-accent bg-accent text-on-accent font-medium enabled:hover:brightness-110',
  plain: 'border-line-control bg-panel text-ink enabled:hover:bg-bg',
  danger: 'border-del bg-panel text-del font-medium enabled:hover:bg-del-weak',
};
const SIZE: Readonly<Record<ButtonSize, string>> = {
  small: 'min-h-7 px-2.5 text-sm',
  large: 'min-h-10 px-5 text-base',
};

/** The look of a button, for links that look like one. */
export const buttonClass = (kind: ButtonKind = 'plain', size: ButtonSize = 'small'): string =>
  classes(
    'inline-flex items-center justify-center gap-1.5 rounded-md border disabled:opacity-50',
    KIND[kind],
    SIZE[size],
  );

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly kind?: ButtonKind;
  readonly size?: ButtonSize;
}

export function Button({ kind = 'plain', size = 'small', className, ...rest }: ButtonProps) {
  return <button type="button" {...rest} className={classes(buttonClass(kind, size), className)} />;
}

export interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'aria-label'> {
  /** What it does, in words. */
  readonly label: string;
  readonly children: ReactNode;
}

/** A square button with a sign instead of words. */
export function IconButton({ label, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      className={classes(
        'inline-grid size-7 shrink-0 place-items-center rounded-md border border-line-control bg-panel text-ink-2 enabled:hover:bg-bg enabled:hover:text-ink disabled:opacity-50',
        className,
      )}
    />
  );
}
