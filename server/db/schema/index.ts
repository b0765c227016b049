/** Every table, for Drizzle and for migrations. */
export * from './artifacts';
export * from './models';
export * from './pipelines';
export * from './runs';
export * from './schema-versions';
export * from './workers';
