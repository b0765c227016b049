import { formatBytes } from '../../../lib/format/number';
import { Digest } from '../../ui/digest';
import type { DataViewProps } from '../views';

/** What is known of a model without opening it. */
export function ModelFilesView({ artifact }: DataViewProps) {
  return (
    <p className="px-4 py-4 text-12 text-text-2 tablet:px-5">
      A model of {formatBytes(artifact.sizeBytes)} with its transform graph, digest <Digest digest={artifact.digest} />.
    </p>
  );
}
