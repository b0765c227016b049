import { formatBytes, formatCount } from '../../lib/format/number';
import { metricColumns, metricLabel } from '../../lib/model/metric-columns';
import type { ModelVersion } from '../../lib/model/model';
import Link from 'next/link';

import { Moment } from '../ui/moment';
import { AliasChip } from './alias-chip';
import { GateMark } from './gate-mark';
import { metricText } from './metric-text';
import type { ModelDetail } from './model-page';

/** Props of {@link VersionTable}. */
export type VersionTableProps = {
  readonly versions: readonly ModelVersion[];
  /** The rows that each version was trained on, by its id. */
  readonly data: ModelDetail['data'];
  readonly chosen: string;
  readonly onChoose: (version: ModelVersion) => void;
  /** Ids of the versions that are to be compared. */
  readonly marked: ReadonlySet<string>;
  readonly onMark: (version: ModelVersion, isMarked: boolean) => void;
};

/** Metrics that have a column. */
const SHOWN = 3;

/** Every version of a model, newest first; one is chosen. */
export function VersionTable({ versions, data, chosen, onChoose, marked, onMark }: VersionTableProps) {
  const metrics = metricColumns(versions).slice(0, SHOWN);
  return (
    <div className="max-h-[420px] min-w-0 flex-1 overflow-auto" role="region" aria-label="Versions" tabIndex={0}>
      <table className="w-full text-12 max-tablet:block">
        <caption className="sr-only">Versions, newest first</caption>
        <thead className="sticky top-0 bg-surface max-tablet:sr-only">
          <tr className="h-8 border-b border-border text-11 text-text-3">
            <th scope="col" className="w-11 pl-5">
              <span className="sr-only">Compare</span>
            </th>
            <th scope="col" className="pr-3">
              Version
            </th>
            <th scope="col" className="pr-3">
              Alias
            </th>
            <th scope="col" className="pr-3">
              Gate
            </th>
            {metrics.map((metric, index) => (
              <th
                key={metric}
                scope="col"
                title={metric}
                className={`pr-4 text-right ${index > 0 ? 'hidden desktop:table-cell' : ''}`}
              >
                {metricLabel(metric)}
              </th>
            ))}
            <th scope="col" className="pr-4 text-right">
              Size
            </th>
            <th scope="col" className="pr-4 text-right">
              Run
            </th>
            <th scope="col" className="hidden pr-4 text-right desktop:table-cell">
              Data
            </th>
            <th scope="col" className="pr-5 text-right">
              Pushed
            </th>
          </tr>
        </thead>
        <tbody className="max-tablet:block">
          {versions.map((version) => (
            <VersionRow
              key={version.id}
              version={version}
              metrics={metrics}
              rows={data[version.id]}
              isChosen={version.id === chosen}
              onChoose={onChoose}
              isMarked={marked.has(version.id)}
              onMark={onMark}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type VersionRowProps = {
  readonly version: ModelVersion;
  readonly metrics: readonly string[];
  readonly rows: ModelDetail['data'][string] | undefined;
  readonly isChosen: boolean;
  readonly onChoose: (version: ModelVersion) => void;
  readonly isMarked: boolean;
  readonly onMark: VersionTableProps['onMark'];
};

function VersionRow({ version, metrics, rows, isChosen, onChoose, isMarked, onMark }: VersionRowProps) {
  return (
    <tr
      className={`relative h-9 border-b last:border-b-0 max-tablet:flex max-tablet:h-auto max-tablet:flex-wrap max-tablet:items-center max-tablet:gap-x-3 max-tablet:gap-y-1 max-tablet:px-4 max-tablet:py-2.5 ${isChosen ? 'bg-selected shadow-[inset_3px_0_0_var(--accent)]' : 'hover:bg-hover'}`}
    >
      {/* The rest of the row chooses the version: its button begins right of the mark, which would lie under it. */}
      <td className="pr-2 pl-5 max-tablet:p-0">
        <label className="relative grid size-6 place-items-center max-tablet:size-11">
          <span className="sr-only">Compare version {version.number}</span>
          <input
            type="checkbox"
            checked={isMarked}
            onChange={(event) => {
              onMark(version, event.target.checked);
            }}
            className="size-4 accent-accent"
          />
        </label>
      </td>
      <th scope="row" className="pr-3 max-tablet:p-0">
        <button
          type="button"
          aria-pressed={isChosen}
          onClick={() => {
            onChoose(version);
          }}
          className="font-semibold -outline-offset-2 after:absolute after:inset-y-0 after:right-0 after:left-13 max-tablet:min-h-6 max-tablet:after:left-15"
        >
          <span className="sr-only">Version </span>v{version.number}
        </button>
      </th>
      <td className="pr-3">
        <span className="flex flex-wrap gap-1">
          {version.aliases.map((alias) => (
            <AliasChip key={alias} alias={alias} />
          ))}
        </span>
      </td>
      <td className="pr-3">
        <GateMark gate={version.gate} />
      </td>
      {metrics.map((metric, index) => (
        <td
          key={metric}
          className={`pr-4 text-right max-tablet:pr-0 ${index === 0 ? 'font-medium' : 'hidden text-text-2 desktop:table-cell'}`}
        >
          <span className="font-normal text-text-3 tablet:hidden">{metricLabel(metric)} </span>
          {metricText(version.metrics[metric])}
        </td>
      ))}
      <td className="pr-4 text-right whitespace-nowrap text-text-2 max-tablet:pr-0">
        {formatBytes(version.sizeBytes)}
      </td>
      <td className="pr-4 text-right max-tablet:hidden">
        <Link href={`/runs/${version.run.id}`} className="relative text-accent hover:underline">
          {version.run.number}
        </Link>
      </td>
      <td className="hidden pr-4 text-right desktop:table-cell">
        {rows === undefined ? (
          '–'
        ) : (
          <Link href={`/data/${rows.artifactId}`} title={rows.node} className="relative text-accent hover:underline">
            {rows.rows === null ? rows.node : `${formatCount(rows.rows)} rows`}
          </Link>
        )}
      </td>
      <td className="pr-5 text-right text-text-2 max-tablet:ml-auto max-tablet:p-0">
        <Moment at={version.createdAt} />
      </td>
    </tr>
  );
}
