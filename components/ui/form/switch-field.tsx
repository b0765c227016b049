import { controlAria, type ControlProps } from './control';

/** Props of {@link SwitchField}. */
export type SwitchFieldProps = ControlProps<boolean> & {
  /** Beside the box: what it does now. Default: On or Off. */
  readonly words?: string | undefined;
  readonly label?: string | undefined;
};

/** On or off. */
export function SwitchField(props: SwitchFieldProps) {
  const { id, value, onChange, onDone, words, label } = props;
  return (
    <span className="flex h-7 items-center gap-2 text-12 max-tablet:h-11">
      <input
        id={id}
        type="checkbox"
        role="switch"
        aria-checked={value}
        checked={value}
        aria-label={label}
        onChange={(event) => {
          onChange(event.target.checked);
        }}
        onBlur={onDone}
        {...controlAria(props)}
        className="relative h-4 w-7 flex-none appearance-none rounded-card border border-border-strong bg-surface transition-colors before:absolute before:top-0.5 before:left-0.5 before:size-2.5 before:rounded-card before:bg-border-strong before:transition-transform checked:border-accent checked:bg-accent checked:before:translate-x-3 checked:before:bg-on-accent"
      />
      <span aria-hidden="true" className="text-text-2">
        {words ?? (value ? 'On' : 'Off')}
      </span>
    </span>
  );
}
