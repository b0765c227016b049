'use client';

import { useMemo, useState } from 'react';

import { formatQuantity } from '../../lib/format/number';
import type { ArtifactId } from '../../lib/ids';
import { isSameCell } from '../../lib/model/form-cell';
import type { TransformCell, TransformRow } from '../../lib/transform/apply-transform';
import { ErrorPanel } from '../shell/error-panel';
import { toShownError } from '../trpc/shown-error';
import { Button } from '../ui/button';
import { CopyRow } from './copy-row';
import { FieldList } from './field-list';
import type { OpenedModel } from './model-messages';
import type { ModelWorker } from './model-worker';
import { PredictionPane } from './prediction-pane';
import { RowBar } from './row-bar';
import { useExampleRow } from './use-example-row';

/** Props of {@link TryForm}. */
export type TryFormProps = {
  readonly artifactId: ArtifactId;
  readonly model: OpenedModel;
  readonly worker: ModelWorker;
  readonly versionName: string | undefined;
};

type Edits = { readonly of: TransformRow | undefined; readonly cells: TransformRow };

const NO_EDITS: TransformRow = {};

/** The values of a row, to be changed, beside what the model makes of them. */
export function TryForm({ artifactId, model, worker, versionName }: TryFormProps) {
  const rows = useExampleRow(artifactId, model);
  const middle = useMemo(
    () => Object.fromEntries(model.fields.map(({ column, start }) => [column, start] as const)),
    [model.fields],
  );
  const waits = rows.isPending && rows.error === null;
  const before = waits ? undefined : (rows.example?.row ?? middle);
  const [edits, setEdits] = useState<Edits>({ of: undefined, cells: NO_EDITS });
  const cells = edits.of === before ? edits.cells : NO_EDITS;
  const now = useMemo(() => (before === undefined ? undefined : { ...before, ...cells }), [before, cells]);
  const change = (column: string, cell: TransformCell) => {
    const isBack = isSameCell(before?.[column] ?? null, cell);
    const { [column]: _, ...others } = cells;
    setEdits({ of: before, cells: isBack ? others : { ...others, [column]: cell } });
  };
  const changed = new Set(Object.keys(cells));
  return (
    <div className="flex min-h-0 desktop:h-full max-desktop:flex-col">
      <section aria-label="Values" className="min-w-0 flex-1 pb-6 desktop:overflow-y-auto">
        <div className="flex flex-wrap items-center gap-2 px-4 py-3 tablet:px-5">
          <RowBar rows={rows} />
          <span className="ml-auto flex flex-wrap items-center gap-2">
            <Button
              disabled={changed.size === 0}
              onClick={() => {
                setEdits({ of: before, cells: NO_EDITS });
              }}
            >
              Undo {changed.size === 0 ? 'changes' : formatQuantity(changed.size, 'change')}
            </Button>
            {now !== undefined && <CopyRow row={now} fields={model.fields} versionName={versionName} />}
          </span>
        </div>
        {rows.error !== null && (
          <div className="px-4 pb-3 tablet:px-5">
            <ErrorPanel error={toShownError(rows.error)} />
          </div>
        )}
        {now !== undefined && before !== undefined && (
          <FieldList fields={model.fields} before={before} now={now} changed={changed} onChange={change} />
        )}
      </section>
      <PredictionPane
        model={model}
        worker={worker}
        before={before}
        now={now}
        isChanged={changed.size > 0}
        isRow={rows.example !== undefined}
      />
    </div>
  );
}
