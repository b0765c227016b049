import type { SeriesLook } from './series-look';

/** The line of a model beside its name. */
export function SeriesKey({ look, name }: { readonly look: SeriesLook; readonly name: string }) {
  return (
    <span className="inline-flex items-center gap-1.5 text-12 whitespace-nowrap text-text-2">
      <svg width="16" height="8" aria-hidden="true">
        <path d="M0 4h16" strokeWidth={look.width} strokeDasharray={look.dash} className={look.stroke} />
      </svg>
      {name}
    </span>
  );
}
