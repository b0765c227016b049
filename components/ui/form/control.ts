import { cva } from 'class-variance-authority';

/** What every control of a form takes. */
export type ControlProps<T> = {
  /** Ties the label to it; also how a problem finds it. */
  readonly id: string;
  readonly value: T;
  readonly onChange: (value: T) => void;
  /** The person has finished with this control. */
  readonly onDone?: (() => void) | undefined;
  /** Ids of the help and the message that belong to it, separated by spaces. */
  readonly describedBy?: string | undefined;
  readonly isInvalid?: boolean | undefined;
};

/** The frame of a control: 28 px, 44 where it is touched; red where its value is refused. */
export const controlLook = cva(
  'w-full min-w-0 rounded-control border border-border-strong bg-surface text-12 text-text placeholder:text-text-3 aria-invalid:border-st-failed max-tablet:min-h-11',
  {
    variants: {
      size: { line: 'h-7', block: 'py-1' },
      font: { sans: '', mono: 'font-mono' },
      room: { normal: 'px-2', arrow: 'pr-6 pl-2' },
    },
    defaultVariants: { size: 'line', font: 'sans', room: 'normal' },
  },
);

/** ARIA attributes of a control. */
export function controlAria({ describedBy, isInvalid }: Pick<ControlProps<unknown>, 'describedBy' | 'isInvalid'>) {
  return {
    ...(describedBy !== undefined && { 'aria-describedby': describedBy }),
    ...(isInvalid === true && { 'aria-invalid': true }),
  };
}
