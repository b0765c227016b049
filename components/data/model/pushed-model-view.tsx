import type { ReactNode } from 'react';

import { formatBytes } from '../../../lib/format/number';
import { Digest } from '../../ui/digest';
import type { DataViewProps } from '../views';

/** Where a version was pushed to. */
export function PushedModelView({ artifact }: DataViewProps) {
  const { pushed, pushedDestination, pushedVersion } = artifact.properties;
  if (pushed !== 1)
    return <p className="px-4 py-3 text-text-2 tablet:px-5">Nothing was pushed: the model is not blessed.</p>;
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1.5 px-4 py-4 text-12 tablet:px-5">
      <Fact label="Version folder">{textOf(pushedVersion)}</Fact>
      <Fact label="Pushed to">
        <code className="font-mono break-all">{textOf(pushedDestination)}</code>
      </Fact>
      <Fact label="Size">{formatBytes(artifact.sizeBytes)}</Fact>
      <Fact label="Digest">
        <Digest digest={artifact.digest} />
      </Fact>
    </dl>
  );
}

function textOf(value: DataViewProps['artifact']['properties'][string] | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-text-3">{label}</dt>
      <dd>{children}</dd>
    </>
  );
}
