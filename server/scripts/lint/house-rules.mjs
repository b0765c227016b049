/**
 * The rules of this house that no linter ships (HOUSE H9–H14), for oxlint. Each is shown by a planted mistake in
 * lint-plants.test.ts, which lints it with the real configuration.
 */

import { looks } from './looks.mjs';
import { names } from './names.mjs';
import { tests } from './tests.mjs';
import { types } from './types.mjs';

export default { meta: { name: 'house' }, rules: { ...looks, ...names, ...tests, ...types } };
