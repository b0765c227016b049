'use client';

/** Controls of values that hold no others: text, numbers, choices, columns, JSON, and references to pipeline parameters. */

import { Link2Off } from 'lucide-react';

import type { FieldShape, Json } from '../../../lib/catalog/params-form';
import { Combobox } from '../../ui/form/combobox';
import { explainJson, JsonField } from '../../ui/form/json-field';
import { MultiSelect } from '../../ui/form/multi-select';
import { NumberField } from '../../ui/form/number-field';
import { NumbersField } from '../../ui/form/numbers-field';
import { SelectField } from '../../ui/form/select-field';
import { SwitchField } from '../../ui/form/switch-field';
import { TextField } from '../../ui/form/text-field';
import { emptyColumnsText, originNote, toKeyOptions, toOptions, withFeatures } from './column-options';
import { useParamsEditing } from './params-context';
import { useParamControl, type ParamPlace } from './use-param-control';

/** What a leaf is drawn of. */
export type LeafProps = ParamPlace & {
  /** What is set, or holds by default; undefined for nothing. */
  readonly value: Json | undefined;
  /** True where an emptied value is taken out, so that its default holds. */
  readonly isRemovable: boolean;
};

type Of<K extends FieldShape['kind']> = LeafProps & { readonly shape: Extract<FieldShape, { kind: K }> };

/** A reference to a pipeline parameter: its name as a chip, and the value that it has now. */
export function BoundValue(props: LeafProps & { readonly name: string }) {
  const { name, label } = props;
  const { parameters, showParameter } = useParamsEditing();
  const { common, choose } = useParamControl(props);
  const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  const held = parameter?.default === undefined ? 'no value' : `= ${JSON.stringify(parameter.default)}`;
  return (
    <span className="flex min-h-7 items-center gap-1.5 rounded-control border border-border-strong bg-surface pr-0.5 pl-1.5 text-12">
      <button
        id={common.id}
        type="button"
        aria-label={`${label}: pipeline parameter ${name}, ${held}`}
        aria-describedby={common.describedBy}
        title={name}
        dir="auto"
        onClick={() => {
          showParameter(name);
        }}
        className="max-w-28 min-w-0 truncate rounded-chip bg-accent-soft px-1.5 font-medium text-accent"
      >
        {name}
      </button>
      <span title={held} className="min-w-0 flex-1 truncate text-text-3">
        {held}
        {parameter === undefined ? ', not declared' : ', pipeline'}
      </span>
      <button
        type="button"
        aria-label={`Unbind ${label}`}
        title="Use a value of its own"
        onClick={() => {
          choose(parameter?.default);
        }}
        className="grid size-6 flex-none place-content-center rounded-control text-text-3 hover:bg-hover max-tablet:size-11"
      >
        <Link2Off size={12} aria-hidden="true" />
      </button>
    </span>
  );
}

/** Any value as JSON. */
export function JsonValue(props: LeafProps) {
  const { common, type, draft, setDraft } = useParamControl(props);
  return (
    <JsonField
      {...common}
      label={`${props.label} as JSON`}
      value={props.value}
      draft={draft}
      onDraft={(text) => {
        setDraft(text, text === undefined ? '' : (explainJson(text) ?? ''));
      }}
      onChange={type}
    />
  );
}

/** Text, with columns or splits to choose from where it names one. */
export function TextValue(props: Of<'text'>) {
  const { shape, value, label, isRemovable } = props;
  const { arriving, featuresAt, values } = useParamsEditing();
  const { common, type, choose } = useParamControl(props);
  const text = typeof value === 'string' ? value : '';
  const write = (next: string): Json | undefined => (next === '' && isRemovable ? undefined : next);
  const { columnOf, splitOf, alsoKeysOf, alsoFeaturesAt } = shape.hints;
  const origin = columnOf ?? splitOf;
  if (origin === undefined)
    return (
      <TextField
        {...common}
        value={text}
        onChange={(next) => {
          type(write(next));
        }}
        {...(shape.multiline && { rows: 4 })}
      />
    );
  const known = arriving(origin);
  const own = alsoKeysOf === undefined ? undefined : values[alsoKeysOf];
  return (
    <Combobox
      {...common}
      value={text}
      onChange={(next) => {
        choose(write(next));
      }}
      options={withFeatures(
        [...toOptions(known, columnOf === undefined ? 'splits' : 'columns'), ...toKeyOptions(own, props.path)],
        alsoFeaturesAt === undefined ? [] : featuresAt(alsoFeaturesAt),
      )}
      label={label}
      emptyText={emptyColumnsText(known)}
      note={originNote(known)}
    />
  );
}

/** A number. */
export function NumberValue(props: Of<'number'>) {
  const { shape, value } = props;
  const { common, type, draft, setDraft } = useParamControl(props);
  return (
    <NumberField
      {...common}
      value={typeof value === 'number' ? value : undefined}
      draft={draft}
      onDraft={(text) => {
        setDraft(text, 'This is not a number.');
      }}
      onChange={type}
      unit={shape.unit}
      min={shape.min}
      max={shape.max}
      step={shape.integer ? 1 : 0.1}
    />
  );
}

/** True or false. */
export function SwitchValue(props: LeafProps) {
  const { common, choose } = useParamControl(props);
  return <SwitchField {...common} value={props.value === true} onChange={choose} />;
}

/** One of some values. */
export function ChoiceValue(props: Of<'choice'>) {
  const { shape, value } = props;
  const { common, choose } = useParamControl(props);
  const keyOf = (each: Json | undefined) => (each === undefined ? '' : JSON.stringify(each));
  const isKnown = value === undefined || shape.options.some((option) => option.value === value);
  return (
    <SelectField
      {...common}
      value={isKnown ? keyOf(value) : JSON.stringify(value)}
      placeholder="Choose"
      options={shape.options.map((option) => ({ value: keyOf(option.value), label: option.label }))}
      onChange={(key) => {
        choose(shape.options.find((option) => keyOf(option.value) === key)?.value);
      }}
    />
  );
}

/** Some of the columns or splits that arrive. */
export function ColumnsValue(props: LeafProps & { readonly item: Extract<FieldShape, { kind: 'text' }> }) {
  const { value, label, item, isRemovable } = props;
  const { arriving, featuresAt } = useParamsEditing();
  const { common, choose } = useParamControl(props);
  const { columnOf, splitOf, alsoFeaturesAt } = item.hints;
  const known = arriving(columnOf ?? splitOf ?? 'source');
  return (
    <MultiSelect
      {...common}
      value={Array.isArray(value) ? value.map(String) : []}
      onChange={(next) => {
        choose(next.length === 0 && isRemovable ? undefined : [...next]);
      }}
      options={withFeatures(
        toOptions(known, columnOf === undefined ? 'splits' : 'columns'),
        alsoFeaturesAt === undefined ? [] : featuresAt(alsoFeaturesAt),
      )}
      label={label}
      placeholder="None"
      emptyText={emptyColumnsText(known)}
      note={originNote(known)}
    />
  );
}

/** A list of numbers on one line. */
export function NumbersValue(props: LeafProps) {
  const { value, isRemovable } = props;
  const { common, type, draft, setDraft } = useParamControl(props);
  return (
    <NumbersField
      {...common}
      value={Array.isArray(value) ? value.map(Number) : []}
      draft={draft}
      onDraft={(text) => {
        setDraft(text, 'These are not numbers with commas between them.');
      }}
      onChange={(next) => {
        type(next.length === 0 && isRemovable ? undefined : [...next]);
      }}
    />
  );
}
