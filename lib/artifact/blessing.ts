/** `ModelBlessing`: whether a model may go on. The file beside it (`BLESSED`, `NOT_BLESSED`) is for other tools. */

import type { ArtifactProperties } from './artifact';

/** True when a blessing is given: TFX's custom property `blessed` is 1. One without the property is none. */
export function isBlessing({ properties }: { readonly properties: ArtifactProperties }): boolean {
  return properties['blessed'] === 1;
}
