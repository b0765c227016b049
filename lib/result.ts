/** The outcome of a parser or a check that returns its reasons instead of throwing them. */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** A successful {@link Result}. */
export function ok<T>(value: T): Result<T, never> {
  return { ok: true, value };
}

/** A failed {@link Result}. */
export function err<E>(error: E): Result<never, E> {
  return { ok: false, error };
}
