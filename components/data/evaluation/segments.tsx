/** Props of {@link Segments}. */
export type SegmentsProps<T extends string> = {
  /** Names the choice for screen readers. */
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
};

/** A choice among two or three that are all seen. */
export function Segments<T extends string>({ label, value, options, onChange }: SegmentsProps<T>) {
  return (
    <span
      role="group"
      aria-label={label}
      className="inline-flex h-6 overflow-hidden rounded-control border border-border bg-surface max-tablet:h-11"
    >
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => {
            onChange(option.value);
          }}
          className="border-l border-border-subtle px-2.5 text-12 font-medium whitespace-nowrap text-text-3 -outline-offset-2 first:border-l-0 hover:bg-hover aria-pressed:bg-n-100 aria-pressed:text-text"
        >
          {option.label}
        </button>
      ))}
    </span>
  );
}
