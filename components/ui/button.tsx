import { cva, type VariantProps } from 'class-variance-authority';
import type { ButtonHTMLAttributes } from 'react';

/** The looks of a button; links that act as one use it too. */
export const buttonLook = cva(
  'inline-flex items-center justify-center gap-1.5 rounded-control border text-12 font-medium whitespace-nowrap transition-colors aria-disabled:opacity-55 disabled:opacity-55 max-tablet:min-h-11 max-tablet:px-4',
  {
    variants: {
      look: {
        plain: 'border-border bg-surface text-text enabled:hover:bg-hover',
        ink: 'border-ink bg-ink text-on-ink',
        quiet: 'border-transparent text-text-2 enabled:hover:bg-hover',
        danger: 'border-border bg-surface text-st-failed enabled:hover:bg-st-failed-soft',
      },
      size: { normal: 'h-7 px-2.5', small: 'h-6 px-2' },
    },
    defaultVariants: { look: 'plain', size: 'normal' },
  },
);

/** Props of {@link Button}. */
export type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'style'> &
  VariantProps<typeof buttonLook> & {
    /** Something is under way: shown by words that the caller chooses, and no second press counts. */
    readonly busy?: boolean;
  };

/** A button of 28 px, 24 in bars, 44 where it is touched. */
export function Button({ look, size, busy = false, disabled, type = 'button', ...rest }: ButtonProps) {
  return (
    // oxlint-disable-next-line react/button-has-type -- the type is a prop with a default
    <button {...rest} type={type} disabled={disabled === true || busy} className={buttonLook({ look, size })} />
  );
}
