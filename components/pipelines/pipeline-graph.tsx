'use client';

import { cva } from 'class-variance-authority';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';

import { layoutGraph, type Layout, type PlacedWire } from '../../lib/pipeline/layout';
import { wirePath } from '../../lib/pipeline/wire-path';
import type { GateState } from '../../lib/run/gate-state';
import { StateIcon, type Mark } from '../ui/state-mark';
import { GateMark } from './gate-mark';

/** A node as the drawing needs it. */
export type GraphNode = {
  readonly id: string;
  readonly upstream: readonly string[];
  /** Beside the name: TFX's name of the component, or what came out. */
  readonly headline: string;
  readonly mark?: Mark | undefined;
  readonly share?: number | undefined;
  /** Gates on its wires, by the node that they come from. */
  readonly gates?: ReadonlyMap<string, GateState> | undefined;
  /** Read out with the name. */
  readonly stateWords?: string | undefined;
};

/** Props of {@link PipelineGraph}. */
export type PipelineGraphProps = {
  /** Says what is drawn, for those who do not see it. */
  readonly label: string;
  readonly nodes: readonly GraphNode[];
  readonly selected?: string | undefined;
  /** Wires that stand out, as `from→to`. */
  readonly highlighted?: ReadonlySet<string> | undefined;
  readonly onSelect?: ((id: string) => void) | undefined;
};

const SIZES = { cardWidth: 166, cardHeight: 48, columnGap: 48, rowGap: 16 };
/** Cards and gaps become narrower down to this where the graph is then seen whole. */
const LEAST = { cardWidth: 124, columnGap: 28 };
const CORNER = 8;
/** Space around the drawing, in pixels. */
const MARGIN = 20;

const card = cva(
  'flex h-full w-full flex-col justify-center rounded-card border bg-surface px-2.5 text-left outline-offset-1',
  {
    variants: {
      mark: {
        none: 'border-border shadow-node',
        queued: 'border-border text-text-3',
        running: 'border-st-running shadow-node',
        complete: 'border-border shadow-node',
        cached: 'border-border shadow-node',
        warning: 'border-st-warning shadow-node',
        failed: 'border-st-failed bg-st-failed-soft shadow-node',
        canceled: 'border-border',
        skipped: 'border-dashed border-border bg-ground text-text-3',
      },
      selected: { true: 'outline-2 outline-accent', false: '' },
    },
  },
);

const headline = cva('truncate text-12', {
  variants: {
    mark: {
      none: 'text-text-2',
      queued: 'text-text-3',
      running: 'text-st-running',
      complete: 'text-text-2',
      cached: 'text-text-2',
      warning: 'text-st-warning',
      failed: 'text-st-failed',
      canceled: 'text-st-canceled',
      skipped: 'text-text-3',
    },
  },
});

/** A pipeline as cards and canals, with the state of each node. Cards become somewhat narrower where it then fits; a larger graph scrolls. */
export function PipelineGraph({ label, nodes, selected, highlighted, onSelect }: PipelineGraphProps) {
  const structure = nodes.map(({ id, upstream }) => `${id}<${upstream.join()}`).join(';');
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const scroller = useRef<HTMLElement>(null);
  const width = useWidth(scroller);
  // The drawing depends on ids and wires alone; states change many times a second.
  // oxlint-disable-next-line react/exhaustive-deps -- `structure` says all that the layout depends on
  const { layout, cardWidth } = useMemo(() => fitted(nodes, width), [structure, width]);

  useEffect(() => {
    scroller.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [selected]);

  return (
    <figure
      ref={scroller}
      aria-label={label}
      // A wide graph scrolls, which the keyboard must be able to do too where no card takes the focus.
      tabIndex={onSelect === undefined ? 0 : undefined}
      className="ground-dots min-w-0 overflow-auto bg-ground"
    >
      <svg
        width={layout.width + 2 * MARGIN}
        height={layout.height + 2 * MARGIN}
        viewBox={`${-MARGIN} ${-MARGIN} ${layout.width + 2 * MARGIN} ${layout.height + 2 * MARGIN}`}
        className="block"
      >
        {layout.wires.map((wire) => (
          <Wire
            key={`${wire.from}→${wire.to}`}
            wire={wire}
            from={byId.get(wire.from)}
            to={byId.get(wire.to)}
            isHighlighted={highlighted?.has(`${wire.from}→${wire.to}`) ?? false}
          />
        ))}
        {layout.nodes.map(({ id, x, y }) => {
          const node = byId.get(id);
          if (node === undefined) return null;
          return (
            <foreignObject key={id} x={x} y={y} width={cardWidth} height={SIZES.cardHeight} overflow="visible">
              <Card node={node} selected={id === selected} onSelect={onSelect} onWalk={walker(layout, scroller)} />
            </foreignObject>
          );
        })}
      </svg>
    </figure>
  );
}

/** The width that an element has; undefined before it is drawn. */
function useWidth(element: { readonly current: HTMLElement | null }): number | undefined {
  const [width, setWidth] = useState<number>();
  useEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const observer = new ResizeObserver(() => {
      setWidth(current.clientWidth);
    });
    observer.observe(current);
    return () => {
      observer.disconnect();
    };
  }, [element]);
  return width;
}

