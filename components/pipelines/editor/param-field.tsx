'use client';

import { Ellipsis } from 'lucide-react';
import { useState, type ComponentType } from 'react';

import { boundParameter, emptyValue, looksInside } from '../../../lib/catalog/param-values';
import type { FieldShape, FormField, Json } from '../../../lib/catalog/params-form';
import { formatJsonPath, type JsonPath } from '../../../lib/json/json-path';
import type { PipelineParameter } from '../../../lib/pipeline/pipeline';
import { Button } from '../../ui/button';
import { describedByOf, Field } from '../../ui/form/field';
import { Menu, type MenuEntry } from '../../ui/menu';
import { fieldId } from './field-focus';
import { defaultWords } from './default-words';
import type { LeafProps } from './param-leaves';
import { messagesAt } from './param-messages';
import { useFieldDraft } from './field-drafts';
import { useParamsEditing } from './params-context';

/** Props of {@link ParamField}. */
export type ParamFieldProps = {
  readonly field: FormField;
  /** As it is set; undefined where the default holds. */
  readonly value: Json | undefined;
  readonly path: JsonPath;
  /** What draws the value. */
  readonly Editor: ComponentType<LeafProps & { readonly shape: FieldShape; readonly asJson?: boolean | undefined }>;
};

/** Shapes that need the whole width. */
const WIDE: ReadonlySet<FieldShape['kind']> = new Set(['object', 'entries', 'variants', 'json']);

/** One parameter: label, control, what differs from the default, problems, and its menu. */
export function ParamField({ field, value, path, Editor }: ParamFieldProps) {
  const { pipelineId, node, problems, differing, set } = useParamsEditing();
  const [asJson, setAsJson] = useState(false);
  const { label, shape, isRequired } = field;
  const id = fieldId(['nodes', node, 'params', ...path]);
  const draft = useFieldDraft({ pipelineId, node, path });
  const bound = boundParameter(value) !== undefined;
  const inside = looksInside(field) && !asJson && !bound;
  const isLeaf = !WIDE.has(shape.kind) && !(shape.kind === 'list' && isStructured(shape.item));
  const messages = [
    ...messagesAt(problems, path, isLeaf || bound || asJson ? 'inside' : 'exact'),
    ...(draft === undefined || shape.kind === 'json' || asJson
      ? []
      : [{ severity: 'error' as const, text: `${draft.reason} The field keeps the text; the value is as before.` }]),
  ];
  // Inside a structure that differs as a whole, its fields do not each say so again.
  const changed = !inside && differing.has(formatJsonPath(path));
  const reset = () => {
    set({ path, value: undefined, label: `Reset ${label}` });
  };
  const isUnset = value === undefined && field.isOptional && !isLeaf;
  return (
    <Field
      id={id}
      label={label}
      name={field.name}
      help={field.help}
      messages={messages}
      isChanged={changed}
      note={changed ? defaultWords(field) : undefined}
      onReset={changed ? reset : undefined}
      layout={isLeaf || (bound && !asJson) || (isUnset && !asJson) ? 'beside' : 'above'}
      aside={<FieldMenu field={field} value={value} path={path} asJson={asJson} onAsJson={setAsJson} />}
    >
      {isUnset && !asJson ? (
        <Button
          size="small"
          aria-label={`Set ${label}`}
          onClick={() => {
            set({ path, value: field.start ?? emptyValue(shape), label: `Set ${label}` });
          }}
        >
          Set
        </Button>
      ) : (
        <Editor
          shape={shape}
          value={value ?? field.default}
          path={path}
          label={label}
          describedBy={describedByOf({ id, help: field.help, messages })}
          isInvalid={messages.some(({ severity }) => severity === 'error')}
          isRemovable={!isRequired}
          asJson={asJson}
        />
      )}
    </Field>
  );
}

function isStructured(shape: FieldShape): boolean {
  if (shape.kind === 'text') return shape.hints.columnOf === undefined && shape.hints.splitOf === undefined;
  return shape.kind !== 'number';
}

type FieldMenuProps = Omit<ParamFieldProps, 'Editor'> & {
  readonly asJson: boolean;
  readonly onAsJson: (asJson: boolean) => void;
};

function FieldMenu({ field, value, path, asJson, onAsJson }: FieldMenuProps) {
  const { parameters, set, bindNew } = useParamsEditing();
  const { label, shape, help, name } = field;
  const entries = (): readonly MenuEntry[] => {
    const bound = boundParameter(value);
    const fitting = Object.entries(parameters).filter(
      ([other, { type }]) => other !== bound && typesFor(shape).includes(type),
    );
    return [
      { type: 'heading', id: 'help', label: help === '' ? name : `${name}: ${help}` },
      ...fitting.map(([other]) => ({
        type: 'item' as const,
        id: `use-${other}`,
        label: `Use pipeline parameter ${other}`,
        onSelect: () => {
          set({ path, value: { $param: other }, label: `Bind ${label} to ${other}` });
        },
      })),
      ...(bound === undefined
        ? [
            {
              type: 'item' as const,
              id: 'bind-new',
              label: 'Make it a pipeline parameter',
              onSelect: () => {
                bindNew(path, value ?? field.default);
              },
            },
          ]
        : []),
      { type: 'separator', id: 'rest' },
      {
        type: 'item',
        id: 'json',
        label: asJson ? 'Edit as a form' : 'Edit as JSON',
        onSelect: () => {
          onAsJson(!asJson);
        },
      },
      {
        type: 'item',
        id: 'reset',
        label: 'Back to the default',
        disabledReason: value === undefined ? 'It is the default' : field.isRequired ? 'It has no default' : undefined,
        onSelect: () => {
          set({ path, value: undefined, label: `Reset ${label}` });
        },
      },
    ];
  };
  return (
    <Menu
      align="end"
      entries={entries}
      trigger={
        <button
          type="button"
          aria-label={`More about ${label}`}
          className="grid size-5 place-content-center rounded-control bg-surface text-text-3 opacity-0 group-focus-within/row:opacity-100 group-hover/row:opacity-100 hover:bg-hover focus-visible:opacity-100 data-[state=open]:opacity-100 max-tablet:opacity-100"
        >
          <Ellipsis size={12} aria-hidden="true" />
        </button>
      }
    />
  );
}

/** Types of pipeline parameters that may stand for a shape. */
export function typesFor(shape: FieldShape): readonly PipelineParameter['type'][] {
  switch (shape.kind) {
    case 'text':
      return ['string'];
    case 'number':
      return shape.integer ? ['integer'] : ['number', 'integer'];
    case 'switch':
      return ['boolean'];
    case 'choice':
      return ['string'];
    default:
      return ['json'];
  }
}
