import { Copy } from 'lucide-react';

import { rowLine } from '../../lib/model/form-cell';
import type { FormField } from '../../lib/model/model-form';
import type { TransformRow } from '../../lib/transform/apply-transform';
import { Button } from '../ui/button';
import { showToast } from '../ui/toast';

/** Props of {@link CopyRow}. */
export type CopyRowProps = {
  readonly row: TransformRow;
  readonly fields: readonly FormField[];
  readonly versionName: string | undefined;
};

/** Takes the row along: as a line that the command line predicts. */
export function CopyRow({ row, fields, versionName }: CopyRowProps) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(`${rowLine(row, fields)}\n`);
      showToast(
        versionName === undefined
          ? 'The row is copied as a line of JSON.'
          : `The row is copied as a line of JSON: saved as row.jsonl, "sluice models predict ${versionName} row.jsonl" predicts it.`,
      );
    } catch {
      showToast('This browser does not let the page copy.', { tone: 'failed' });
    }
  };
  return (
    <Button onClick={() => void copy()}>
      <Copy size={14} strokeWidth={1.75} aria-hidden="true" />
      Copy row
    </Button>
  );
}
