import { Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';

import { formatBytes } from '../../lib/format/number';
import { metricColumns, metricLabel } from '../../lib/model/metric-columns';
import type { ModelVersion } from '../../lib/model/model';
import { Digest } from '../ui/digest';
import { Moment } from '../ui/moment';
import type { AliasIntent } from './alias-dialog';
import { GateMark } from './gate-mark';
import { metricText } from './metric-text';

/** Props of {@link VersionPane}. */
export type VersionPaneProps = {
  readonly version: ModelVersion;
  readonly onAlias: (intent: AliasIntent) => void;
};

/** The chosen version: its names, its figures, its files. */
export function VersionPane({ version, onAlias }: VersionPaneProps) {
  return (
    <section
      aria-label={`Version ${version.number}`}
      className="max-h-[420px] flex-none overflow-y-auto border-border px-5 py-3 max-desktop:max-h-none max-desktop:border-t desktop:w-80 desktop:border-l"
    >
      <h2 className="flex items-center gap-2 text-15 font-semibold">
        v{version.number}
        <span className="ml-auto font-normal">
          <GateMark gate={version.gate} />
        </span>
      </h2>
      <p className="text-12 text-text-3">
        pushed <Moment at={version.createdAt} /> by {version.node} in run {version.run.number}
      </p>
      <ul aria-label="Aliases" className="flex flex-wrap items-center gap-1 py-2">
        {version.aliases.map((alias) => (
          <li
            key={alias}
            className="inline-flex h-6 max-w-full items-center rounded-chip border border-border pl-1.5 text-11 font-medium max-tablet:h-11"
          >
            <span title={alias} className="truncate">
              {alias}
            </span>
            <button
              type="button"
              aria-label={`Take ${alias} away from version ${version.number}`}
              onClick={() => {
                onAlias({ version, alias, takeAway: true });
              }}
              className="grid size-6 flex-none place-content-center text-text-3 hover:text-text max-tablet:size-11"
            >
              <X size={12} aria-hidden="true" />
            </button>
          </li>
        ))}
        <li>
          <button
            type="button"
            onClick={() => {
              onAlias({ version, alias: '' });
            }}
            className="inline-flex h-6 items-center gap-1 rounded-chip border border-dashed border-border-strong px-1.5 text-11 font-medium text-text-2 hover:bg-hover max-tablet:h-11"
          >
            <Plus size={12} aria-hidden="true" />
            Alias
          </button>
        </li>
      </ul>
      <dl className="text-12">
        {metricColumns([version]).map((metric) => (
          <Fact key={metric} label={metricLabel(metric)} title={metric}>
            <span className="font-medium">{metricText(version.metrics[metric])}</span>
          </Fact>
        ))}
        {Object.keys(version.metrics).length === 0 && <Fact label="Metrics">no evaluation is known</Fact>}
        <Fact label="Size">{formatBytes(version.sizeBytes)}</Fact>
        <Fact label="Digest">
          <Digest digest={version.modelDigest} />
        </Fact>
        <Fact label="Folder" title={version.destination}>
          <code className="font-mono text-11 break-all">{version.destination}</code>
        </Fact>
      </dl>
    </section>
  );
}

type FactProps = { readonly label: string; readonly title?: string; readonly children: ReactNode };

function Fact({ label, title, children }: FactProps) {
  return (
    <div className="flex gap-3 border-b py-1 last:border-b-0">
      <dt title={title} className="w-28 flex-none text-text-3">
        {label}
      </dt>
      <dd className="min-w-0 flex-1 text-right">{children}</dd>
    </div>
  );
}
