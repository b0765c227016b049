'use client';

/** Fields of parameters, whatever their shape: structures hold fields, which hold structures. */

import {
  alternativeOf,
  boundParameter,
  emptyFields,
  emptyValue,
  fieldsInside,
  fitsShape,
  isRecord,
} from '../../../lib/catalog/param-values';
import type { FieldShape, FormField, Json } from '../../../lib/catalog/params-form';
import type { JsonPath } from '../../../lib/json/json-path';
import { Button } from '../../ui/button';
import { EntriesEditor } from '../../ui/form/entries-editor';
import { FieldMessages } from '../../ui/form/field';
import { ListEditor } from '../../ui/form/list-editor';
import { SelectField } from '../../ui/form/select-field';
import { ParamField } from './param-field';
import {
  BoundValue,
  ChoiceValue,
  ColumnsValue,
  JsonValue,
  NumbersValue,
  NumberValue,
  SwitchValue,
  TextValue,
  type LeafProps,
} from './param-leaves';
import { messagesAt } from './param-messages';
import { useParamsEditing } from './params-context';
import { useParamControl } from './use-param-control';

/** Props of {@link ShapeEditor}. */
export type ShapeEditorProps = LeafProps & {
  readonly shape: FieldShape;
  /** Edits the value as JSON whatever it is. */
  readonly asJson?: boolean | undefined;
};

type Of<K extends FieldShape['kind']> = LeafProps & { readonly shape: Extract<FieldShape, { kind: K }> };

/** The widget of a shape, on the value at a place of the node's parameters. */
export function ShapeEditor(props: ShapeEditorProps) {
  const { shape, value, asJson = false } = props;
  const bound = boundParameter(value);
  if (bound !== undefined && !asJson) return <BoundValue {...props} name={bound} />;
  if (asJson || (value !== undefined && !fitsShape(shape, value))) return <JsonValue {...props} />;
  switch (shape.kind) {
    case 'text':
      return <TextValue {...props} shape={shape} />;
    case 'number':
      return <NumberValue {...props} shape={shape} />;
    case 'switch':
      return <SwitchValue {...props} />;
    case 'choice':
      return <ChoiceValue {...props} shape={shape} />;
    case 'json':
      return <JsonValue {...props} />;
    case 'either':
      return <EitherValue {...props} shape={shape} />;
    case 'list':
      return <ListValue {...props} shape={shape} />;
    case 'object':
      return <StructureValue {...props} fields={shape.fields} />;
    case 'entries':
      return <EntriesValue {...props} shape={shape} />;
    case 'variants':
      return <VariantsValue {...props} shape={shape} />;
  }
}

/** The fields of a structure. */
export function FieldList({
  fields,
  values,
  path,
}: {
  fields: readonly FormField[];
  values: Json | undefined;
  path: JsonPath;
}) {
  return (
    <>
      {fields.map((field) => (
        <ParamField
          key={field.name}
          field={field}
          value={isRecord(values) && Object.hasOwn(values, field.name) ? values[field.name] : undefined}
          path={[...path, field.name]}
          Editor={ShapeEditor}
        />
      ))}
      <UnknownKeys fields={fields} values={values} path={path} />
    </>
  );
}

/** What the component does not know: it keeps the node from running, and can be taken out. */
function UnknownKeys({
  fields,
  values,
  path,
}: {
  fields: readonly FormField[];
  values: Json | undefined;
  path: JsonPath;
}) {
  const { problems, set } = useParamsEditing();
  const known = new Set(fields.map(({ name }) => name));
  const unknown = isRecord(values) ? Object.keys(values).filter((name) => !known.has(name)) : [];
  return unknown.map((name) => {
    const messages = messagesAt(problems, [...path, name], 'exact');
    // The tag of a variant is no field, and is known all the same.
    if (messages.length === 0) return null;
    return (
      <div key={name} className="px-4 py-1">
        <div className="flex items-center justify-between gap-2 text-12">
          <code dir="auto" className="min-w-0 truncate font-mono">
            {name}
          </code>
          <Button
            size="small"
            onClick={() => {
              set({ path: [...path, name], value: undefined, label: `Remove ${name}` });
            }}
          >
            Remove
          </Button>
        </div>
        <FieldMessages messages={messages} />
      </div>
    );
  });
}

function StructureValue(props: LeafProps & { readonly fields: readonly FormField[] }) {
  const { fields, value, path, label } = props;
  const { common } = useParamControl(props);
  return (
    <div id={common.id} role="group" aria-label={label} tabIndex={-1} className="-mr-4 border-l">
      <FieldList fields={fields} values={value} path={path} />
    </div>
  );
}

function VariantsValue(props: Of<'variants'>) {
  const { shape, value, path, label } = props;
  const { set } = useParamsEditing();
  const { common } = useParamControl(props);
  const tagged = isRecord(value) ? value[shape.tag] : undefined;
  const tag = typeof tagged === 'string' ? tagged : '';
  const variant = shape.variants.find((each) => each.value === tag);
  return (
    <div className="-mr-4">
      <div className="pr-4">
        <SelectField
          {...common}
          label={`${shape.tag} of ${label}`}
          value={tag}
          placeholder="Choose"
          options={shape.variants}
          onChange={(chosen) => {
            const next = shape.variants.find((each) => each.value === chosen);
            if (next === undefined) return;
            // What both variants have stays as it was set.
            const kept = isRecord(value)
              ? Object.entries(value).filter(([name]) => next.fields.some((field) => field.name === name))
              : [];
            set({
              path,
              value: { [shape.tag]: chosen, ...emptyFields(next.fields), ...Object.fromEntries(kept) },
              label: `Set ${shape.tag} of ${label}`,
            });
          }}
        />
        {variant !== undefined && variant.help !== '' && <p className="pt-1 text-11 text-text-3">{variant.help}</p>}
      </div>
      <FieldList fields={fieldsInside(shape, value)} values={value} path={path} />
    </div>
  );
}

