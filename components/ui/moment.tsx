import { formatMoment } from '../../lib/format/time';

/** Props of {@link Moment}. */
export type MomentProps = {
  /** ISO 8601 in UTC. */
  readonly at: string;
};

/** A moment in local time and few words; the exact one, with its zone, on hover. Rendered in the browser only. */
export function Moment({ at }: MomentProps) {
  const moment = new Date(at);
  return (
    <time dateTime={at} title={at} className="whitespace-nowrap">
      {formatMoment(moment, new Date())}
    </time>
  );
}
