'use client';

import Link from 'next/link';

import type { AnomalyItem } from '../../../lib/artifact/anomaly-report';
import type { DataArtifact } from '../../../lib/artifact/data-family';
import { formatQuantity } from '../../../lib/format/number';
import { AcceptChoice } from './accept-choice';
import { acceptedIn } from './anomaly-list';
import type { LoadedAnomalies } from './loaded-anomalies';

/** Props of {@link DecisionPane}. */
export type DecisionPaneProps = {
  readonly artifact: DataArtifact;
  readonly list: LoadedAnomalies;
  readonly item: AnomalyItem | undefined;
  /** Anomalies that are to be accepted together; where there are some, they are decided about and not the item. */
  readonly marked: readonly AnomalyItem[];
  readonly onAccepted: () => void;
};

/** What to do about an anomaly, or about several together, and what it reaches. */
export function DecisionPane(props: DecisionPaneProps) {
  const { artifact, list } = props;
  return (
    <div className="px-5 py-4">
      <Decision {...props} />
      <section className="mt-4 border-t pt-3">
        <h2 className="font-semibold">Affects downstream</h2>
        {list.affected.length === 0 ? (
          <p className="text-12 text-text-2">No other step of the pipeline works with these data.</p>
        ) : (
          <ul className="text-12">
            {list.affected.map(({ node, component }) => (
              <li key={node} className="flex justify-between gap-2 py-0.5">
                <Link
                  href={`/pipelines/${artifact.pipeline.id}?node=${encodeURIComponent(node)}`}
                  title={node}
                  className="min-w-0 truncate hover:underline"
                >
                  {node}
                </Link>
                <span className="flex-none text-text-3">{component}</span>
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}

function Decision({ artifact, list, item, marked, onAccepted }: DecisionPaneProps) {
  if (marked.length > 0) {
    return (
      <>
        <h2 className="font-semibold">Decide about {formatQuantity(marked.length, 'anomaly', 'anomalies')}</h2>
        <AcceptChoice artifact={artifact} list={list} items={marked} onAccepted={onAccepted} />
      </>
    );
  }
  if (item === undefined) return null;
  const accepted = acceptedIn(list, item.path);
  return (
    <>
      <h2 className="font-semibold">Decide</h2>
      {accepted !== undefined ? (
        <p className="text-12 text-text-2">
          Accepted in schema {accepted}. It applies from the next run; check again to see it.
        </p>
      ) : item.path === '' ? (
        <p className="text-12 text-text-2">
          This is about the dataset as a whole. Change its limits in the schema, or bring other data.
        </p>
      ) : (
        <AcceptChoice key={item.path} artifact={artifact} list={list} items={[item]} onAccepted={onAccepted} />
      )}
    </>
  );
}
