import type { Comparison } from '../../../lib/comparison/comparison-answer';
import { metricWords } from '../../../lib/evaluation/metric-words';
import { formatCount } from '../../../lib/format/number';
import { ComparedCell } from './compared-cell';
import { ComparedTable } from './compared-table';

/** Props of {@link ComparedFigures}. */
export type ComparedFiguresProps = { readonly comparison: Comparison; readonly names: readonly string[] };

const BETTER = { higher: 'higher is better', lower: 'lower is better', one: '1 is best', none: '' } as const;

/** Every metric over all rows, version by version. */
export function ComparedFigures({ comparison, names }: ComparedFiguresProps) {
  return (
    <ComparedTable caption="Metrics" first="Metric" names={names}>
      {comparison.metrics.map(({ name, better, values }) => (
        <tr key={name} className="border-b border-border-subtle">
          <th scope="row" className="py-1.5 text-left align-top font-medium" title={metricWords(name).help}>
            {metricWords(name).label}
            <span className="block text-11 font-normal text-text-3">{BETTER[better]}</span>
          </th>
          {values.map((value, index) => (
            <ComparedCell key={names[index]} value={value} />
          ))}
        </tr>
      ))}
    </ComparedTable>
  );
}

/** Props of {@link ComparedSlices}. */
export type ComparedSlicesProps = ComparedFiguresProps;

/** One metric slice by slice, the one that lost most first. */
export function ComparedSlices({ comparison: { slices }, names }: ComparedSlicesProps) {
  if (slices.list.length === 0)
    return (
      <p className="text-12 text-text-2">
        No slice has so many rows. Slices are those that the first version&apos;s Evaluator was told to look at.
      </p>
    );
  return (
    <>
      <ComparedTable caption="Slices" first="Slice" names={names}>
        {slices.list.map(({ slice, rows, values }) => {
          const words = slice.map(([feature, value]) => `${feature} = ${value}`).join(' and ');
          return (
            <tr key={words} className="border-b border-border-subtle">
              <th scope="row" className="max-w-72 py-1.5 text-left align-top font-medium">
                <bdi title={words} className="block truncate">
                  {words}
                </bdi>
                <span className="block text-11 font-normal text-text-3">{formatCount(rows)} rows</span>
              </th>
              {values.map((value, index) => (
                <ComparedCell key={names[index]} value={value} />
              ))}
            </tr>
          );
        })}
      </ComparedTable>
      {slices.total > slices.list.length && (
        <p className="pt-2 text-12 text-text-3">
          {formatCount(slices.list.length)} of {formatCount(slices.total)} slices shown: those that lost most.
        </p>
      )}
    </>
  );
}
