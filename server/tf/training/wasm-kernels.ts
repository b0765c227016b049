/**
 * The arithmetic of training, four floats at a time. TensorFlow.js spends 5 to 8 µs on every op it calls, some 200 of them
 * a step: on small batches that is most of the time. These kernels work on one flat memory and are called 30 times a step.
 * Every operation rounds to single precision in a fixed order: the same inputs give the same bits on every machine.
 */

import { F32, I32, op, V128, writeWasmModule, type WasmFunction } from './wasm-module';

/** Kernels over one memory. Places and strides are in bytes, counts of floats are multiples of 4. */
export type Kernels = {
  /**
   * c[m × n] = a[m × k] · b[k × n], plus `bias` in each row where it is not 0. `aRow` and `aColumn` are the strides of `a`, so
   * that a transposed matrix is one with its strides exchanged; rows of `b` and `c` are `bRow` and `cRow` apart. k ≥ 1.
   */
  readonly multiply: (
    ...call: [
      c: number,
      bias: number,
      a: number,
      b: number,
      k: number,
      aRow: number,
      aColumn: number,
      bRow: number,
      cRow: number,
      m: number,
      n: number,
    ]
  ) => void;
  /** x = max(x, 0) for `count` ≥ 4 floats. */
  readonly relu: (x: number, count: number) => void;
  /** d = 0 where y is not above 0. */
  readonly reluGradient: (d: number, y: number, count: number) => void;
  /** m += (g − m)(1 − β₁), v += (g² − v)(1 − β₂), w −= α m / (√v + ε): Adam as Keras has it. */
  readonly adam: (
    ...call: [
      w: number,
      g: number,
      m: number,
      v: number,
      count: number,
      alpha: number,
      beta1Rest: number,
      beta2Rest: number,
      epsilon: number,
    ]
  ) => void;
  /** w −= α g. */
  readonly descend: (...call: [w: number, g: number, count: number, alpha: number]) => void;
};

/** A tile of the product: its parameters are those of `multiply` without m and n. */
function tile(rows: number, vectors: number): WasmFunction {
  const [c, bias, a, b, k, aRow, aColumn, bRow, cRow] = [0, 1, 2, 3, 4, 5, 6, 7, 8] as const;
  const counter = 9;
  const pointers = Array.from({ length: rows }, (_, row) => 10 + row);
  const firstSum = 10 + rows;
  const sum = (row: number, column: number): number => firstSum + row * vectors + column;
  const factor = (column: number): number => firstSum + rows * vectors + column;
  const columns = Array.from({ length: vectors }, (_, column) => column);
  const start = [
    ...pointers.flatMap((pointer, row) => [
      ...op.get(row === 0 ? a : (pointers[row - 1] ?? a)),
      ...(row === 0 ? [] : [...op.get(aRow), ...op.add]),
      ...op.set(pointer),
    ]),
    ...op.get(k),
    ...op.set(counter),
    ...op.when(
      op.get(bias),
      pointers.flatMap((_, row) =>
        columns.flatMap((column) => [...op.get(bias), ...op.load4(16 * column), ...op.set(sum(row, column))]),
      ),
      [],
    ),
  ];
  const each = [
    ...columns.flatMap((column) => [...op.get(b), ...op.load4(16 * column), ...op.set(factor(column))]),
    ...pointers.flatMap((pointer, row) =>
      columns.flatMap((column) => [
        ...op.get(pointer),
        ...op.loadSplat(0),
        ...op.get(factor(column)),
        ...op.mul4,
        ...op.get(sum(row, column)),
        ...op.add4,
        ...op.set(sum(row, column)),
      ]),
    ),
    ...[...pointers, b].flatMap((pointer) => [
      ...op.get(pointer),
      ...op.get(pointer === b ? bRow : aColumn),
      ...op.add,
      ...op.set(pointer),
    ]),
    ...op.get(counter),
    ...op.i32(1),
    ...op.sub,
    ...op.set(counter),
  ];
  const end = pointers.flatMap((_, row) => [
    ...columns.flatMap((column) => [...op.get(c), ...op.get(sum(row, column)), ...op.store4(16 * column)]),
    ...op.get(c),
    ...op.get(cRow),
    ...op.add,
    ...op.set(c),
  ]);
  return {
    name: `tile_${rows}_${vectors}`,
    params: new Array<number>(9).fill(I32),
    locals: [...new Array<number>(1 + rows).fill(I32), ...new Array<number>(rows * vectors + vectors).fill(V128)],
    body: [...start, ...op.repeat(each, op.get(counter)), ...end],
  };
}

const TILES = [tile(4, 2), tile(1, 2), tile(4, 1), tile(1, 1)];