function EitherValue(props: Of<'either'>) {
  const { shape, value, label } = props;
  const { common, choose } = useParamControl(props);
  const at = value === undefined ? -1 : alternativeOf(shape.options, value);
  const chosen = shape.options[at]?.shape;
  const hasValue = chosen !== undefined && !(chosen.kind === 'choice' && chosen.options.length === 1);
  return (
    <div className="flex flex-col gap-1">
      <SelectField
        {...common}
        id={hasValue ? `${common.id}-kind` : common.id}
        {...(hasValue && { label: `Kind of ${label}` })}
        value={at < 0 ? '' : String(at)}
        placeholder="Not set"
        options={shape.options.map((option, index) => ({ value: String(index), label: option.label }))}
        onChange={(index) => {
          const next = shape.options[Number(index)];
          if (next !== undefined) choose(emptyValue(next.shape));
        }}
      />
      {hasValue && <ShapeEditor {...props} shape={chosen} />}
    </div>
  );
}

/** A word for one entry of a list or record, made of the label of all: `Splits` has `split`. */
function itemNameOf(label: string): string {
  const word = label.toLowerCase();
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : `entry of ${word}`;
}

function ListValue(props: Of<'list'>) {
  const { shape, value, path, label } = props;
  const { set } = useParamsEditing();
  const { common } = useParamControl(props);
  const items = Array.isArray(value) ? value : [];
  const { item } = shape;
  if (item.kind === 'text' && (item.hints.columnOf ?? item.hints.splitOf) !== undefined)
    if (items.every((each) => typeof each === 'string')) return <ColumnsValue {...props} item={item} />;
  if (item.kind === 'number' && items.every((each) => typeof each === 'number')) return <NumbersValue {...props} />;
  const itemName = itemNameOf(label);
  const change = (next: readonly Json[], what: string) => {
    set({ path, value: [...next], label: what });
  };
  return (
    <ListEditor
      id={common.id}
      label={label}
      describedBy={common.describedBy}
      itemName={itemName}
      length={items.length}
      min={shape.min}
      max={shape.max}
      onAdd={() => {
        change([...items, emptyValue(item)], `Add ${itemName}`);
      }}
      onRemove={(index) => {
        change(items.toSpliced(index, 1), `Remove ${itemName} ${index + 1}`);
      }}
      onMove={(from, to) => {
        const moved = items[from];
        if (moved !== undefined)
          change(items.toSpliced(from, 1).toSpliced(to, 0, moved), `Move ${itemName} ${from + 1}`);
      }}
      renderItem={(index) => (
        <ListItem
          shape={item}
          value={items[index]}
          path={[...path, index]}
          label={`${itemName.slice(0, 1).toUpperCase()}${itemName.slice(1)} ${index + 1}`}
        />
      )}
    />
  );
}

type ItemProps = {
  readonly shape: FieldShape;
  readonly value: Json | undefined;
  readonly path: JsonPath;
  readonly label: string;
};

/** Structures of two plain fields stand on one line, as a row of a table; others keep their frames. */
function ListItem({ shape, value, path, label }: ItemProps) {
  const { problems } = useParamsEditing();
  const isRow =
    shape.kind === 'object' &&
    shape.fields.length === 2 &&
    shape.fields.every((field) => ['text', 'number', 'choice'].includes(field.shape.kind));
  const messages = messagesAt(problems, path, isRow ? 'inside' : 'exact');
  return (
    <>
      {isRow && isRecord(value) ? (
        <div role="group" aria-label={label} className="grid grid-cols-2 gap-1">
          {shape.fields.map((field) => (
            <span key={field.name} className="min-w-0">
              <span aria-hidden="true" className="block truncate text-11 text-text-3">
                {field.label}
              </span>
              <ShapeEditor
                shape={field.shape}
                value={value[field.name] ?? field.default}
                path={[...path, field.name]}
                label={`${field.label} of ${label.toLowerCase()}`}
                isRemovable={!field.isRequired}
                isInvalid={messagesAt(problems, [...path, field.name], 'inside').length > 0}
                isUnlabelled
              />
            </span>
          ))}
        </div>
      ) : (
        <ShapeEditor
          shape={shape}
          value={value}
          path={path}
          label={label}
          isRemovable={false}
          isInvalid={messages.length > 0}
          isUnlabelled
        />
      )}
      {messages.length > 0 && <FieldMessages messages={messages} />}
    </>
  );
}

function EntriesValue(props: Of<'entries'>) {
  const { shape, value, path, label } = props;
  const { set, endBurst } = useParamsEditing();
  const { common } = useParamControl(props);
  const record = isRecord(value) ? value : {};
  const names = Object.keys(record);
  const itemName = itemNameOf(label);
  return (
    <EntriesEditor
      id={common.id}
      label={label}
      describedBy={common.describedBy}
      itemName={itemName}
      names={names}
      onDone={endBurst}
      onAdd={(name) => {
        set({ path: [...path, name], value: emptyValue(shape.item), label: `Add ${itemName} ${name}` });
      }}
      onRemove={(name) => {
        set({ path: [...path, name], value: undefined, label: `Remove ${itemName} ${name}` });
      }}
      onRename={(from, to) => {
        const renamed = Object.entries(record).map(([name, item]) => [name === from ? to : name, item] as const);
        set({ path, value: Object.fromEntries(renamed), label: `Rename ${itemName} ${from}`, isTyping: true });
      }}
      renderValue={(name) => (
        <ListItem shape={shape.item} value={record[name]} path={[...path, name]} label={`Value of ${name}`} />
      )}
    />
  );
}
