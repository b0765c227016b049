import { controlAria, controlLook, type ControlProps } from './control';

/** Props of {@link TextField}. */
export type TextFieldProps = ControlProps<string> & {
  readonly placeholder?: string | undefined;
  /** For ids, paths and code. */
  readonly isMono?: boolean | undefined;
  /** More than one line. */
  readonly rows?: number | undefined;
  /** Takes the focus when it is drawn, with its text selected: for a field that a press has just opened. */
  readonly hasFocus?: boolean | undefined;
  /** Escape was pressed. It goes no further. */
  readonly onEscape?: (() => void) | undefined;
  /** Names it where no label does. */
  readonly label?: string | undefined;
};

/** A line of text, or several. */
export function TextField(props: TextFieldProps) {
  const { id, value, onChange, onDone, placeholder, isMono = false, rows, label, hasFocus = false, onEscape } = props;
  const common = {
    id,
    value,
    dir: 'auto' as const,
    placeholder,
    'aria-label': label,
    autoComplete: 'off',
    spellCheck: rows !== undefined && !isMono,
    onBlur: onDone,
    ...controlAria(props),
  };
  const font = isMono ? 'mono' : 'sans';
  if (rows === undefined)
    return (
      <input
        {...common}
        ref={hasFocus ? focusOnce : undefined}
        type="text"
        onKeyDown={(event) => {
          if (onEscape === undefined || event.key !== 'Escape') return;
          event.stopPropagation();
          onEscape();
        }}
        onChange={(event) => {
          onChange(event.target.value);
        }}
        className={controlLook({ font })}
      />
    );
  return (
    <textarea
      {...common}
      rows={rows}
      onChange={(event) => {
        onChange(event.target.value);
      }}
      className={`${controlLook({ font, size: 'block' })} resize-y`}
    />
  );
}

/** The same function each time: React calls it once, when the field appears. */
function focusOnce(element: HTMLInputElement | null): void {
  element?.focus();
  element?.select();
}
