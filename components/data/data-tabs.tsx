import Link from 'next/link';

import type { ArtifactType } from '../../lib/artifact/artifact';
import { dataAddress } from '../../lib/artifact/data-address';
import type { DataArtifact, DataFamily } from '../../lib/artifact/data-family';
import { anomalyCount, rowCount } from '../../lib/artifact/stored-counts';
import { formatCount } from '../../lib/format/number';

type Tab = {
  readonly type: ArtifactType;
  readonly label: string;
  /** Why there is nothing behind the tab. */
  readonly absent: string;
  readonly count?: (artifact: DataArtifact) => number | undefined;
};

const TABS: readonly Tab[] = [
  { type: 'ExampleStatistics', label: 'Statistics', absent: 'No StatisticsGen has looked at these rows.' },
  { type: 'Schema', label: 'Schema', absent: 'No schema belongs to these rows.' },
  {
    type: 'ExampleAnomalies',
    label: 'Anomalies',
    absent: 'No ExampleValidator has looked at these statistics.',
    count: anomalyCount,
  },
  { type: 'Examples', label: 'Rows', absent: 'No rows belong to this.', count: rowCount },
];

/** The relatives of an artifact, each an address of its own. */
export function DataTabs({ family }: { readonly family: DataFamily }) {
  const { type } = family.artifact;
  // What is no part of a dataset, such as a transform graph, has a tab only while one is there.
  const own: readonly Tab[] = isOfDataset(type) ? [] : [{ type, label: typeWords(type), absent: '' }];
  return (
    <nav aria-label="Views of the dataset" className="flex flex-none gap-4 overflow-x-auto border-b px-4 tablet:px-5">
      {[...own, ...TABS].map((tab) => (
        <TabLink
          key={tab.type}
          tab={tab}
          artifact={family.members[tab.type]}
          run={family.seenFrom}
          current={tab.type === family.artifact.type}
        />
      ))}
    </nav>
  );
}

/** True for what a dataset is made of: rows, and what was found in them. */
export function isOfDataset(type: ArtifactType): boolean {
  return TABS.some((tab) => tab.type === type);
}

/** `TransformGraph` as people read it: `Transform graph`. */
function typeWords(type: ArtifactType): string {
  return type.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

type TabLinkProps = {
  readonly tab: Tab;
  readonly artifact: DataArtifact | undefined;
  /** The run that the family is seen from. */
  readonly run: string | undefined;
  readonly current: boolean;
};

function TabLink({ tab, artifact, run, current }: TabLinkProps) {
  if (artifact === undefined) {
    return (
      <span title={tab.absent} className="flex h-9 items-center gap-1.5 whitespace-nowrap text-text-3 max-tablet:h-11">
        {tab.label}
        <span aria-hidden="true" className="text-12">
          –
        </span>
        <span className="sr-only">: {tab.absent}</span>
      </span>
    );
  }
  const count = tab.count?.(artifact);
  const alarms = tab.type === 'ExampleAnomalies' && count !== undefined && count > 0;
  return (
    <Link
      href={dataAddress(artifact.id, { run })}
      {...(current && { 'aria-current': 'page' as const })}
      className="-mb-px flex h-9 items-center gap-1.5 border-b-2 border-transparent font-medium whitespace-nowrap text-text-3 -outline-offset-2 hover:text-text aria-[current]:border-accent aria-[current]:text-text max-tablet:h-11"
    >
      {tab.label}
      {count !== undefined && (
        <span
          className={`text-12 ${alarms ? 'rounded-chip bg-st-warning-soft px-1.5 text-st-warning' : 'font-normal text-text-3'}`}
        >
          {formatCount(count)}
        </span>
      )}
    </Link>
  );
}
