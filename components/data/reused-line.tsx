import Link from 'next/link';

import { dataAddress } from '../../lib/artifact/data-address';
import type { DataFamily } from '../../lib/artifact/data-family';
import { formatCount } from '../../lib/format/number';

/** Pipelines that are named in the line; the others are counted. */
const NAMED = 3;

/**
 * A line of 24 px under the head of an artifact that more than one pipeline uses: whose it is, whose schema a change
 * goes to, and the way to the other pipelines. Nothing where one pipeline has it alone.
 */
export function ReusedLine({ family: { artifact, reusedBy } }: { readonly family: DataFamily }) {
  const { madeIn, pipeline } = artifact;
  const others = reusedBy.filter((each) => each.pipeline.id !== pipeline.id);
  if (madeIn === undefined && others.length === 0) return null;
  const rest = others.length - NAMED;
  return (
    <p className="flex min-h-6 flex-none flex-wrap items-center gap-x-1 border-b bg-bg px-4 py-0.5 text-12 text-text-2 tablet:px-5">
      {madeIn === undefined ? (
        <>
          <span>Reused by</span>
          {others.slice(0, NAMED).map((each, at) => (
            <span key={each.pipeline.id} className="min-w-0">
              <Place seen={each} href={dataAddress(artifact.id, { run: each.run.id })} />
              {at < Math.min(others.length, NAMED) - 1 ? ',' : rest > 0 ? '' : '.'}
            </span>
          ))}
          {rest > 0 && <span>and {formatCount(rest)} more.</span>}
          <span>
            What you change here goes to <Name name={pipeline.name} />.
          </span>
        </>
      ) : (
        <>
          <span>Made by</span>
          <Place seen={madeIn} href={dataAddress(artifact.id)} />
          <span>
            and reused. What you change here goes to <Name name={pipeline.name} />.
          </span>
        </>
      )}
    </p>
  );
}

type PlaceProps = { readonly seen: DataFamily['reusedBy'][number]; readonly href: string };

function Place({ seen: { run, pipeline }, href }: PlaceProps) {
  return (
    <Link href={href} title={pipeline.name} className="text-accent hover:underline">
      <Name name={pipeline.name} />, run {formatCount(run.number)}
    </Link>
  );
}

/** Long names would fill the line. */
function Name({ name }: { readonly name: string }) {
  return (
    <bdi title={name} className="inline-block max-w-60 truncate align-bottom font-medium">
      {name}
    </bdi>
  );
}