/** Walks the product tile by tile: columns outside, so that those of `b` stay in the nearest cache. */
function multiply(): WasmFunction {
  const [c, bias, a, b, k, aRow, aColumn, bRow, cRow, m, n] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;
  const [left, rowA, rowC] = [11, 12, 13] as const;
  const stepRow = (rows: number) => [
    ...op.get(rowA),
    ...op.get(aRow),
    ...op.i32(rows),
    ...op.mul,
    ...op.add,
    ...op.set(rowA),
    ...op.get(rowC),
    ...op.get(cRow),
    ...op.i32(rows),
    ...op.mul,
    ...op.add,
    ...op.set(rowC),
    ...op.get(left),
    ...op.i32(rows),
    ...op.sub,
    ...op.set(left),
  ];
  const callTile = (index: number, rows: number) => [
    ...[rowC, bias, rowA, b, k, aRow, aColumn, bRow, cRow].flatMap((local) => op.get(local)),
    ...op.call(index),
    ...stepRow(rows),
  ];
  const overRows = (wide: number, narrow: number) => [
    ...op.get(m),
    ...op.set(left),
    ...op.get(a),
    ...op.set(rowA),
    ...op.get(c),
    ...op.set(rowC),
    ...op.repeat(
      op.when([...op.get(left), ...op.i32(4), ...op.lessThan], callTile(narrow, 1), callTile(wide, 4)),
      op.get(left),
    ),
  ];
  const stepColumns = (vectors: number) => [
    ...[b, c].flatMap((pointer) => [...op.get(pointer), ...op.i32(16 * vectors), ...op.add, ...op.set(pointer)]),
    ...op.when(op.get(bias), [...op.get(bias), ...op.i32(16 * vectors), ...op.add, ...op.set(bias)], []),
    ...op.get(n),
    ...op.i32(4 * vectors),
    ...op.sub,
    ...op.set(n),
  ];
  return {
    name: 'multiply',
    params: new Array<number>(11).fill(I32),
    locals: [I32, I32, I32],
    body: op.repeat(
      op.when(
        [...op.get(n), ...op.i32(8), ...op.lessThan],
        [...overRows(2, 3), ...stepColumns(1)],
        [...overRows(0, 1), ...stepColumns(2)],
      ),
      op.get(n),
    ),
  };
}

/** A loop over floats, four at a time: `pointers` move on together, `count` counts down. */
function each4(pointers: readonly number[], count: number, body: readonly number[]): number[] {
  return op.repeat(
    [
      ...body,
      ...pointers.flatMap((pointer) => [...op.get(pointer), ...op.i32(16), ...op.add, ...op.set(pointer)]),
      ...op.get(count),
      ...op.i32(4),
      ...op.sub,
      ...op.set(count),
    ],
    op.get(count),
  );
}

const load = (pointer: number) => [...op.get(pointer), ...op.load4(0)];

const RELU: WasmFunction = {
  name: 'relu',
  params: [I32, I32],
  locals: [],
  body: each4([0], 1, [...op.get(0), ...load(0), ...op.zeros, ...op.max4, ...op.store4(0)]),
};

const RELU_GRADIENT: WasmFunction = {
  name: 'reluGradient',
  params: [I32, I32, I32],
  locals: [],
  body: each4([0, 1], 2, [
    ...op.get(0),
    ...load(0),
    ...load(1),
    ...op.zeros,
    ...op.greater4,
    ...op.and4,
    ...op.store4(0),
  ]),
};

function adam(): WasmFunction {
  const [w, g, m, v, count, alpha, beta1Rest, beta2Rest, epsilon] = [0, 1, 2, 3, 4, 5, 6, 7, 8] as const;
  const [gradient, first, second] = [9, 10, 11] as const;
  const moved = (moment: number, target: readonly number[], rest: number) => [
    ...load(moment),
    ...target,
    ...load(moment),
    ...op.sub4,
    ...op.get(rest),
    ...op.splat,
    ...op.mul4,
    ...op.add4,
  ];
  return {
    name: 'adam',
    params: [I32, I32, I32, I32, I32, F32, F32, F32, F32],
    locals: [V128, V128, V128],
    body: each4([w, g, m, v], count, [
      ...load(g),
      ...op.set(gradient),
      ...moved(m, op.get(gradient), beta1Rest),
      ...op.set(first),
      ...moved(v, [...op.get(gradient), ...op.get(gradient), ...op.mul4], beta2Rest),
      ...op.set(second),
      ...op.get(m),
      ...op.get(first),
      ...op.store4(0),
      ...op.get(v),
      ...op.get(second),
      ...op.store4(0),
      ...op.get(w),
      ...load(w),
      ...op.get(alpha),
      ...op.splat,
      ...op.get(first),
      ...op.mul4,
      ...op.get(second),
      ...op.sqrt4,
      ...op.get(epsilon),
      ...op.splat,
      ...op.add4,
      ...op.div4,
      ...op.sub4,
      ...op.store4(0),
    ]),
  };
}

const DESCEND: WasmFunction = {
  name: 'descend',
  params: [I32, I32, I32, F32],
  locals: [],
  body: each4([0, 1], 2, [
    ...op.get(0),
    ...load(0),
    ...load(1),
    ...op.get(3),
    ...op.splat,
    ...op.mul4,
    ...op.sub4,
    ...op.store4(0),
  ]),
};

let compiled: WebAssembly.Module | undefined;

/** Binds the kernels to a memory. */
export function bindKernels(memory: WebAssembly.Memory): Kernels {
  compiled ??= new WebAssembly.Module(writeWasmModule([...TILES, multiply(), RELU, RELU_GRADIENT, adam(), DESCEND]));
  // The module was written above: its exports are the functions named there.
  return new WebAssembly.Instance(compiled, { env: { memory } }).exports as Kernels;
}
