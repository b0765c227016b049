/** Which output may feed which input. */

import type { PortSpec } from '../catalog/component-spec';

/** What travels between ports, with what a person calls it. */
export type PortMismatch = { readonly needs: string; readonly gets: string };

/** Undefined when an output of this type may feed the input, else what it needs and gets. Types must be equal. */
export function portMismatch(output: PortSpec, input: PortSpec): PortMismatch | undefined {
  return output.type === input.type ? undefined : { needs: input.type, gets: output.type };
}
