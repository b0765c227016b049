/** Constants of the optimizers, as Keras sets them. */

/** How weights follow their gradients. */
export type Optimizer = { readonly type: 'adam' | 'sgd'; readonly learningRate: number };

/** Decay of Adam's mean of the gradients. */
export const BETA_1 = 0.9;
/** Decay of Adam's mean of their squares. */
export const BETA_2 = 0.999;
/** Keeps Adam from dividing by zero. */
export const EPSILON = 1e-7;

/** From here on β₂ᵗ is below 10⁻⁸: the correction is 1 in single precision. */
const LAST_CORRECTED = 20_000;
let corrections: Float64Array | undefined;

/** What the learning rate is multiplied by at step `t` ≥ 1: √(1 − β₂ᵗ) / (1 − β₁ᵗ). */
export function biasCorrection(t: number): number {
  corrections ??= Float64Array.from({ length: LAST_CORRECTED }, (_, step) =>
    step === 0 ? 1 : Math.sqrt(1 - BETA_2 ** step) / (1 - BETA_1 ** step),
  );
  return t < LAST_CORRECTED ? (corrections[t] ?? 1) : 1;
}
