'use client';

import { Trash2 } from 'lucide-react';
import { useState } from 'react';

import type { Json } from '../../../lib/catalog/params-form';
import { setPipelineParameter } from '../../../lib/pipeline/commands';
import { zPipeline, type PipelineParameter } from '../../../lib/pipeline/pipeline';
import { describeUse, renamePipelineParameter, type ParameterUse } from '../../../lib/pipeline/pipeline-parameters';
import { formatJsonPath } from '../../../lib/json/json-path';
import type { Problem } from '../../../lib/pipeline/problem';
import { FieldMessages } from '../../ui/form/field';
import { JsonField } from '../../ui/form/json-field';
import { RowButton } from '../../ui/form/list-editor';
import { NumberField } from '../../ui/form/number-field';
import { SelectField } from '../../ui/form/select-field';
import { SwitchField } from '../../ui/form/switch-field';
import { TextField } from '../../ui/form/text-field';
import { useEditorStore } from './editor-context';
import { fieldId, requestFieldFocus } from './field-focus';

/** Props of {@link ParameterEntry}. */
export type ParameterEntryProps = {
  readonly name: string;
  readonly parameter: PipelineParameter;
  /** Of all parameters. */
  readonly names: readonly string[];
  readonly uses: readonly ParameterUse[];
  readonly problems: readonly Problem[];
};

const TYPES: readonly { readonly value: PipelineParameter['type']; readonly label: string }[] = [
  { value: 'string', label: 'Text' },
  { value: 'integer', label: 'Whole number' },
  { value: 'number', label: 'Number' },
  { value: 'boolean', label: 'On or off' },
  { value: 'json', label: 'JSON' },
];

/** One pipeline parameter: name, type, default, and who uses it. */
export function ParameterEntry({ name, parameter, names, uses, problems }: ParameterEntryProps) {
  const store = useEditorStore();
  const [typed, setTyped] = useState<string>();
  const id = fieldId(['parameters', name]);
  const path = formatJsonPath(['parameters', name]);
  const refusal = typed === undefined ? undefined : refuse(typed, name, names);
  const messages = problems
    .filter((problem) => problem.node === undefined && (problem.path === path || problem.path === `${path}.default`))
    .map(({ severity, message }) => ({ severity, text: message }));
  const set = (next: PipelineParameter, burst?: string) => {
    store
      .getState()
      .change({ label: `Set pipeline parameter ${name}`, burst }, (document) =>
        setPipelineParameter(document, name, next),
      );
  };
  const endBurst = () => {
    store.getState().endBurst();
  };
  return (
    <li aria-label={`Pipeline parameter ${name}`} className="flex flex-col gap-1 border-b px-4 py-2">
      <div className="flex items-start gap-1">
        <div className="min-w-0 flex-1">
          <TextField
            id={id}
            label={`Name of pipeline parameter ${name}`}
            isMono
            value={typed ?? name}
            isInvalid={refusal !== undefined}
            onChange={(next) => {
              const isRefused = refuse(next, name, names) !== undefined;
              setTyped(isRefused ? next : undefined);
              if (!isRefused && next !== name)
                store
                  .getState()
                  .change({ label: `Rename pipeline parameter ${name}`, burst: 'rename-parameter' }, (document) =>
                    renamePipelineParameter(document, name, next),
                  );
            }}
            onDone={endBurst}
          />
        </div>
        <RowButton
          label={`Delete pipeline parameter ${name}`}
          onPress={() => {
            store
              .getState()
              .change({ label: `Delete pipeline parameter ${name}` }, (document) =>
                setPipelineParameter(document, name, undefined),
              );
          }}
        >
          <Trash2 size={12} aria-hidden="true" />
        </RowButton>
      </div>
      {refusal !== undefined && <FieldMessages messages={[{ severity: 'error', text: refusal }]} />}
      <div className="grid grid-cols-2 gap-1">
        <SelectField
          id={`${id}-type`}
          label={`Type of ${name}`}
          value={parameter.type}
          options={TYPES}
          onChange={(type) => {
            const chosen = TYPES.find(({ value }) => value === type);
            if (chosen !== undefined) set({ ...parameter, type: chosen.value });
          }}
        />
        <DefaultField
          id={fieldId(['parameters', name, 'default'])}
          name={name}
          parameter={parameter}
          onChange={(value) => {
            const { default: _before, ...rest } = parameter;
            set({ ...rest, ...(value !== undefined && { default: value }) }, `parameter:${name}`);
          }}
          onDone={endBurst}
        />
      </div>
      <TextField
        id={`${id}-description`}
        label={`Description of ${name}`}
        placeholder="What it is for"
        value={parameter.description ?? ''}
        onChange={(text) => {
          const { description: _before, ...rest } = parameter;
          set({ ...rest, ...(text !== '' && { description: text.slice(0, 2_000) }) }, `parameter-description:${name}`);
        }}
        onDone={endBurst}
      />
      <UsedBy uses={uses} />
      {messages.length > 0 && <FieldMessages messages={messages} />}
    </li>
  );
}

function refuse(name: string, before: string, names: readonly string[]): string | undefined {
  if (name === before) return undefined;
  if (names.includes(name)) return `There is another pipeline parameter "${name}".`;
  const isFitting = zPipeline.shape.parameters.safeParse({ [name]: { type: 'json' } }).success;
  return isFitting ? undefined : 'A name has letters, digits and "_", and begins with no digit.';
}

function UsedBy({ uses }: { readonly uses: readonly ParameterUse[] }) {
  const store = useEditorStore();
  if (uses.length === 0) return <p className="text-11 text-text-3">Used by no node</p>;
  return (
    <p className="flex flex-wrap gap-x-1.5 text-11 text-text-3">
      Used by
      {uses.map((use) => (
        <button
          key={describeUse(use)}
          type="button"
          title={describeUse(use)}
          dir="auto"
          onClick={() => {
            store.getState().select([use.node]);
            requestFieldFocus(['nodes', use.node, 'params', ...use.path]);
          }}
          className="max-w-full truncate text-accent hover:underline"
        >
          {describeUse(use)}
        </button>
      ))}
    </p>
  );
}

type DefaultFieldProps = {
  readonly id: string;
  readonly name: string;
  readonly parameter: PipelineParameter;
  readonly onChange: (value: Json | undefined) => void;
  readonly onDone: () => void;
};

function DefaultField({ id, name, parameter, onChange, onDone }: DefaultFieldProps) {
  const [draft, setDraft] = useState<string>();
  const { type, default: value } = parameter;
  const common = { id, label: `Default of ${name}`, onDone, onChange };
  if (type === 'boolean' && (value === undefined || typeof value === 'boolean'))
    return <SwitchField {...common} value={value === true} />;
  if ((type === 'integer' || type === 'number') && (value === undefined || typeof value === 'number'))
    return (
      <NumberField
        {...common}
        value={value}
        draft={draft}
        onDraft={setDraft}
        isInvalid={draft !== undefined}
        placeholder="No default"
        step={type === 'integer' ? 1 : 0.1}
      />
    );
  if (type === 'string' && (value === undefined || typeof value === 'string'))
    return <TextField {...common} value={value ?? ''} placeholder="Empty" />;
  return <JsonField {...common} value={value} draft={draft} onDraft={setDraft} rows={2} />;
}
