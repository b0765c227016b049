'use client';

import { Unlink, Plus } from 'lucide-react';
import { useState } from 'react';

import type { ComponentSpec, PortSpec } from '../../../lib/catalog/component-spec';
import { COMPONENTS } from '../../../lib/catalog/index';
import { connect, disconnect } from '../../../lib/pipeline/commands';
import { sourceChoices, type SourceChoice } from '../../../lib/pipeline/source-choices';
import { inputSources, type NodeId, type PipelineNode, type PortRef } from '../../../lib/pipeline/pipeline';
import type { Problem } from '../../../lib/pipeline/problem';
import { ArtifactMark } from '../../ui/artifact-mark';
import { Button } from '../../ui/button';
import { FieldMessages } from '../../ui/form/field';
import { RowButton } from '../../ui/form/list-editor';
import { SelectField } from '../../ui/form/select-field';
import { formatJsonPath } from '../../../lib/json/json-path';
import { useEditorStore } from './editor-context';
import { fieldId } from './field-focus';
import { useJudgedDocument } from './judged-document';

/** Props of {@link InputsTab}. */
export type InputsTabProps = {
  readonly node: NodeId;
  readonly content: PipelineNode;
  readonly spec: ComponentSpec | undefined;
  readonly problems: readonly Problem[];
};

/** Where each input comes from: to read, to wire and to unwire without the canvas. */
export function InputsTab({ node, content, spec, problems }: InputsTabProps) {
  const known = Object.entries(spec?.inputs ?? {});
  const unknown = Object.keys(content.inputs ?? {}).filter((port) => !known.some(([name]) => name === port));
  if (known.length + unknown.length === 0)
    return <p className="px-4 py-3 text-12 text-text-3">This component takes no inputs: it begins a pipeline.</p>;
  return (
    <ul className="py-1">
      {[...known, ...unknown.map((port) => [port, undefined] as const)].map(([port, input]) => (
        <InputRow key={port} node={node} port={port} input={input} content={content} problems={problems} />
      ))}
    </ul>
  );
}

type InputRowProps = Pick<InputsTabProps, 'node' | 'content' | 'problems'> & {
  readonly port: string;
  readonly input: PortSpec | undefined;
};

const refText = ({ node, port }: PortRef) => `${node}.${port}`;

function InputRow({ node, port, input, content, problems }: InputRowProps) {
  const store = useEditorStore();
  const [isAdding, setAdding] = useState(false);
  const sources = inputSources(content, port);
  const path = formatJsonPath(['nodes', node, 'inputs', port]);
  const messages = problems
    .filter((problem) => problem.path === path || problem.path?.startsWith(`${path}[`) === true)
    .map(({ severity, message }) => ({ severity, text: message }));
  const id = fieldId(['nodes', node, 'inputs', port]);
  const rows: readonly (PortRef | undefined)[] = sources.length === 0 || isAdding ? [...sources, undefined] : sources;
  const wire = (before: PortRef | undefined, after: PortRef) => {
    setAdding(false);
    store.getState().change({ label: `Wire ${refText(after)} to ${node}.${port}` }, (document) => {
      const to = { node, port };
      const without = before === undefined ? document : disconnect(document, [{ from: before, to }]);
      return connect(without, { from: after, to }, { keepOthers: input?.multiple === true });
    });
  };
  return (
    <li className="border-b px-4 py-2 last:border-b-0">
      <div className="flex items-center gap-1.5 text-12">
        {input !== undefined && <ArtifactMark type={input.type} />}
        <label htmlFor={id} title={port} className="min-w-0 truncate font-medium">
          {port}
        </label>
        <span className="ml-auto flex-none text-11 text-text-3">
          {input === undefined ? 'not known' : `${input.type}${input.optional === true ? ', optional' : ''}`}
        </span>
      </div>
      {input !== undefined && <p className="text-11 text-text-3">{input.summary}</p>}
      {rows.map((source, index) => (
        <div key={source === undefined ? '' : refText(source)} className="flex items-center gap-1 pt-1">
          <div className="min-w-0 flex-1">
            <SourceSelect
              id={index === 0 ? id : `${id}-${index}`}
              node={node}
              port={port}
              source={source}
              isInvalid={messages.some(({ severity }) => severity === 'error')}
              onWire={(after) => {
                wire(source, after);
              }}
            />
          </div>
          {source !== undefined && (
            <RowButton
              label={`Unwire ${refText(source)} from ${port}`}
              onPress={() => {
                store
                  .getState()
                  .change({ label: `Unwire ${refText(source)} from ${node}.${port}` }, (document) =>
                    disconnect(document, [{ from: source, to: { node, port } }]),
                  );
              }}
            >
              <Unlink size={12} aria-hidden="true" />
            </RowButton>
          )}
        </div>
      ))}
      {input?.multiple === true && sources.length > 0 && !isAdding && (
        <Button
          size="small"
          look="quiet"
          onClick={() => {
            setAdding(true);
          }}
        >
          <Plus size={12} aria-hidden="true" />
          Add source
        </Button>
      )}
      {messages.length > 0 && <FieldMessages messages={messages} />}
    </li>
  );
}

type SourceSelectProps = {
  readonly id: string;
  readonly node: NodeId;
  readonly port: string;
  readonly source: PortRef | undefined;
  readonly isInvalid: boolean;
  readonly onWire: (source: PortRef) => void;
};

function SourceSelect({ id, node, port, source, isInvalid, onWire }: SourceSelectProps) {
  const document = useJudgedDocument();
  const choices = sourceChoices({ pipeline: document, catalog: COMPONENTS }, { node, port });
  return (
    <SelectField
      id={id}
      label={source === undefined ? `Source of ${port}` : `Source of ${port}: ${refText(source)}`}
      value={source === undefined ? '' : refText(source)}
      placeholder={
        choices.some(({ refusal }) => refusal === undefined) ? 'Not wired: choose a source' : 'No output fits'
      }
      isInvalid={isInvalid}
      options={choices.map(toOption)}
      onChange={(text) => {
        const chosen = choices.find(({ from }) => refText(from) === text);
        if (chosen !== undefined) onWire(chosen.from);
      }}
    />
  );
}

function toOption({ from, refusal }: SourceChoice) {
  return { value: refText(from), label: refText(from), ...(refusal !== undefined && { disabledReason: refusal }) };
}
