'use client';

import { X } from 'lucide-react';

import type { DataSchema } from '../../../lib/artifact/data-schema';
import { knownEnvironments, setDefaultEnvironments } from '../../../lib/artifact/schema-edit';
import { EMPTY_SCHEMA, writeSchemaText } from '../../../lib/artifact/data-schema';
import { Field } from '../../ui/form/field';
import { MultiSelect } from '../../ui/form/multi-select';

/** Props of {@link DatasetPanel}. */
export type DatasetPanelProps = {
  readonly schema: DataSchema;
  readonly onChange: (schema: DataSchema) => void;
  readonly onClose: () => void;
};

/** What the schema says of the dataset as a whole. */
export function DatasetPanel({ schema, onChange, onClose }: DatasetPanelProps) {
  const rest = writeSchemaText({ ...schema, feature: [], stringDomain: [], defaultEnvironment: [] });
  return (
    <aside aria-label="The whole dataset" className="flex min-h-0 w-full flex-none flex-col border-l tablet:w-80">
      <header className="flex items-start gap-2 border-b px-4 py-2">
        <h2 className="min-w-0 flex-1 pt-0.5 text-15 font-semibold">The whole dataset</h2>
        <button
          type="button"
          aria-label="Close the dataset"
          onClick={onClose}
          className="grid size-7 flex-none place-content-center rounded-control text-text-3 hover:bg-hover max-tablet:size-11"
        >
          <X size={16} aria-hidden="true" />
        </button>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto py-2">
        <Field
          id="default-environments"
          label="Default environments"
          help="default_environment: every feature is expected in these, unless it says otherwise."
          layout="above"
        >
          <MultiSelect
            id="default-environments"
            label="Default environments"
            value={schema.defaultEnvironment}
            options={knownEnvironments(schema).map((value) => ({ value }))}
            placeholder="none"
            emptyText="The schema names no environment yet. Type a name, then Enter."
            onChange={(names) => {
              onChange(setDefaultEnvironments(schema, names));
            }}
          />
        </Field>
        {rest !== writeSchemaText(EMPTY_SCHEMA) && (
          <div className="px-4 py-2">
            <p className="pb-1 text-12 text-text-2">Also in the file, kept as it is</p>
            <pre className="overflow-x-auto rounded-control border p-2 font-mono text-11 text-text-2">{rest}</pre>
          </div>
        )}
      </div>
    </aside>
  );
}
