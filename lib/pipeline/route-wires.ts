/**
 * The paths of all wires between placed cards: orthogonal, from the right side of one card to the left side of another,
 * around cards where there is room, and in lanes where several run beside each other. Wires of one output share a bed.
 * After a change only the wires near it are routed again, so that a large graph follows the hand.
 */

import { boundsOf, boxesIn, indexBoxes, inflate, isClear, touches, type Box, type BoxIndex } from './box-index';

/** A corner or an end of a path. */
export type RoutePoint = readonly [x: number, y: number];

/** A path between two ports, the ends included. */
export type Route = readonly RoutePoint[];

/** A wire to be drawn. */
export type RoutedWire = {
  readonly key: string;
  /** Wires with the same bed may lie on each other: those of one output. */
  readonly bed: string;
  readonly start: RoutePoint;
  readonly end: RoutePoint;
};

/** How far a wire goes straight before it turns. */
const STUB = 14;
/** Distance of a turn from the card where there is room for lanes. */
const TURN = 24;
/** Between two lanes. */
const LANE = 8;
/** A lane is looked for so many steps to each side; then wires lie on each other. */
const MAX_STEPS = 8;
/** Between a wire and a card that it passes. */
const PASS = 12;
/** Cards farther than this from both ends are not gone around. */
const DETOUR = 640;
const MAX_CHANNELS = 24;
/** With more boxes than this in which something changed, looking for what is near costs more than routing all. */
const MAX_CHANGES = 64;

/** The path of one wire that heeds nothing but its ends: for a wire that is being dragged. */
export function routeFreely(start: RoutePoint, end: RoutePoint): Route {
  const [sx, sy] = start;
  const [ex, ey] = end;
  if (ex - sx >= 2 * STUB) return forward(start, end, (sx + ex) / 2);
  return around(start, end, { out: sx + STUB, channel: (sy + ey) / 2, back: ex - STUB });
}

/** Cards, wires and the paths of all wires. */
export type Routing = {
  readonly cards: ReadonlyMap<string, Box>;
  readonly wires: ReadonlyMap<string, RoutedWire>;
  readonly routes: ReadonlyMap<string, Route>;
};

/** The cards and wires to be drawn, by id and by key. */
export type RoutingTask = Pick<Routing, 'cards' | 'wires'>;

/**
 * The paths of wires between cards. With `before`, what was routed when cards and wires were a little different, paths far
 * from every difference stay as they are. Cards are compared by their boxes, wires by identity.
 */
export function routeWires({ cards, wires }: RoutingTask, before?: Routing): Routing {
  const near = before === undefined ? undefined : changedArea({ cards, wires }, before);
  if (before !== undefined && near?.length === 0 && isSameWires(wires, before.wires))
    return { cards, wires, routes: before.routes };
  const context: Context = { index: indexBoxes(cards.values()), columns: new Lanes(), rows: new Lanes() };
  const kept = new Map<string, Route>();
  if (before !== undefined && near !== undefined) {
    for (const [key, wire] of wires) {
      const route = before.routes.get(key);
      if (route === undefined || before.wires.get(key) !== wire || isNear(route, near)) continue;
      kept.set(key, route);
      occupy(wire, route, context);
    }
  }
  const routes = new Map([...wires].map(([key, wire]) => [key, kept.get(key) ?? routeWire(wire, context)]));
  return { cards, wires, routes };
}

function isSameWires(wires: Routing['wires'], before: Routing['wires']): boolean {
  if (wires.size !== before.size) return false;
  for (const [key, wire] of wires) if (before.get(key) !== wire) return false;
  return true;
}

const boxByRoute = new WeakMap<Route, Box>();

/** The smallest box around a path, worked out once per path. */
export function boxOfRoute(route: Route): Box {
  let box = boxByRoute.get(route);
  if (box === undefined) {
    box = boundsOf(boxesOf(route)) ?? { x: 0, y: 0, width: 0, height: 0 };
    boxByRoute.set(route, box);
  }
  return box;
}

