import type { Comparison } from '../../../lib/comparison/comparison-answer';
import { formatCount, formatQuantity, formatValue, NO_VALUE } from '../../../lib/format/number';
import { ComparedTable } from './compared-table';

/** Props of {@link ComparedRows}. */
export type ComparedRowsProps = { readonly comparison: Comparison; readonly names: readonly string[] };

/** The rows on which the versions disagree, those that lie farthest apart first. */
export function ComparedRows({ comparison: { disagreement, rows, task }, names }: ComparedRowsProps) {
  const { list } = disagreement;
  if (list.length === 0) return <p className="text-12 text-text-2">These versions decide every row alike.</p>;
  return (
    <>
      <p className="pb-2 text-12 text-text-2">
        {task === 'regression'
          ? 'The rows whose predictions lie farthest apart.'
          : `${formatCount(disagreement.rows)} of ${formatQuantity(rows, 'row')} are decided differently; those that lie farthest apart first.`}
      </p>
      <ComparedTable caption="Rows on which the versions disagree" first="Row" names={names}>
        {list.map(({ rowId, label, predictions, features }) => {
          const words = Object.entries(features)
            .map(([feature, value]) => `${feature} = ${value}`)
            .join(', ');
          return (
            <tr key={rowId} className="border-b border-border-subtle">
              <th scope="row" className="max-w-72 py-1 text-left align-top font-normal">
                <span className="block font-medium">
                  {rowId}{' '}
                  <span className="font-normal text-text-3">is {label === null ? 'unknown' : formatValue(label)}</span>
                </span>
                {words !== '' && (
                  <bdi title={words} className="block truncate text-11 text-text-3">
                    {words}
                  </bdi>
                )}
              </th>
              {predictions.map((prediction, index) => (
                <td key={names[index]} className="py-1 pl-4 text-right align-top tabular-nums">
                  {prediction === null ? NO_VALUE : formatValue(prediction)}
                </td>
              ))}
            </tr>
          );
        })}
      </ComparedTable>
    </>
  );
}
