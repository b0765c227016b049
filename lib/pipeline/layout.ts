/**
 * Layered automatic layout of a small graph: columns by longest path (what takes from nothing stands just
 * before what it feeds), order by the mean of what comes before, wires
 * orthogonal in lanes between the columns. Wires that pass a column get a track of their own there, so that none runs
 * through a card (the layers and virtual nodes of Sugiyama, Tagawa and Toda 1981).
 */

/** A node and the nodes that it takes from, in order. Names outside the graph are passed over. */
export type LayoutNode = {
  readonly id: string;
  readonly upstream: readonly string[];
  /** Where this card is taller or lower than `cardHeight`. */
  readonly height?: number | undefined;
};

/** Sizes in pixels. */
export type LayoutSizes = {
  readonly cardWidth: number;
  readonly cardHeight: number;
  /** Space between two columns; widened where many wires turn. */
  readonly columnGap: number;
  readonly rowGap: number;
};

/** Top left corner of a card. */
export type PlacedNode = { readonly id: string; readonly x: number; readonly y: number; readonly column: number };
/** A wire as the corners of its path, from the right side of one card to the left side of another. */
export type PlacedWire = {
  readonly from: string;
  readonly to: string;
  readonly points: readonly (readonly [x: number, y: number])[];
};
/** A drawing, from 0 to `width` and `height`. */
export type Layout = {
  readonly nodes: readonly PlacedNode[];
  readonly wires: readonly PlacedWire[];
  readonly width: number;
  readonly height: number;
};

const LANE = 8;
const TRACK_HEIGHT = 4;

/** Where a card or a passing wire sits in its column. */
type Slot = {
  readonly key: string;
  readonly column: number;
  readonly before: string[];
  readonly after: string[];
  readonly height: number;
};

/** Lays a graph out. A cycle is broken at the node that is met twice; the drawing then shows that wire backwards. */
export function layoutGraph(nodes: readonly LayoutNode[], sizes: LayoutSizes): Layout {
  const columnOf = columnsByLongestPath(nodes);
  const { slots, chains } = withTracks(nodes, columnOf, sizes);
  const centre = placeRows(slots, sizes);
  const lanes = assignLanes(chains);
  const left = placeColumns(slots, lanes, sizes);

  const placed = nodes.map(({ id }) => ({
    id,
    column: columnOf.get(id) ?? 0,
    x: left[columnOf.get(id) ?? 0] ?? 0,
    y: (centre.get(id) ?? 0) - (slots.get(id)?.height ?? sizes.cardHeight) / 2,
  }));
  const wires = chains.map((chain) => routeWire(chain, { centre, lanes, left, sizes }));
  const bottom = Math.max(0, ...[...slots.values()].map((slot) => (centre.get(slot.key) ?? 0) + slot.height / 2));
  return { nodes: placed, wires, width: Math.max(0, ...left) + sizes.cardWidth, height: bottom };
}

function columnsByLongestPath(nodes: readonly LayoutNode[]): ReadonlyMap<string, number> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const columns = new Map<string, number>();
  const open = new Set<string>();
  const visit = (id: string): number => {
    const known = columns.get(id);
    if (known !== undefined) return known;
    if (open.has(id)) return -1;
    open.add(id);
    const upstream = (byId.get(id)?.upstream ?? []).filter((from) => byId.has(from));
    const column = Math.max(-1, ...upstream.map(visit)) + 1;
    open.delete(id);
    columns.set(id, column);
    return column;
  };
  for (const { id } of nodes) visit(id);
  // What waits for nothing but feeds a late node would draw its wire across the whole graph.
  for (const { id, upstream } of nodes) {
    if (upstream.some((from) => byId.has(from))) continue;
    const fed = nodes.flatMap((node) => (node.upstream.includes(id) ? (columns.get(node.id) ?? 0) : []));
    if (fed.length > 0) columns.set(id, Math.max(0, Math.min(...fed) - 1));
  }
  return columns;
}

/** A wire as the slots it goes through: source, tracks, target. */
type Chain = { readonly from: string; readonly to: string; readonly keys: readonly string[]; readonly start: number };

function withTracks(nodes: readonly LayoutNode[], columnOf: ReadonlyMap<string, number>, sizes: LayoutSizes) {
  const slots = new Map<string, Slot>();
  for (const { id, height = sizes.cardHeight } of nodes) {
    slots.set(id, { key: id, column: columnOf.get(id) ?? 0, before: [], after: [], height });
  }
  const chains: Chain[] = [];
  for (const { id, upstream } of nodes) {
    for (const from of new Set(upstream)) {
      const start = columnOf.get(from);
      const end = columnOf.get(id) ?? 0;
      if (start === undefined) continue;
      const keys = [from];
      const link = (a: string, b: string) => {
        slots.get(b)?.before.push(a);
        slots.get(a)?.after.push(b);
      };
      for (let column = start + 1; column < end; column++) {
        // Wires of one source share their track, as canals share a bed.
        const key = `${from}→${column}`;
        if (!slots.has(key)) {
          slots.set(key, { key, column, before: [], after: [], height: TRACK_HEIGHT });
          link(keys.at(-1) ?? from, key);
        }
        keys.push(key);
      }
      link(keys.at(-1) ?? from, id);
      chains.push({ from, to: id, keys: [...keys, id], start });
    }
  }
  return { slots, chains };
}

