import type { FeatureDetail, SideDetail, SideFigures } from '../../../lib/artifact/statistics-table';
import { formatCount, formatShare, NO_VALUE } from '../../../lib/format/number';
import { DISTANCE_WORDS, formatDistance, formatFigure } from '../../../lib/stats/describe-row';
import { zeroShare } from '../../../lib/stats/feature-alarms';

/** Props of {@link FeatureFacts}. */
export type FeatureFactsProps = { readonly detail: FeatureDetail; readonly names: readonly string[] };

/** A figure of each side; undefined where it says nothing. */
type Fact = { readonly label: string; readonly texts: readonly string[] };

/** Every figure of a feature, side by side. */
export function FeatureFacts({ detail, names }: FeatureFactsProps) {
  const { row } = detail;
  return (
    <table className="w-full table-fixed text-12">
      <caption className="sr-only">Figures of {row.name}</caption>
      <thead>
        <tr className="h-6 text-11 text-text-3">
          <th scope="col" className="w-32">
            Figure
          </th>
          {names.map((name) => (
            <th key={name} scope="col" className="truncate pr-3">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {factsOf(detail).map(({ label, texts }) => (
          <tr key={label} className="border-t">
            <th scope="row" className="py-0.5 pr-3 align-top font-normal text-text-3">
              {label}
            </th>
            {texts.map((text, at) => (
              // oxlint-disable-next-line react/no-array-index-key -- a side is known by its place alone
              <td key={at} dir="auto" className="py-0.5 pr-3 align-top break-words">
                {text}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What holds for both sides together: values that only the second has, and how far apart they are. */
export function FeatureNotes({ detail, names }: FeatureFactsProps) {
  const { row, comparatorDistance, fresh } = detail;
  if (fresh === undefined && row.distance === undefined) return null;
  return (
    <div className="text-12">
      {fresh !== undefined && (
        <p className="border-t py-1 break-words">
          <span className="text-text-3">Only in {names[1]}: </span>
          <bdi>{fresh.map(({ value, count }) => `${value} (${formatCount(count)})`).join(', ')}</bdi>
        </p>
      )}
      {row.distance !== undefined && (
        <p className="border-t py-1 text-text-2">
          Distance {formatDistance(row.distance.value)}. {DISTANCE_WORDS[row.distance.measure]}.
          {comparatorDistance !== undefined &&
            row.distance.measure === 'jensen-shannon' &&
            ` TFDV’s comparator, over the stored buckets: ${formatDistance(comparatorDistance)}.`}
        </p>
      )}
    </div>
  );
}

function factsOf({ row, sides }: FeatureDetail): readonly Fact[] {
  const facts: Fact[] = [];
  const add = (label: string, say: (side: SideFigures, detail: SideDetail) => string | undefined) => {
    const texts = row.sides.map((side, at) => {
      const detail = sides[at];
      return side === null || detail === null || detail === undefined ? undefined : say(side, detail);
    });
    if (texts.some((text) => text !== undefined)) facts.push({ label, texts: texts.map((text) => text ?? NO_VALUE) });
  };
  const format = (figure: number | string | undefined) =>
    figure === undefined ? undefined : formatFigure(figure, row.isIdentifier);
  add('Examples with it', (side) => `${formatCount(side.present)}, without ${formatCount(side.missing)}`);
  add('Values', (side, { avgValues }) =>
    side.maxValues > 1 || side.minValues !== side.maxValues
      ? `${formatCount(side.values)}: ${side.minValues} to ${side.maxValues} in an example, ${formatFigure(avgValues)} on average`
      : formatCount(side.values),
  );
  add('Values in tenths', (side, { valueCounts }) =>
    valueCounts === undefined || side.minValues === side.maxValues
      ? undefined
      : [valueCounts[0]?.low, ...valueCounts.map(({ high }) => high)].map((count) => formatFigure(count)).join(' · '),
  );
  if (row.isIdentifier !== true)
    add('Mean ± std dev', ({ mean, stdDev }) =>
      mean === undefined ? undefined : `${formatFigure(mean)} ± ${formatFigure(stdDev)}`,
    );
  add('Zeros', (side) =>
    side.zeros === undefined ? undefined : `${formatCount(side.zeros)}, ${formatShare(zeroShare(side))}`,
  );
  add('Not a number', ({ nans }) => (nans === undefined ? undefined : formatCount(nans)));
  add('Deciles', (_, { quantiles }) => quantiles?.map((bound) => format(bound)).join(' · '));
  add('Median', ({ median }) => format(median));
  add('Different values', ({ unique }) => (unique === undefined ? undefined : formatCount(unique)));
  add('By rank', (_, { rankShares }) => rankWords(rankShares));
  add('Bytes of a value', ({ avgLength }, { minBytes, maxBytes }) =>
    avgLength === undefined
      ? undefined
      : `${formatFigure(avgLength)} on average${minBytes === undefined ? '' : `, ${formatFigure(minBytes)} to ${formatFigure(maxBytes)}`}`,
  );
  add('Not UTF-8', (_, { invalidUtf8 }) => (invalidUtf8 === undefined ? undefined : formatCount(invalidUtf8)));
  add('Further', (_, { custom }) =>
    custom.length === 0 ? undefined : custom.map(({ name, text }) => `${name}: ${text}`).join(', '),
  );
  return facts;
}

/** How few values make up half of all, and nine tenths. */
function rankWords(shares: SideDetail['rankShares']): string | undefined {
  if (shares === undefined || shares.length < 2) return undefined;
  const reached = [0.5, 0.9].flatMap((share) => {
    const point = shares.find((one) => one.share >= share);
    return point === undefined
      ? []
      : [
          `${point.rank === 1 ? 'the first is' : `the first ${formatCount(point.rank)} are`} ${formatShare(point.share)}`,
        ];
  });
  return reached.length === 0 ? undefined : reached.join(', ');
}
