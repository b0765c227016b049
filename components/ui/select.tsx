import { ChevronDown } from 'lucide-react';
import { useId } from 'react';

/** One choice. */
export type SelectOption<T extends string> = { readonly value: T; readonly label: string };

/** Props of {@link Select}. */
export type SelectProps<T extends string> = {
  /** Stands inside the control, before the value: `state any`. */
  readonly label: string;
  readonly value: T;
  readonly options: readonly SelectOption<T>[];
  readonly onChange: (value: T) => void;
};

/** A choice among few, as the platform shows it. */
export function Select<T extends string>({ label, value, options, onChange }: SelectProps<T>) {
  const id = useId();
  return (
    <span className="relative inline-flex h-7 max-w-full items-center rounded-control border border-border bg-surface text-12 font-medium focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent hover:bg-hover max-tablet:h-11">
      <label htmlFor={id} className="pl-[9px] font-normal text-text-3">
        {label}
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen !== undefined) onChange(chosen.value);
        }}
        className="field-sizing-content h-full max-w-52 min-w-0 appearance-none truncate bg-transparent pr-6 pl-1 outline-none [&>option]:bg-raised"
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown size={14} aria-hidden="true" className="pointer-events-none absolute right-1.5 text-text-3" />
    </span>
  );
}