/** The drawing with narrower gaps and cards where it then fits into `width`; else with those that it has. */
function fitted(
  nodes: readonly GraphNode[],
  width: number | undefined,
): { readonly layout: Layout; readonly cardWidth: number } {
  const wide = { layout: layoutGraph(nodes, SIZES), cardWidth: SIZES.cardWidth };
  const room = (width ?? Infinity) - 2 * MARGIN;
  if (wide.layout.width <= room) return wide;
  const { columnGap } = LEAST;
  const close = layoutGraph(nodes, { ...SIZES, columnGap });
  const columns = Math.max(0, ...close.nodes.map(({ column }) => column)) + 1;
  const cardWidth = SIZES.cardWidth - Math.max(0, Math.ceil((close.width - room) / columns));
  return cardWidth < LEAST.cardWidth
    ? wide
    : { layout: layoutGraph(nodes, { ...SIZES, columnGap, cardWidth }), cardWidth };
}

type CardProps = {
  readonly node: GraphNode;
  readonly selected: boolean;
  readonly onSelect: ((id: string) => void) | undefined;
  readonly onWalk: (id: string, key: string) => boolean;
};

function Card({ node, selected, onSelect, onWalk }: CardProps) {
  const mark = node.mark ?? 'none';
  const content = (
    <>
      <span className="flex w-full min-w-0 items-center gap-1.5">
        <span title={node.id} className="truncate text-13 font-semibold">
          {node.id}
        </span>
        {node.mark !== undefined && (
          <span className="ml-auto">
            <StateIcon mark={node.mark} share={node.share} />
          </span>
        )}
      </span>
      {node.stateWords !== undefined && <span className="sr-only">{node.stateWords}</span>}
      <span title={node.headline} className={headline({ mark })}>
        {node.headline}
      </span>
    </>
  );
  if (onSelect === undefined) {
    return (
      <div data-node-id={node.id} className={card({ mark, selected })}>
        {content}
      </div>
    );
  }
  return (
    <button
      type="button"
      data-node-id={node.id}
      aria-current={selected}
      onClick={() => {
        onSelect(node.id);
      }}
      onKeyDown={(event: KeyboardEvent) => {
        if (onWalk(node.id, event.key)) event.preventDefault();
      }}
      className={card({ mark, selected })}
    >
      {content}
    </button>
  );
}

/** Arrow keys move the focus: left and right along a wire, up and down within a column. */
function walker(layout: Layout, scroller: { readonly current: HTMLElement | null }) {
  return (id: string, key: string): boolean => {
    const next = nextNode(layout, id, key);
    if (next === undefined) return false;
    const target = scroller.current?.querySelector(`[data-node-id="${CSS.escape(next)}"]`);
    if (target instanceof HTMLElement) target.focus();
    return true;
  };
}

function nextNode(layout: Layout, id: string, key: string): string | undefined {
  if (key === 'ArrowRight') return layout.wires.find((wire) => wire.from === id)?.to;
  if (key === 'ArrowLeft') return layout.wires.find((wire) => wire.to === id)?.from;
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return undefined;
  const here = layout.nodes.find((node) => node.id === id);
  const column = layout.nodes.filter((node) => node.column === here?.column).sort((a, b) => a.y - b.y);
  const index = column.findIndex((node) => node.id === id);
  return column[key === 'ArrowDown' ? index + 1 : index - 1]?.id;
}

type WireProps = {
  readonly wire: PlacedWire;
  readonly from: GraphNode | undefined;
  readonly to: GraphNode | undefined;
  readonly isHighlighted: boolean;
};

const canal = cva('fill-none', {
  variants: {
    flow: {
      still: 'stroke-n-400',
      dry: 'stroke-n-200',
      running: 'stroke-st-running motion-safe:animate-flow',
      cut: 'stroke-n-300',
      highlighted: 'stroke-text',
    },
  },
});

function Wire({ wire, from, to, isHighlighted }: WireProps) {
  const flow = isHighlighted ? 'highlighted' : flowOf(from?.mark, to?.mark);
  const dash = flow === 'running' ? '7 4' : flow === 'cut' ? '2 4' : undefined;
  const gate = to?.gates?.get(wire.from);
  return (
    <>
      <path d={wirePath(wire.points, CORNER)} strokeWidth={2} strokeDasharray={dash} className={canal({ flow })} />
      {gate !== undefined && <GateMark gate={gate} points={wire.points} />}
    </>
  );
}

/** What a wire does: rows flow into a running node, lie still where they have arrived, and have not come yet elsewhere. */
function flowOf(from: Mark | undefined, to: Mark | undefined): 'still' | 'dry' | 'running' | 'cut' {
  if (to === 'running') return 'running';
  if (to === 'skipped' || to === 'canceled') return 'cut';
  return from === undefined || from === 'complete' || from === 'cached' ? 'still' : 'dry';
}
