'use client';

import { useMemo, useState } from 'react';

import { schemaFeature, writeSchemaText, type DataSchema } from '../../../lib/artifact/data-schema';
import { compareSchemas } from '../../../lib/artifact/schema-change';
import { addFeature, hasComments } from '../../../lib/artifact/schema-edit';
import { schemaRows, schemaTypes, SCHEMA_SORTS } from '../../../lib/artifact/schema-rows';
import type { SchemaHistory, SchemaNode, SchemaOrigin } from '../../../lib/artifact/schema-version';
import { formatQuantity } from '../../../lib/format/number';
import { EmptyState } from '../../shell/empty-state';
import { useAddress } from '../../shell/use-address';
import { Button } from '../../ui/button';
import { DatasetPanel } from './dataset-panel';
import { downloadText } from '../download-text';
import { FeaturePanel } from './feature-panel';
import { ImportDialog, type ImportedSchema } from './import-dialog';
import { ReviewDialog } from './review-dialog';
import { SchemaTable } from './schema-table';
import { SchemaToolbar } from './schema-toolbar';
import { useSchemaEditor } from './use-schema-editor';
import { VersionsDialog } from './versions-dialog';

/** Props of {@link SchemaWorkbench}. */
export type SchemaWorkbenchProps = {
  readonly node: SchemaNode;
  readonly history: SchemaHistory;
  /** What is shown: an artifact or a version. */
  readonly origin: SchemaOrigin;
  readonly text: string;
  readonly base: DataSchema;
  readonly runNumber: number;
};

type Open = 'none' | 'import' | 'versions' | 'review' | ImportedSchema;

