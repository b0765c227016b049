/** The one list of shipped components. Palette, validation, plan, command line and engine all read it. */

import type { ComponentSpec } from './component-spec';
import { csvExampleGenSpec } from './csv-example-gen/spec';
import { evaluatorSpec } from './evaluator/spec';
import { exampleValidatorSpec } from './example-validator/spec';
import { importSchemaGenSpec } from './import-schema-gen/spec';
import { parquetExampleGenSpec } from './parquet-example-gen/spec';
import { pusherSpec } from './pusher/spec';
import { resolverSpec } from './resolver/spec';
import { schemaGenSpec } from './schema-gen/spec';
import { statisticsGenSpec } from './statistics-gen/spec';
import { trainerSpec } from './trainer/spec';
import { transformSpec } from './transform/spec';

/** Every shipped component by type, in the order of the palette. */
export const COMPONENTS = {
  CsvExampleGen: csvExampleGenSpec,
  ParquetExampleGen: parquetExampleGenSpec,
  ImportSchemaGen: importSchemaGenSpec,
  StatisticsGen: statisticsGenSpec,
  SchemaGen: schemaGenSpec,
  ExampleValidator: exampleValidatorSpec,
  Transform: transformSpec,
  Trainer: trainerSpec,
  Evaluator: evaluatorSpec,
  Resolver: resolverSpec,
  Pusher: pusherSpec,
} as const satisfies { readonly [type: string]: ComponentSpec };

/** Type name of a shipped component. */
export type ComponentType = keyof typeof COMPONENTS;

/** A catalog: component specs by type. Tests add their own beside the shipped one. */
export type Catalog = { readonly [type: string]: ComponentSpec };
