'use client';

import { Trash2, X } from 'lucide-react';

import { serializePath } from '../../../lib/artifact/feature-path';
import { removeFeature } from '../../../lib/artifact/schema-edit';
import { Button } from '../../ui/button';
import type { FeatureFormProps } from './domain-fields';
import { FeatureForm } from './feature-form';

/** Props of {@link FeaturePanel}. */
export type FeaturePanelProps = FeatureFormProps & { readonly onClose: () => void };

/** One feature of the schema: everything that is said of it, to be changed. */
export function FeaturePanel({ onClose, ...form }: FeaturePanelProps) {
  const { feature, schema, index, onChange } = form;
  const name = feature.name ?? '';
  return (
    <aside
      aria-label={`Feature ${name}`}
      className="flex min-h-0 w-full flex-none flex-col border-l bg-surface tablet:w-80"
    >
      <header className="flex items-start gap-2 border-b px-4 py-2 max-tablet:items-center">
        <h2
          dir="auto"
          title={serializePath([name])}
          className="min-w-0 flex-1 pt-[3px] text-15 font-semibold break-words"
        >
          <span className="line-clamp-3">{name === '' ? 'no name' : name}</span>
        </h2>
        <button
          type="button"
          aria-label="Close the feature"
          onClick={onClose}
          className="grid size-7 flex-none place-content-center rounded-control text-text-3 hover:bg-hover max-tablet:size-11"
        >
          <X size={16} aria-hidden="true" />
        </button>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <FeatureForm key={index} {...form} />
      </div>
      <footer className="flex gap-2 border-t px-4 py-2">
        <Button
          look="danger"
          onClick={() => {
            onChange(removeFeature(schema, index));
            onClose();
          }}
        >
          <Trash2 size={14} aria-hidden="true" />
          Remove from the schema
        </Button>
      </footer>
    </aside>
  );
}
