import { CircleAlert, TriangleAlert, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';

import { Tooltip } from '../tooltip';

/** Something to say about a field's value. */
export type FieldMessage = { readonly severity: 'error' | 'warning'; readonly text: string };

/** Props of {@link Field}. */
export type FieldProps = {
  /** Id of the control. Its help is `<id>-help`, its messages `<id>-message`. */
  readonly id: string;
  readonly label: string;
  /** The parameter's own name, where the label is made of it. */
  readonly name?: string | undefined;
  readonly help?: string | undefined;
  readonly messages?: readonly FieldMessage[] | undefined;
  /** True where the value differs from what holds by itself; `note` then says what that is. */
  readonly isChanged?: boolean | undefined;
  /** Under the control: `default 40`. */
  readonly note?: ReactNode;
  readonly onReset?: (() => void) | undefined;
  /** Stands behind the label: a menu. */
  readonly aside?: ReactNode;
  /** `beside`: label at the left. `above`: the control takes the whole width. */
  readonly layout?: 'beside' | 'above';
  readonly children: ReactNode;
};

/** Ids of help and messages, for `aria-describedby`; undefined where there are none. */
export function describedByOf({ id, help, messages = [] }: Pick<FieldProps, 'id' | 'help' | 'messages'>) {
  const ids = [
    ...(help === undefined || help === '' ? [] : [`${id}-help`]),
    ...(messages.length > 0 ? [`${id}-message`] : []),
  ];
  return ids.length === 0 ? undefined : ids.join(' ');
}

/** A label tied to its control, with what differs from the default marked by a bar at the pane's edge. */
export function Field(props: FieldProps) {
  const { id, label, name, help = '', messages = [], isChanged = false, aside, layout = 'beside', children } = props;
  const labelled = (
    <label
      htmlFor={id}
      className={`inline-block max-w-full text-12 break-words ${isChanged ? 'font-medium text-text' : 'text-text-2'}`}
    >
      {label}
    </label>
  );
  const tip = [name, help].filter((part) => part !== undefined && part !== '').join(': ');
  return (
    <div
      data-changed={isChanged}
      className={`relative px-4 py-1 before:absolute before:inset-y-1 before:left-0 before:w-[3px] ${isChanged ? 'before:bg-accent' : ''}`}
    >
      <div className={layout === 'beside' ? 'group/row grid grid-cols-[96px_minmax(0,1fr)] items-start gap-x-2' : ''}>
        <div
          className={`relative min-w-0 ${layout === 'beside' ? 'pt-1.5 leading-4 max-tablet:pt-3.5' : 'group/row pb-1'}`}
        >
          {tip === '' ? (
            labelled
          ) : (
            <Tooltip label={tip} side="left">
              {labelled}
            </Tooltip>
          )}
          {aside !== undefined && (
            <span className={`absolute right-0 ${layout === 'beside' ? 'top-1' : '-top-0.5'}`}>{aside}</span>
          )}
        </div>
        <div className="min-w-0">
          {children}
          <Below {...props} />
        </div>
      </div>
      {help !== '' && (
        <span id={`${id}-help`} className="sr-only">
          {help}
        </span>
      )}
      {messages.length > 0 && <FieldMessages id={`${id}-message`} messages={messages} />}
    </div>
  );
}

function Below({ label, note, onReset }: FieldProps) {
  if (note === undefined && onReset === undefined) return null;
  return (
    <div className="flex min-h-5 items-start justify-between gap-1 pt-0.5 text-11 text-text-3">
      <span className="min-w-0 break-words" dir="auto">
        {note}
      </span>
      {onReset !== undefined && (
        <Tooltip label="Back to the default" side="left">
          <button
            type="button"
            aria-label={`Back to the default: ${label}`}
            onClick={onReset}
            className="grid size-5 flex-none place-content-center rounded-control text-accent hover:bg-hover max-tablet:size-11"
          >
            <Undo2 size={12} aria-hidden="true" />
          </button>
        </Tooltip>
      )}
    </div>
  );
}

/** Messages under a control, each with icon and words. */
export function FieldMessages({ id, messages }: { readonly id?: string; readonly messages: readonly FieldMessage[] }) {
  return (
    <ul id={id} className="pt-1 text-11">
      {messages.map(({ severity, text }) => {
        const Icon = severity === 'error' ? CircleAlert : TriangleAlert;
        return (
          <li
            key={text}
            className={`flex items-start gap-1 ${severity === 'error' ? 'text-st-failed' : 'text-st-warning'}`}
          >
            <Icon size={12} aria-hidden="true" className="mt-0.5" />
            <span className="min-w-0 break-words" dir="auto">
              {text}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
