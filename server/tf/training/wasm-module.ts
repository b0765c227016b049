/** Writes the bytes of a WebAssembly module: functions of whole numbers and floats over one imported memory. */

/** Value types by their code. */
export const I32 = 0x7f;
/** See {@link I32}. */
export const F32 = 0x7d;
/** See {@link I32}: four floats. */
export const V128 = 0x7b;

/** A function: its parameters and further locals by type, and its instructions. */
export type WasmFunction = {
  readonly name: string;
  readonly params: readonly number[];
  readonly locals: readonly number[];
  readonly body: readonly number[];
};

/** An unsigned number in LEB128. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest === 0 ? low : low | 0x80);
  } while (rest !== 0);
  return bytes;
}

/** Instructions, as far as our kernels use them. */
export const op = {
  get: (local: number) => [0x20, ...unsigned(local)],
  set: (local: number) => [0x21, ...unsigned(local)],
  /** A constant below 64: such a number is its own signed form. */
  i32: (value: number) => [0x41, value],
  add: [0x6a],
  sub: [0x6b],
  mul: [0x6c],
  lessThan: [0x48],
  isZero: [0x45],
  call: (index: number) => [0x10, ...unsigned(index)],
  /** Repeats while the condition holds; runs at least once. */
  repeat: (body: readonly number[], condition: readonly number[]) => [
    ...[0x03, 0x40],
    ...body,
    ...condition,
    ...[0x0d, 0x00],
    0x0b,
  ],
  when: (condition: readonly number[], then: readonly number[], otherwise: readonly number[]) => [
    ...condition,
    ...[0x04, 0x40],
    ...then,
    0x05,
    ...otherwise,
    0x0b,
  ],
  loadSplat: (offset: number) => simd(0x09, 2, offset),
  load4: (offset: number) => simd(0x00, 4, offset),
  store4: (offset: number) => simd(0x0b, 4, offset),
  splat: simdOp(0x13),
  zeros: [...simdOp(0x0c), ...new Array<number>(16).fill(0)],
  add4: simdOp(0xe4),
  sub4: simdOp(0xe5),
  mul4: simdOp(0xe6),
  div4: simdOp(0xe7),
  sqrt4: simdOp(0xe3),
  greater4: simdOp(0x44),
  /** The second of two where it is greater than the first, else the first: NaN stays NaN against a number. */
  max4: simdOp(0xeb),
  and4: simdOp(0x4e),
} as const;

function simdOp(code: number): number[] {
  return [0xfd, ...unsigned(code)];
}

function simd(code: number, align: number, offset: number): number[] {
  return [...simdOp(code), align, ...unsigned(offset)];
}

/** The bytes of a module that imports the memory `env.memory` and exports every function. */
export function writeWasmModule(functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ params }) => [0x60, ...vector(params.map((type) => [type])), 0]);
  const bodies = functions.map(({ locals, body }) => {
    const code = [...vector(locals.map((type) => [1, type])), ...body, 0x0b];
    return [...unsigned(code.length), ...code];
  });
  const memory = [...text('env'), ...text('memory'), 0x02, 0x00, ...unsigned(1)];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, vector(types)),
    ...section(2, vector([memory])),
    ...section(3, vector(functions.map((_, index) => unsigned(index)))),
    ...section(7, vector(functions.map(({ name }, index) => [...text(name), 0x00, ...unsigned(index)]))),
    ...section(10, vector(bodies)),
  ]);
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...unsigned(content.length), ...content];
}

function vector(items: readonly (readonly number[])[]): number[] {
  return [...unsigned(items.length), ...items.flat()];
}

function text(name: string): number[] {
  const bytes = new TextEncoder().encode(name);
  return [...unsigned(bytes.length), ...bytes];
}
