import { StateLabel } from '../../ui/state-mark';
import type { DataViewProps } from '../views';

/** Whether a model was blessed. The reasons stand in the evaluation. */
export function BlessingView({ artifact }: DataViewProps) {
  const isBlessed = artifact.properties['blessed'] === 1;
  return (
    <p className="px-4 py-3 text-15 font-semibold tablet:px-5">
      <StateLabel mark={isBlessed ? 'complete' : 'warning'}>{isBlessed ? 'Blessed' : 'Not blessed'}</StateLabel>
    </p>
  );
}