/** The boxes in which something is different, or undefined where so much is that all is routed again. */
function changedArea({ cards, wires }: RoutingTask, before: Routing): readonly Box[] | undefined {
  const changed: Box[] = [];
  for (const [id, card] of cards) {
    const old = before.cards.get(id);
    if (old !== undefined && isSameBox(old, card)) continue;
    changed.push(inflate(card, PASS));
    if (old !== undefined) changed.push(inflate(old, PASS));
  }
  for (const [id, card] of before.cards) if (!cards.has(id)) changed.push(inflate(card, PASS));
  for (const [key, route] of before.routes) if (!wires.has(key)) changed.push(...boxesOf(route));
  return changed.length > MAX_CHANGES ? undefined : changed;
}

function isSameBox(a: Box, b: Box): boolean {
  return a === b || (a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height);
}

function isNear(route: Route, changed: readonly Box[]): boolean {
  const whole = boxOfRoute(route);
  return changed.some((area) => touches(whole, area) && boxesOf(route).some((piece) => touches(piece, area)));
}

/** The straight pieces of a path, each as a box. */
function boxesOf(route: Route): readonly Box[] {
  return route.slice(1).map(([x, y], at) => {
    const [fromX, fromY] = route[at] ?? [x, y];
    const box = {
      x: Math.min(x, fromX),
      y: Math.min(y, fromY),
      width: Math.abs(x - fromX),
      height: Math.abs(y - fromY),
    };
    return inflate(box, 1);
  });
}

/** A path that stays takes its lanes. */
function occupy({ bed }: RoutedWire, route: Route, { columns, rows }: Context): void {
  for (let at = 1; at + 2 < route.length; at++) {
    const [x, y] = route[at] ?? [0, 0];
    const [nextX, nextY] = route[at + 1] ?? [x, y];
    if (x === nextX) columns.add({ at: x, from: y, to: nextY, bed });
    else rows.add({ at: y, from: x, to: nextX, bed });
  }
}

type Context = { readonly index: BoxIndex; readonly columns: Lanes; readonly rows: Lanes };

function routeWire(wire: RoutedWire, context: Context): Route {
  const { start, end, bed } = wire;
  const [sx, sy] = start;
  const [ex, ey] = end;
  if (ex - sx >= 2 * STUB) {
    if (sy === ey && isRowClear(context.index, sy, [sx, ex])) return [start, end];
    const turn = turnsOf(sx, ex).find((x) => isBendClear(context.index, { start, end, x }));
    if (turn !== undefined && sy !== ey) {
      const x = context.columns.take({ at: turn, from: sy, to: ey, bed }, (at) => {
        return at >= sx + LANE && at <= ex - LANE && isBendClear(context.index, { start, end, x: at });
      });
      return forward(start, end, x);
    }
  }
  return detour(wire, context);
}

/** Out, along a channel that is free of cards, and back in. */
function detour({ start, end, bed }: RoutedWire, { index, columns, rows }: Context): Route {
  const [sx, sy] = start;
  const [ex, ey] = end;
  const channel = findChannel(index, start, end);
  const isColumnFree = (y: number) => (x: number) => isColumnClear(index, x, [y, channel]);
  const isOutFree = isColumnFree(sy);
  const isBackFree = isColumnFree(ey);
  const out = columns.take({ at: sx + STUB, from: sy, to: channel, bed }, (x) => x > sx && isOutFree(x));
  const back = columns.take({ at: ex - STUB, from: channel, to: ey, bed }, (x) => x < ex && isBackFree(x));
  const at = rows.take({ at: channel, from: out, to: back, bed }, (y) => isRowClear(index, y, [out, back]));
  return around(start, end, { out, channel: at, back });
}

/** The height of a free row between two ports: the one that costs the least way, or the middle where none is free. */
function findChannel(index: BoxIndex, [sx, sy]: RoutePoint, [ex, ey]: RoutePoint): number {
  const left = Math.min(sx + STUB, ex - STUB);
  const right = Math.max(sx + STUB, ex - STUB);
  const top = Math.min(sy, ey);
  const height = Math.abs(sy - ey);
  const near = boxesIn(index, { x: left, y: top - DETOUR, width: right - left, height: height + 2 * DETOUR });
  const middle = (sy + ey) / 2;
  const length = (y: number) => Math.abs(y - sy) + Math.abs(y - ey);
  // Cards in a row have the same edges: each height is weighed once.
  const heights = new Set([middle]);
  for (const box of near) heights.add(box.y - PASS).add(box.y + box.height + PASS);
  const channels = [...heights].sort((a, b) => length(a) - length(b) || a - b).slice(0, MAX_CHANNELS);
  return channels.find((y) => isRowClear(index, y, [left, right])) ?? middle;
}

