/** The executor registry: one lazy import per component of the catalog. A missing or crossed key does not compile. */

import type { COMPONENTS, ComponentType } from '../../lib/catalog/index';
import type { Executor } from './executor';

/** Loads an executor when the first node run of its type starts in a node process. */
export type ExecutorLoader<T extends ComponentType> = () => Promise<Executor<(typeof COMPONENTS)[T]>>;

/** Complete by construction: every {@link ComponentType} has its loader. */
export const EXECUTORS: { readonly [T in ComponentType]: ExecutorLoader<T> } = {
  CsvExampleGen: async () => (await import('../executors/csv-example-gen')).csvExampleGen,
  ParquetExampleGen: async () => (await import('../executors/parquet-example-gen')).parquetExampleGen,
  ImportSchemaGen: async () => (await import('../executors/import-schema-gen')).importSchemaGen,
  StatisticsGen: async () => (await import('../executors/statistics-gen')).statisticsGen,
  SchemaGen: async () => (await import('../executors/schema-gen')).schemaGen,
  ExampleValidator: async () => (await import('../executors/example-validator')).exampleValidator,
  Transform: async () => (await import('../executors/transform')).transform,
  Trainer: async () => (await import('../executors/trainer')).trainer,
  Evaluator: async () => (await import('../executors/evaluator')).evaluator,
  Resolver: async () => (await import('../executors/resolver')).resolver,
  Pusher: async () => (await import('../executors/pusher')).pusher,
};