function placeRows(slots: ReadonlyMap<string, Slot>, { rowGap }: LayoutSizes): ReadonlyMap<string, number> {
  const centre = new Map<string, number>();
  const columns: Slot[][] = [];
  for (const slot of slots.values()) (columns[slot.column] ??= []).push(slot);
  // Forwards by what comes before, back by what follows, so that a source lies beside what it feeds.
  for (const column of columns) placeColumn(column, { centre, rowGap, towards: 'before' });
  for (const column of columns.toReversed()) placeColumn(column, { centre, rowGap, towards: 'after' });
  const highest = Math.min(0, ...[...slots.values()].map((slot) => (centre.get(slot.key) ?? 0) - slot.height / 2));
  for (const [key, middle] of centre) centre.set(key, middle - highest);
  return centre;
}

type Sweep = {
  readonly centre: Map<string, number>;
  readonly rowGap: number;
  readonly towards: 'before' | 'after';
};

function placeColumn(column: Slot[], { centre, rowGap, towards }: Sweep): void {
  const wish = (slot: Slot) => {
    const neighbours = slot[towards].map((key) => centre.get(key));
    return neighbours.length === 0 ? (centre.get(slot.key) ?? 0) : meanOf(neighbours);
  };
  const wished = new Map(column.map((slot) => [slot.key, wish(slot)]));
  column.sort((a, b) => (wished.get(a.key) ?? 0) - (wished.get(b.key) ?? 0));
  let top = -Infinity;
  for (const slot of column) {
    const middle = Math.max(wished.get(slot.key) ?? 0, top + slot.height / 2);
    centre.set(slot.key, middle);
    top = middle + slot.height / 2 + rowGap;
  }
  balance(column, wished, centre);
}

/** Moves a column as one, so that it lies around where it wished to be and not only below it. */
function balance(column: readonly Slot[], wished: ReadonlyMap<string, number>, centre: Map<string, number>): void {
  const shift = meanOf(column.map((slot) => (centre.get(slot.key) ?? 0) - (wished.get(slot.key) ?? 0)));
  for (const slot of column) centre.set(slot.key, (centre.get(slot.key) ?? 0) - shift);
}

/** The mean, to whole pixels: 0 of nothing. */
function meanOf(values: readonly (number | undefined)[]): number {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? 0 : Math.round(known.reduce((sum, value) => sum + value, 0) / known.length);
}

/** Per gap between two columns: which source turns in which lane. */
type Lanes = readonly ReadonlyMap<string, number>[];

function assignLanes(chains: readonly Chain[]): Lanes {
  const lanes: Map<string, number>[] = [];
  for (const { from, keys, start } of chains) {
    for (let step = 0; step < keys.length - 1; step++) {
      const gap = (lanes[start + step] ??= new Map());
      if (!gap.has(from)) gap.set(from, gap.size);
    }
  }
  return lanes;
}

function placeColumns(slots: ReadonlyMap<string, Slot>, lanes: Lanes, sizes: LayoutSizes): readonly number[] {
  const last = Math.max(0, ...[...slots.values()].map((slot) => slot.column));
  const left = [0];
  for (let column = 1; column <= last; column++) {
    const gap = Math.max(sizes.columnGap, ((lanes[column - 1]?.size ?? 0) + 2) * LANE);
    left.push((left[column - 1] ?? 0) + sizes.cardWidth + gap);
  }
  return left;
}

type Placement = {
  readonly centre: ReadonlyMap<string, number>;
  readonly lanes: Lanes;
  readonly left: readonly number[];
  readonly sizes: LayoutSizes;
};

function routeWire({ from, to, keys, start }: Chain, { centre, lanes, left, sizes }: Placement): PlacedWire {
  const points: [number, number][] = [[(left[start] ?? 0) + sizes.cardWidth, centre.get(from) ?? 0]];
  for (let step = 1; step < keys.length; step++) {
    const before = centre.get(keys[step - 1] ?? '') ?? 0;
    const after = centre.get(keys[step] ?? '') ?? 0;
    const right = (left[start + step - 1] ?? 0) + sizes.cardWidth;
    const next = left[start + step] ?? right;
    const gap = lanes[start + step - 1];
    const count = gap?.size ?? 1;
    const turn = (right + next) / 2 + ((gap?.get(from) ?? 0) - (count - 1) / 2) * LANE;
    if (before !== after) points.push([turn, before], [turn, after]);
    points.push([next, after]);
  }
  return { from, to, points };
}
