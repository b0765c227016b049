'use client';

import { Plus } from 'lucide-react';

import { describePipeline, setPipelineParameter } from '../../../lib/pipeline/commands';
import { parameterUses } from '../../../lib/pipeline/pipeline-parameters';
import { setRunTimeLimit } from '../../../lib/pipeline/run-time-limit';
import { zPipeline } from '../../../lib/pipeline/pipeline';
import type { Problem } from '../../../lib/pipeline/problem';
import { formatQuantity } from '../../../lib/format/number';
import { Button } from '../../ui/button';
import { describedByOf, Field, type FieldMessage } from '../../ui/form/field';
import { TextField } from '../../ui/form/text-field';
import { useEditor, useEditorStore } from './editor-context';
import { fieldId } from './field-focus';
import { LimitField } from './limit-field';
import { ParameterEntry } from './parameter-entry';
import { useState } from 'react';

const MS_PER_SECOND = 1_000;
const LONGEST_RUN_S = 31_536_000;

/** What belongs to the pipeline as a whole: shown while no node is selected. */
export function PipelineSettings({ problems }: { readonly problems: readonly Problem[] }) {
  const store = useEditorStore();
  const document = useEditor((state) => state.document);
  const { description, parameters = {}, nodes, execution } = document;
  const uses = parameterUses(document);
  const change =
    (label: string, burst: string) => (command: Parameters<ReturnType<typeof store.getState>['change']>[1]) => {
      store.getState().change({ label, burst }, command);
    };
  const endBurst = () => {
    store.getState().endBurst();
  };
  return (
    <div className="min-h-0 flex-1 overflow-auto pb-4">
      <header className="px-4 pt-3 pb-2">
        <h2 className="text-15 font-semibold">Pipeline</h2>
        <p className="text-12 text-text-3">
          {formatQuantity(Object.keys(nodes).length, 'node')}. Select one to edit it.
        </p>
      </header>
      <NameField />
      <Field id={fieldId(['description'])} label="Description" layout="above">
        <TextField
          id={fieldId(['description'])}
          rows={3}
          value={description ?? ''}
          onChange={(text) => {
            change(
              'Describe the pipeline',
              'description',
            )((before) =>
              describePipeline(before, {
                name: before.name,
                description: text === '' ? undefined : text.slice(0, 20_000),
              }),
            );
          }}
          onDone={endBurst}
        />
      </Field>
      <LimitField
        place={['execution', 'timeoutMs']}
        label="Time limit"
        help="A whole run is canceled after so long. Empty: no limit."
        unit="s"
        isWhole={false}
        min={0.001}
        max={LONGEST_RUN_S}
        value={execution?.timeoutMs === undefined ? undefined : execution.timeoutMs / MS_PER_SECOND}
        onChange={(value) => {
          change(
            'Set the time limit of runs',
            'timeout',
          )((before) =>
            setRunTimeLimit(before, value === undefined ? undefined : Math.max(1, Math.round(value * MS_PER_SECOND))),
          );
        }}
      />
      <section aria-label="Pipeline parameters" className="mt-2 border-t">
        <div className="flex h-9 items-center justify-between px-4">
          <h3 className="text-12 font-medium">Pipeline parameters</h3>
          <Button
            size="small"
            look="quiet"
            onClick={() => {
              let name = 'parameter';
              for (let number = 2; Object.hasOwn(parameters, name); number++) name = `parameter${number}`;
              store
                .getState()
                .change({ label: `Add pipeline parameter ${name}` }, (before) =>
                  setPipelineParameter(before, name, { type: 'string', default: '' }),
                );
            }}
          >
            <Plus size={12} aria-hidden="true" />
            Add
          </Button>
        </div>
        {Object.keys(parameters).length === 0 && (
          <p className="px-4 text-12 text-text-3">
            None. A parameter is set once and used in many fields, and can be set anew at each run.
          </p>
        )}
        <ul>
          {Object.entries(parameters).map(([name, parameter], index) => (
            <ParameterEntry
              // oxlint-disable-next-line react/no-array-index-key -- a renamed parameter keeps its place, and its field the focus
              key={index}
              name={name}
              parameter={parameter}
              names={Object.keys(parameters)}
              uses={uses.get(name) ?? []}
              problems={problems}
            />
          ))}
        </ul>
      </section>
    </div>
  );
}

function NameField() {
  const store = useEditorStore();
  const name = useEditor((state) => state.document.name);
  const [typed, setTyped] = useState<string>();
  const id = fieldId(['name']);
  const refusal = typed === undefined ? undefined : refuseName(typed);
  const messages: readonly FieldMessage[] = refusal === undefined ? [] : [{ severity: 'error', text: refusal }];
  return (
    <Field id={id} label="Name" messages={messages}>
      <TextField
        id={id}
        value={typed ?? name}
        isInvalid={refusal !== undefined}
        describedBy={describedByOf({ id, messages })}
        onChange={(next) => {
          const isRefused = refuseName(next) !== undefined;
          setTyped(isRefused ? next : undefined);
          if (!isRefused)
            store
              .getState()
              .change({ label: 'Rename the pipeline', burst: 'name' }, (before) =>
                describePipeline(before, { name: next, description: before.description }),
              );
        }}
        onDone={() => {
          store.getState().endBurst();
        }}
      />
    </Field>
  );
}

function refuseName(name: string): string | undefined {
  if (name === '') return 'A name is needed. The pipeline keeps the last one.';
  return zPipeline.shape.name.safeParse(name).success
    ? undefined
    : 'A name has 1 to 200 characters, and no slash, backslash or control character.';
}
