import { BASELINE_LOOK, type SeriesLook } from '../../charts/series-look';

/** Written out: Tailwind finds whole class names only. */
const COLOURS: readonly Pick<SeriesLook, 'stroke' | 'fill'>[] = [
  { stroke: 'stroke-c-1', fill: 'fill-c-1' },
  { stroke: 'stroke-c-2', fill: 'fill-c-2' },
  { stroke: 'stroke-c-3', fill: 'fill-c-3' },
  { stroke: 'stroke-c-4', fill: 'fill-c-4' },
  { stroke: 'stroke-c-7', fill: 'fill-c-7' },
  { stroke: 'stroke-c-8', fill: 'fill-c-8' },
  { stroke: 'stroke-c-5', fill: 'fill-c-5' },
  { stroke: 'stroke-c-6', fill: 'fill-c-6' },
];
const DASHES = [undefined, '7 3', '1.5 2.5'];

/** How a version of a comparison is drawn: the first as what the others are held against. */
export function versionLook(index: number): SeriesLook {
  const colour = COLOURS[(index - 1) % COLOURS.length];
  if (index === 0 || colour === undefined) return BASELINE_LOOK;
  return { ...colour, dash: DASHES[Math.floor((index - 1) / 3) % DASHES.length], width: 2, isHollow: false };
}
