/** What the page and the worker that runs a model say to each other. */

import type { ModelInfo } from '../../lib/artifact/model-info';
import type { ErrorInfo } from '../../lib/errors';
import type { FormField } from '../../lib/model/model-form';
import type { TransformRow } from '../../lib/transform/apply-transform';

/** What is said of some rows. */
export type RowAnswers = {
  /** As many numbers for each row as the model has outputs, row by row. */
  readonly outputs: Float32Array;
  /** What is true of each row: the number of its class, or its number; NaN where the row does not say. */
  readonly labels: Float64Array;
};

/** The raw column that the label is computed from. */
export type LabelColumn = Pick<FormField, 'column' | 'kind' | 'isList'>;

/** What runs the layers. */
export type BackendName = 'wasm' | 'cpu';

/** To the worker. `open` comes first, once. */
export type ModelRequest =
  | { readonly type: 'open'; readonly origin: string; readonly artifactId: string }
  | { readonly type: 'predict'; readonly id: number; readonly rows: readonly TransformRow[] };

/** A model that is ready. */
export type OpenedModel = {
  readonly info: ModelInfo;
  readonly fields: readonly FormField[];
  /** The raw column that the label is computed from. */
  readonly label: LabelColumn | undefined;
  readonly backend: BackendName;
};

/** From the worker. A failure with an id is of that prediction, one without of the model. */
export type ModelReply =
  | ({ readonly type: 'opened' } & OpenedModel)
  | ({ readonly type: 'predicted'; readonly id: number } & RowAnswers)
  | { readonly type: 'failed'; readonly id?: number; readonly error: ErrorInfo };
