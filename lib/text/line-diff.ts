/**
 * The difference of two texts, line by line, by Myers' greedy algorithm ("An O(ND) Difference Algorithm and Its
 * Variations", 1986). Texts that have next to nothing in common are told as one taken away and one put in its place.
 */

/** One line of a difference. */
export type DiffLine = {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
};

/** More changed lines than this are not matched with each other: the work grows with their square. */
const MAX_CHANGES = 1_500;

/** Lines of both texts in order; what was taken away stands before what was put in its place. */
export function diffLines(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  ) {
    end++;
  }
  const middle = diffMiddle(before.slice(start, before.length - end), after.slice(start, after.length - end));
  return [
    ...before.slice(0, start).map((text) => ({ kind: 'same' as const, text })),
    ...removedFirst(middle),
    ...before.slice(before.length - end).map((text) => ({ kind: 'same' as const, text })),
  ];
}

/** A part of a difference around changes, or how many equal lines lie between two such parts. */
export type DiffHunk = { readonly skipped: number } | { readonly lines: readonly DiffLine[] };

/** The changes with so many equal lines around them; longer equal parts are only counted. */
export function toHunks(lines: readonly DiffLine[], context = 3): readonly DiffHunk[] {
  const near = new Uint8Array(lines.length);
  lines.forEach(({ kind }, index) => {
    if (kind !== 'same') near.fill(1, Math.max(0, index - context), index + context + 1);
  });
  const hunks: DiffHunk[] = [];
  for (let at = 0; at < lines.length;) {
    let end = at + 1;
    while (end < lines.length && near[end] === near[at]) end++;
    hunks.push(near[at] === 1 ? { lines: lines.slice(at, end) } : { skipped: end - at });
    at = end;
  }
  return hunks;
}

function diffMiddle(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const removed = before.map((text): DiffLine => ({ kind: 'removed', text }));
  const added = after.map((text): DiffLine => ({ kind: 'added', text }));
  if (before.length === 0 || after.length === 0) return [...removed, ...added];
  const steps = traceOf(before, after);
  return steps === undefined ? [...removed, ...added] : walkBack(before, after, steps);
}

/** For each number of changes, the furthest line of `before` on each diagonal; undefined beyond {@link MAX_CHANGES}. */
function traceOf(before: readonly string[], after: readonly string[]): readonly Int32Array[] | undefined {
  const limit = Math.min(MAX_CHANGES, before.length + after.length);
  const furthest = new Int32Array(2 * limit + 3);
  const zero = limit + 1;
  const trace: Int32Array[] = [];
  for (let changes = 0; changes <= limit; changes++) {
    trace.push(furthest.slice(zero - changes - 1, zero + changes + 2));
    for (let diagonal = -changes; diagonal <= changes; diagonal += 2) {
      const down = furthest[zero + diagonal + 1] ?? 0;
      const right = (furthest[zero + diagonal - 1] ?? 0) + 1;
      let x = diagonal === -changes || (diagonal !== changes && right <= down) ? down : right;
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) x++;
      furthest[zero + diagonal] = x;
      if (x >= before.length && x - diagonal >= after.length) return trace;
    }
  }
  return undefined;
}

function walkBack(
  before: readonly string[],
  after: readonly string[],
  trace: readonly Int32Array[],
): readonly DiffLine[] {
  const lines: DiffLine[] = [];
  let x = before.length;
  let y = after.length;
  for (let changes = trace.length - 1; changes >= 0; changes--) {
    // Entry `changes + 1` is diagonal 0, as the state before that many changes was kept.
    const at = (diagonal: number) => trace[changes]?.[changes + 1 + diagonal] ?? 0;
    const diagonal = x - y;
    const isDown = diagonal === -changes || (diagonal !== changes && at(diagonal - 1) + 1 <= at(diagonal + 1));
    const previous = isDown ? diagonal + 1 : diagonal - 1;
    const previousX = changes === 0 ? 0 : at(previous);
    const previousY = changes === 0 ? 0 : previousX - previous;
    while (x > previousX && y > previousY) {
      lines.push({ kind: 'same', text: before[--x] ?? '' });
      y--;
    }
    if (changes === 0) break;
    if (isDown) lines.push({ kind: 'added', text: after[--y] ?? '' });
    else lines.push({ kind: 'removed', text: before[--x] ?? '' });
  }
  return lines.reverse();
}

function removedFirst(lines: readonly DiffLine[]): readonly DiffLine[] {
  const ordered: DiffLine[] = [];
  let added: DiffLine[] = [];
  for (const line of lines) {
    if (line.kind === 'added') added.push(line);
    else if (line.kind === 'removed') ordered.push(line);
    else {
      ordered.push(...added, line);
      added = [];
    }
  }
  return [...ordered, ...added];
}
