import { cva } from 'class-variance-authority';
import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleChevronRight,
  CircleDashed,
  CopyCheck,
  History,
  OctagonX,
  PencilLine,
  TriangleAlert,
  type LucideIcon,
} from 'lucide-react';
import type { ReactNode } from 'react';

/** What a mark can stand for: the states of runs and node runs, and a warning. */
export type Mark = 'queued' | 'running' | 'complete' | 'cached' | 'failed' | 'canceled' | 'skipped' | 'warning';

/** What a mark stands for in the editor also: not run yet, not right, and run before something changed. */
export type EditorMark = Mark | 'draft' | 'invalid' | 'stale';

const ICONS: Record<Exclude<EditorMark, 'running'>, LucideIcon> = {
  queued: CircleDashed,
  complete: CircleCheck,
  cached: CopyCheck,
  failed: OctagonX,
  canceled: Ban,
  skipped: CircleChevronRight,
  warning: TriangleAlert,
  draft: PencilLine,
  invalid: CircleAlert,
  stale: History,
};

/** Text colour of a state. */
export const markColour = cva('', {
  variants: {
    mark: {
      queued: 'text-st-queued',
      running: 'text-st-running',
      complete: 'text-st-complete',
      cached: 'text-st-reused',
      failed: 'text-st-failed',
      canceled: 'text-st-canceled',
      skipped: 'text-st-skipped',
      warning: 'text-st-warning',
      draft: 'text-text-3',
      invalid: 'text-st-failed',
      stale: 'text-st-warning',
    } satisfies Record<EditorMark, string>,
  },
});

/** Props of {@link StateIcon}. */
export type StateIconProps = {
  readonly mark: EditorMark;
  /** From 0 to 1, for `running`. */
  readonly share?: number | undefined;
  /** Read out in place of the icon where no word stands beside it. */
  readonly label?: string;
};

/** The icon of a state, 14 px, in its colour. */
export function StateIcon({ mark, share, label }: StateIconProps) {
  const accessible = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  if (mark === 'running') return <RunningRing share={share} accessible={accessible} />;
  const Icon = ICONS[mark];
  return <Icon size={14} {...accessible} className={markColour({ mark })} />;
}

const RADIUS = 5.5;
const CIRCUMFERENCE = 2 * Math.PI * RADIUS;
/** Part of the ring that is drawn while the share is not known. */
const UNKNOWN_SHARE = 0.3;

function RunningRing({ share, accessible }: { readonly share: number | undefined; readonly accessible: object }) {
  const filled = (share ?? UNKNOWN_SHARE) * CIRCUMFERENCE;
  return (
    <svg
      width="14"
      height="14"
      viewBox="0 0 14 14"
      {...accessible}
      className={`text-st-running ${share === undefined ? 'motion-safe:animate-ring' : ''}`}
    >
      <circle cx="7" cy="7" r={RADIUS} fill="none" stroke="currentColor" strokeWidth="2" className="opacity-20" />
      <circle
        cx="7"
        cy="7"
        r={RADIUS}
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeDasharray={`${filled} ${CIRCUMFERENCE}`}
        transform="rotate(-90 7 7)"
      />
    </svg>
  );
}

/** Props of {@link StateLabel}. */
export type StateLabelProps = Omit<StateIconProps, 'label'> & { readonly children: ReactNode };

/** Icon and word, always together. */
export function StateLabel({ mark, share, children }: StateLabelProps) {
  return (
    <span
      className={`inline-flex max-w-full min-w-0 items-center gap-[5px] align-middle text-12 font-medium ${markColour({ mark })}`}
    >
      <StateIcon mark={mark} share={share} />
      <span title={typeof children === 'string' ? children : undefined} className="truncate">
        {children}
      </span>
    </span>
  );
}

/** One state as a small square, dash, ring or octagon: for rows of many nodes. Ten by ten, drawn at (x, 0). */
export function StateSquare({ mark, x }: { readonly mark: Mark; readonly x: number }) {
  switch (mark) {
    case 'complete':
      return <rect x={x} y={1} width={8} height={8} rx={1} className="fill-st-complete" opacity={0.6} />;
    case 'running':
      return <rect x={x} y={1} width={8} height={8} rx={1} className="fill-st-running" />;
    case 'failed':
      return (
        <path
          d={`M${x + 2.3} 1h3.4L${x + 8} 3.3v3.4L${x + 5.7} 9H${x + 2.3}L${x} 6.7V3.3z`}
          className="fill-st-failed"
        />
      );
    case 'warning':
      return <path d={`M${x + 4} 1l4 8h-8z`} className="fill-st-warning" />;
    case 'cached':
      return <rect x={x + 0.5} y={1.5} width={7} height={7} rx={1} fill="none" className="stroke-st-reused" />;
    case 'canceled':
      return (
        <path d={`M${x + 4} 1.5a3.5 3.5 0 1 0 .01 0M${x + 1.5} 7.5l5-5`} fill="none" className="stroke-st-canceled" />
      );
    case 'skipped':
      return <path d={`M${x + 1} 5h6`} fill="none" className="stroke-n-400" />;
    case 'queued':
      return (
        <rect
          x={x + 0.5}
          y={1.5}
          width={7}
          height={7}
          rx={3.5}
          fill="none"
          strokeDasharray="1.5 1.5"
          className="stroke-st-queued"
        />
      );
  }
}
