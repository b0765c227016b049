'use client';

import { Download, Table2 } from 'lucide-react';
import Link from 'next/link';

import { dataAddress } from '../../../lib/artifact/data-address';
import { splitFileAddress } from '../../../lib/artifact/file-address';
import { STATISTICS_FILE } from '../../../lib/artifact/statistics';
import { splitNames } from '../../../lib/run/run-words';
import { Button, buttonLook } from '../../ui/button';
import { Menu } from '../../ui/menu';
import type { DataViewProps } from '../views';

/** What can be done with statistics: take them to TFDV, go on to the schema. */
export function StatisticsActions({ artifact, family }: DataViewProps) {
  const splits = splitNames(artifact);
  const schema = family.members.Schema;
  return (
    <span className="hidden items-center gap-2 tablet:flex">
      {splits.length > 0 && (
        <Menu
          align="end"
          trigger={
            <Button>
              <Download size={14} aria-hidden="true" />
              Export for TFDV
            </Button>
          }
          entries={() => [
            { type: 'heading', id: 'what', label: `${STATISTICS_FILE}, as tfdv.load_stats_binary reads it` },
            ...splits.map((split) => ({
              ...({ type: 'item', id: split, label: split } as const),
              onSelect: () => {
                window.location.assign(splitFileAddress(artifact.id, split, STATISTICS_FILE));
              },
            })),
          ]}
        />
      )}
      {schema !== undefined && (
        <Link href={dataAddress(schema.id, { run: family.seenFrom })} className={buttonLook({ look: 'ink' })}>
          <Table2 size={14} aria-hidden="true" />
          Review schema
        </Link>
      )}
    </span>
  );
}