/** The table, the form of a feature, and the way of a change to the next version. */
export function SchemaWorkbench({ node, history, origin, text, base, runNumber }: SchemaWorkbenchProps) {
  const { params, replace } = useAddress();
  const editor = useSchemaEditor(base);
  const { schema } = editor;
  const [open, setOpen] = useState<Open>('none');
  const [chosen, setChosen] = useState<number | 'dataset' | undefined>(() => {
    const at = base.feature.findIndex(({ name }) => name === params.get('feature'));
    return at === -1 ? undefined : at;
  });
  const changes = useMemo(() => compareSchemas(base, schema), [base, schema]);
  const changed = useMemo(() => new Set(changes.flatMap(({ feature }) => feature ?? [])), [changes]);
  const search = params.get('search') ?? '';
  const type = params.get('type') ?? undefined;
  const sort = SCHEMA_SORTS.find((each) => each === params.get('sort')) ?? 'file';
  const isDescending = params.get('order') === 'desc';
  const rows = useMemo(
    () => schemaRows(schema, { search, type, sort, isDescending }),
    [schema, search, type, sort, isDescending],
  );
  const feature = typeof chosen === 'number' ? schema.feature[chosen] : undefined;
  const show = (number: number | undefined) => {
    setOpen('none');
    replace({ version: number === undefined ? undefined : String(number) });
  };
  const close = () => {
    setOpen('none');
  };
  return (
    <>
      <SchemaToolbar
        history={history}
        origin={origin}
        runNumber={runNumber}
        types={schemaTypes(schema)}
        counts={{ shown: rows.length, all: schema.feature.length }}
        onShow={show}
        onVersions={() => {
          setOpen('versions');
        }}
        onImport={() => {
          setOpen('import');
        }}
        onExport={() => {
          downloadText('schema.pbtxt', editor.isChanged ? writeSchemaText(schema) : text);
        }}
        onDataset={() => {
          setChosen('dataset');
        }}
        onAdd={(name) => {
          editor.change(addFeature(schema, schemaFeature({ name, type: 'BYTES' })));
          setChosen(schema.feature.length);
        }}
        isTaken={(name) => schema.feature.some((each) => each.name === name)}
      />
      <div className="flex min-h-0 flex-1">
        <div className={`flex min-h-0 min-w-0 flex-1 flex-col ${chosen === undefined ? '' : 'max-tablet:hidden'}`}>
          {rows.length === 0 ? (
            <NothingFound
              hasFeatures={schema.feature.length > 0}
              onClear={() => {
                replace({ search: undefined, type: undefined });
              }}
            />
          ) : (
            <SchemaTable
              schema={schema}
              rows={rows}
              changed={changed}
              chosen={typeof chosen === 'number' ? chosen : undefined}
              onChoose={(index) => {
                setChosen(index);
                replace({ feature: schema.feature[index]?.name });
              }}
              sort={sort}
              isDescending={isDescending}
              onSort={(column) => {
                if (sort !== column) replace({ sort: column, order: undefined });
                else if (isDescending) replace({ sort: undefined, order: undefined });
                else replace({ order: 'desc' });
              }}
            />
          )}
        </div>
        {feature !== undefined && typeof chosen === 'number' && (
          <FeaturePanel
            schema={schema}
            index={chosen}
            feature={feature}
            onChange={editor.change}
            onClose={() => {
              setChosen(undefined);
              replace({ feature: undefined });
            }}
          />
        )}
        {chosen === 'dataset' && (
          <DatasetPanel
            schema={schema}
            onChange={editor.change}
            onClose={() => {
              setChosen(undefined);
            }}
          />
        )}
      </div>
      {editor.isChanged && (
        <PendingBar
          count={changes.length}
          canUndo={editor.canUndo}
          onUndo={editor.undo}
          onDiscard={() => {
            editor.reset();
            setChosen(undefined);
          }}
          onReview={() => {
            setOpen('review');
          }}
        />
      )}
      {open === 'import' && <ImportDialog onClose={close} onImport={setOpen} />}
      {open === 'versions' && <VersionsDialog node={node} history={history} onShow={show} onClose={close} />}
      {open === 'review' && (
        <ReviewDialog
          node={node}
          history={history}
          before={base}
          after={schema}
          origin={origin}
          losesComments={hasComments(text)}
          onClose={close}
          onSaved={(number) => {
            editor.reset();
            show(number);
          }}
        />
      )}
      {typeof open === 'object' && (
        <ReviewDialog
          node={node}
          history={history}
          before={base}
          after={open.schema}
          text={open.text}
          origin={{ type: 'file', name: open.fileName.slice(0, 200) }}
          losesComments={false}
          onClose={close}
          onSaved={show}
        />
      )}
    </>
  );
}

function NothingFound({ hasFeatures, onClear }: { readonly hasFeatures: boolean; readonly onClear: () => void }) {
  if (!hasFeatures)
    return (
      <EmptyState title="The schema says nothing yet">
        <p>Add a feature, or import a schema.pbtxt.</p>
      </EmptyState>
    );
  return (
    <EmptyState title="No feature is like that">
      <Button onClick={onClear}>Show all features</Button>
    </EmptyState>
  );
}

type PendingBarProps = {
  readonly count: number;
  readonly canUndo: boolean;
  readonly onUndo: () => void;
  readonly onDiscard: () => void;
  readonly onReview: () => void;
};

/** Changes that are not kept yet. */
function PendingBar({ count, canUndo, onUndo, onDiscard, onReview }: PendingBarProps) {
  return (
    <div
      role="region"
      aria-label="Changes that are not saved"
      className="flex flex-none items-center gap-2 border-t bg-accent-soft px-4 py-2 tablet:px-5"
    >
      <p className="min-w-0 flex-1 truncate text-12 font-medium">
        {count === 0 ? 'Nothing differs any more' : `${formatQuantity(count, 'change')}, not saved`}
      </p>
      <Button disabled={!canUndo} onClick={onUndo}>
        Undo
      </Button>
      <Button onClick={onDiscard}>Discard</Button>
      <Button look="ink" disabled={count === 0} onClick={onReview}>
        Review changes
      </Button>
    </div>
  );
}
