import { ChevronsUpDown } from 'lucide-react';

import { controlAria, controlLook, type ControlProps } from './control';

/** One choice of a {@link SelectField}. */
export type SelectFieldOption = {
  readonly value: string;
  readonly label: string;
  /** Why it cannot be chosen, said after its label. */
  readonly disabledReason?: string | undefined;
};

/** Props of {@link SelectField}. */
export type SelectFieldProps = ControlProps<string> & {
  readonly options: readonly SelectFieldOption[];
  /** Shown while the value is none of the options. */
  readonly placeholder?: string | undefined;
  readonly label?: string | undefined;
};

/** A choice among some, as the platform shows it. A value that is no option stays visible. */
export function SelectField(props: SelectFieldProps) {
  const { id, value, onChange, onDone, options, placeholder, label } = props;
  const isKnown = options.some((option) => option.value === value);
  return (
    <span className="relative block">
      <select
        id={id}
        value={value}
        aria-label={label}
        onChange={(event) => {
          onChange(event.target.value);
        }}
        onBlur={onDone}
        {...controlAria(props)}
        className={`${controlLook({ room: 'arrow' })} appearance-none truncate [&>option]:bg-raised`}
      >
        {!isKnown && (
          <option value={value} disabled>
            {value === '' ? (placeholder ?? '–') : value}
          </option>
        )}
        {options.map(({ value: each, label: words, disabledReason }) => (
          <option key={each} value={each} disabled={disabledReason !== undefined}>
            {disabledReason === undefined ? words : `${words} (${disabledReason})`}
          </option>
        ))}
      </select>
      <ChevronsUpDown
        size={12}
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-2 -translate-y-1/2 text-text-3"
      />
    </span>
  );
}
