/** Lets a pushed version predict rows of a file. Loads TensorFlow.js: for the command line, never for the web process. */

import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { AppError } from '../../lib/errors';
import { modelColumns, readCsvRows, readJsonRows, type RawRows } from '../../lib/model/raw-rows';
import type { ModelInfo } from '../../lib/artifact/model-info';
import { openModel } from '../tf/open-model';

/** What a model says of one row: a probability, a number, or the class with the best score and the scores of all. */
export type RowPrediction = {
  readonly prediction: number | string;
  readonly scores?: { readonly [label: string]: number };
};

/** What a model says of a file. */
export type FilePredictions = {
  readonly info: ModelInfo;
  readonly predictions: readonly RowPrediction[];
  readonly ignored: readonly string[];
  readonly missing: readonly string[];
};

/** Predicts every row of a file of CSV or JSON lines with the model in a folder. */
export async function predictFile(folder: string, place: string): Promise<FilePredictions> {
  const model = await openModel(folder);
  try {
    const raw = await readRows(place, model.transform.graph);
    if (raw.rows === 0)
      throw new AppError('invalid-input', `${place} holds no rows.`, { nextStep: 'Give a file with rows to predict.' });
    const values = await model.predict(raw.columns, raw.rows);
    const predictions = Array.from({ length: raw.rows }, (_, row) =>
      describe(model.info, values.subarray(row * model.outputs, (row + 1) * model.outputs)),
    );
    return { info: model.info, predictions, ignored: raw.ignored, missing: raw.missing };
  } finally {
    model.dispose();
  }
}

async function readRows(place: string, graph: Parameters<typeof modelColumns>[0]): Promise<RawRows> {
  const read = { '.csv': readCsvRows, '.jsonl': readJsonRows, '.ndjson': readJsonRows }[
    path.extname(place).toLowerCase()
  ];
  if (read === undefined)
    throw new AppError('invalid-input', `${place} is neither CSV nor JSON lines by its name.`, {
      nextStep: 'Give a file whose name ends in .csv or .jsonl.',
    });
  const bytes = await readFile(place).catch((cause: unknown) => {
    throw new AppError('not-found', `The file ${place} cannot be read.`, { nextStep: 'Check the path.', cause });
  });
  return read({ name: path.basename(place), bytes }, modelColumns(graph));
}

function describe({ task, label }: ModelInfo, values: Float64Array): RowPrediction {
  if (task !== 'multi-class') return { prediction: portable(values[0] ?? Number.NaN) };
  const classes = label.classes ?? [];
  const best = values.reduce((winner, value, index) => (value > (values[winner] ?? -Infinity) ? index : winner), 0);
  return {
    prediction: classes[best] ?? best,
    scores: Object.fromEntries(classes.map((name, index) => [String(name), values[index] ?? Number.NaN])),
  };
}

/** JSON has no NaN and no infinities: they travel as text. */
function portable(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}
