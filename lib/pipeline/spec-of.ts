/** Looking up a component by a name that comes from outside. */

import type { ComponentSpec } from '../catalog/component-spec';
import type { Catalog } from '../catalog/index';

/** The spec of a component, or undefined: a name from outside must not reach what every object inherits. */
export function specOf(catalog: Catalog, component: string): ComponentSpec | undefined {
  return Object.hasOwn(catalog, component) ? catalog[component] : undefined;
}