function forward(start: RoutePoint, end: RoutePoint, turn: number): Route {
  if (start[1] === end[1]) return [start, end];
  return [start, [turn, start[1]], [turn, end[1]], end];
}

type Detour = { readonly out: number; readonly channel: number; readonly back: number };

function around(start: RoutePoint, end: RoutePoint, { out, channel, back }: Detour): Route {
  return [start, [out, start[1]], [out, channel], [back, channel], [back, end[1]], end];
}

/** Where a wire may turn, the best first: beside its source, beside its target, between them. */
function turnsOf(sx: number, ex: number): readonly number[] {
  const middle = Math.round((sx + ex) / 2);
  return ex - sx <= 4 * TURN ? [middle] : [sx + TURN, ex - TURN, middle];
}

type Bend = { readonly start: RoutePoint; readonly end: RoutePoint; readonly x: number };

function isBendClear(index: BoxIndex, { start: [sx, sy], end: [ex, ey], x }: Bend): boolean {
  return isRowClear(index, sy, [sx, x]) && isColumnClear(index, x, [sy, ey]) && isRowClear(index, ey, [x, ex]);
}

/** The cards at the ends of a row touch it from outside, which is no obstacle. */
function isRowClear(index: BoxIndex, y: number, [a, b]: readonly [number, number]): boolean {
  return isClear(index, { x: Math.min(a, b) + 1, y: y - 2, width: Math.max(0, Math.abs(a - b) - 2), height: 4 });
}

function isColumnClear(index: BoxIndex, x: number, [a, b]: readonly [number, number]): boolean {
  return isClear(index, { x: x - 4, y: Math.min(a, b), width: 8, height: Math.abs(a - b) });
}

type Piece = { readonly at: number; readonly from: number; readonly to: number; readonly bed: string };
type TakenPiece = { readonly at: number; readonly low: number; readonly high: number; readonly bed: string };

/** Straight pieces of one direction that are taken, so that no two beds lie on each other. */
class Lanes {
  readonly #taken = new Map<number, TakenPiece[]>();
  readonly #beds = new Map<string, number[]>();

  /** The place of the lane that a piece gets, and takes it: its bed's, its own, or the nearest free one beside it. */
  take({ at, from, to, bed }: Piece, isAllowed: (at: number) => boolean): number {
    const low = Math.min(from, to);
    const high = Math.max(from, to);
    const own = this.#beds.get(bed)?.filter((place) => Math.abs(place - at) <= MAX_STEPS * LANE) ?? [];
    const isFree = (place: number) => this.#isFree({ at: place, low, high, bed }) && (place === at || isAllowed(place));
    const place = own.find(isFree) ?? besides(at).find(isFree) ?? at;
    this.add({ at: place, from, to, bed });
    return place;
  }

  /** Takes a piece where it is. */
  add({ at, from, to, bed }: Piece): void {
    const taken = { at, low: Math.min(from, to), high: Math.max(from, to), bed };
    const key = Math.floor(at / LANE);
    const pieces = this.#taken.get(key);
    if (pieces === undefined) this.#taken.set(key, [taken]);
    else pieces.push(taken);
    const beds = this.#beds.get(bed);
    if (beds === undefined) this.#beds.set(bed, [at]);
    else if (!beds.includes(at)) beds.push(at);
  }

  #isFree({ at, low, high, bed }: TakenPiece): boolean {
    const key = Math.floor(at / LANE);
    for (let bucket = key - 1; bucket <= key + 1; bucket++) {
      for (const piece of this.#taken.get(bucket) ?? []) {
        const isNear = Math.abs(piece.at - at) < LANE - 1 && piece.low <= high + 2 && low <= piece.high + 2;
        if (isNear && piece.bed !== bed) return false;
      }
    }
    return true;
  }
}

function besides(at: number): readonly number[] {
  const places = [at];
  for (let step = 1; step <= MAX_STEPS; step++) places.push(at + step * LANE, at - step * LANE);
  return places;
}
