'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useMemo } from 'react';

import { dataAddress } from '../../../lib/artifact/data-address';
import { parseSchemaText } from '../../../lib/artifact/data-schema';
import { domainWords, presenceWords, typeWords } from '../../../lib/artifact/schema-words';
import { formatCount } from '../../../lib/format/number';
import { ErrorPanel } from '../../shell/error-panel';
import { useTRPC } from '../../trpc/client';
import { toShownError } from '../../trpc/shown-error';
import { SkeletonRows } from '../../ui/skeleton';
import type { PreviewProps } from '../preview-props';

/** Features that are drawn; the page of the schema shows all. */
const SHOWN = 40;

/** The features of a schema in few words. */
export function SchemaPreview({ artifact, run }: PreviewProps) {
  const trpc = useTRPC();
  // An artifact never changes.
  const query = useQuery(trpc.schemas.ofArtifact.queryOptions({ artifactId: artifact.id }, { staleTime: Infinity }));
  const text = query.data?.text;
  const schema = useMemo(() => (text === undefined ? undefined : parseSchemaText(text)), [text]);
  if (query.error !== null)
    return <ErrorPanel error={toShownError(query.error)} onRetry={() => void query.refetch()} />;
  if (schema === undefined) return <SkeletonRows rows={4} label="Loading the schema" />;
  return (
    <div className="mt-1 mb-2 text-12">
      <table className="w-full table-fixed rounded-control border">
        <caption className="sr-only">Features of the schema</caption>
        <tbody>
          {schema.feature.slice(0, SHOWN).map((feature, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- a file may name a feature twice
            <tr key={at} className="border-b align-top last:border-b-0">
              <th scope="row" className="w-[44%] px-2 py-1 font-medium">
                <span dir="auto" title={feature.name} className="block truncate">
                  {feature.name}
                </span>
                <span className="block text-11 font-normal text-text-3">{typeWords(feature)}</span>
              </th>
              <td className="px-2 py-1 break-words text-text-2">
                {presenceWords(feature)}, {domainWords(feature, schema)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="pt-1 text-text-3">
        {schema.feature.length > SHOWN && `${SHOWN} of ${formatCount(schema.feature.length)} features shown. `}
        <Link href={dataAddress(artifact.id, { run })} className="text-accent hover:underline">
          Open the schema
        </Link>
      </p>
    </div>
  );
}
