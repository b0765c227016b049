/**
 * One Transform at work: the splits as one relation with typed columns of its own naming, the analyses that fitting asks
 * for, and the fitted steps written out split by split.
 */

import * as z from 'zod';

import type { FeatureKind } from '../../lib/artifact/examples';
import { AppError } from '../../lib/errors';
import { valueFunction, type Vocabularies } from '../../lib/transform/apply-step';
import type { Analyzer, FittedTransform, RawColumn, StepInput } from '../../lib/transform/fit-transform';
import type { TransformKind, TransformStep } from '../../lib/transform/transform-graph';
import { sqlName } from './connection';
import type { ExamplesSource } from './examples-source';
import { execute, queryNumbers, queryRows, running, type DuckdbSession } from './query';
import {
  filledInput,
  readsTokens,
  TRANSFORM_MACROS,
  transformQuery,
  type ColumnSql,
  type LayeredStep,
} from './sql/transform-sql';

/** A split and its files. */
export type TransformSplit = { readonly name: string; readonly source: ExamplesSource; readonly isAnalyzed: boolean };

/** A raw column that some feature reads. `kindIfEmpty` is what it counts as where no row of any split has a value. */
export type WantedColumn = { readonly name: string; readonly kindIfEmpty: TransformKind };

type Column = RawColumn & { readonly name: string; readonly alias: string };

const SQL_TYPES: { readonly [K in TransformKind]: string } = { INT: 'BIGINT', FLOAT: 'FLOAT', STRING: 'VARCHAR' };

/** See the module. */
export class TransformSession {
  readonly columns: ReadonlyMap<string, Column>;
  private readonly steps = new Map<string, LayeredStep>();

  private constructor(
    private readonly session: DuckdbSession,
    private readonly splits: readonly TransformSplit[],
    wanted: readonly WantedColumn[],
  ) {
    this.columns = new Map(
      wanted.flatMap((column, index) => {
        const resolved = resolveColumn(splits, column, `raw_${index}`);
        return resolved === undefined ? [] : [[column.name, resolved] as const];
      }),
    );
  }

  /** Opens the splits. Throws `invalid-input` where a column has two kinds. Columns that no split has are left out. */
  static async open(
    session: DuckdbSession,
    splits: readonly TransformSplit[],
    wanted: readonly WantedColumn[],
  ): Promise<TransformSession> {
    await execute(session, TRANSFORM_MACROS);
    return new TransformSession(session, splits, wanted);
  }

  /** Measures the inputs of steps that are about to be fitted, over the analyzed splits. */
  readonly analyzer: Analyzer = {
    moments: (input) => this.moments(this.trainingValues(input)),
    range: (input) => this.range(this.trainingValues(input)),
    quantiles: (input, parts) => this.quantiles(this.trainingValues(input), parts),
    tokens: (input, limits) => this.tokens(this.trainingValues(input), limits, this.inputColumn(input).kind),
  };

  /** Adds a fitted step, and numbers the texts of all splits that it will look up. */
  async addStep(step: TransformStep, vocabularies: FittedTransform['vocabularies']): Promise<void> {
    const { sql, isList, depth } = this.inputColumn(step);
    const index = this.steps.size;
    const lookup = readsTokens(step) ? await this.numberTokens(step, index, vocabularies) : undefined;
    this.steps.set(step.name, {
      step,
      input: { sql, isList },
      output: `step_${index}`,
      depth: depth + 1,
      lookup,
    });
  }

  /** True where a feature holds a list in every row. */
  isList(feature: string): boolean {
    const layered = this.steps.get(feature);
    return layered !== undefined && (layered.step.op.type === 'one-hot' || layered.input.isList);
  }

  /** `SELECT` of features of one split under their column names, rows in the order of the split. */
  outputQuery(split: TransformSplit, names: ReadonlyMap<string, string>): string {
    const inner = transformQuery(
      this.relation([split]),
      [...this.steps.values()],
      [...this.steps.values()].map(({ output }) => output),
    );
    const outputs = [...this.steps].map(([name, { output, step }]) => {
      const list = this.isList(name) ? '[]' : '';
      return `${output}::${SQL_TYPES[step.kind]}${list} AS ${sqlName(names.get(name) ?? name)}`;
    });
    return `SELECT ${outputs.join(', ')} FROM (${inner})`;
  }

  private inputColumn({ column, from }: { readonly column: string; readonly from: 'raw' | 'feature' }) {
    if (from === 'raw') {
      const raw = this.columns.get(column);
      if (raw === undefined) throw new Error(`the column "${column}" was not asked for`);
      return { sql: raw.alias, isList: raw.isList, kind: raw.kind, depth: -1 };
    }
    const layered = this.steps.get(column);
    if (layered === undefined) throw new Error(`the feature "${column}" is not fitted yet`);
    return { sql: layered.output, isList: this.isList(column), kind: layered.step.kind, depth: layered.depth };
  }

  /** The raw columns of some splits, one below the other. */
  private relation(splits: readonly TransformSplit[]): string {
    const selects = splits.map(({ source }) => {
      const columns = [...this.columns.values()].map((column) => `${rawSql(source, column)} AS ${column.alias}`);
      return `SELECT ${columns.length === 0 ? '1 AS nothing' : columns.join(', ')} FROM ${source.relation}`;
    });
    return `(${selects.join(' UNION ALL ')})`;
  }

  private trainingValues(input: StepInput): string {
    const analyzed = this.splits.filter(({ isAnalyzed }) => isAnalyzed);
    return this.values(analyzed, input);
  }

  /** `SELECT v`: every value of an input with blanks filled, none of them null. */
  private values(splits: readonly TransformSplit[], input: StepInput): string {
    const { sql, isList } = this.inputColumn(input);
    const steps = [...this.steps.values()];
    const relation =
      input.from === 'raw' ? this.relation(splits) : `(${transformQuery(this.relation(splits), steps, [sql])})`;
    const filled: ColumnSql = filledInput(input.fillMissing === undefined ? {} : { fillMissing: input.fillMissing }, {
      sql,
      isList,
    });
    const v = isList ? `unnest(${filled.sql})` : filled.sql;
    return `SELECT v FROM (SELECT ${v} AS v FROM ${relation}) WHERE v IS NOT NULL`;
  }

  private async moments(values: string): ReturnType<Analyzer['moments']> {
    // Sums of doubles depend on their order, and the order on who comes first: one thread gives the same bytes each time.
    await execute(this.session, 'SET threads TO 1');
    try {
      const [mean, variance] = await queryNumbers(
        this.session,
        `SELECT coalesce(avg(v), 0), coalesce(var_pop(v), 0) FROM (SELECT v::DOUBLE AS v FROM (${values})) WHERE isfinite(v)`,
      );
      return { mean: mean?.[0] ?? 0, variance: variance?.[0] ?? 0 };
    } finally {
      await execute(this.session, 'RESET threads');
    }
  }

  private async range(values: string): ReturnType<Analyzer['range']> {
    const [low, high, nan] = await queryNumbers(
      this.session,
      `SELECT coalesce(min(v), 'inf'::DOUBLE), coalesce(max(v), '-inf'::DOUBLE), coalesce(max(isnan(v)::INT), 0)::DOUBLE
        FROM (SELECT v::DOUBLE AS v FROM (${values}))`,
    );
    if (nan?.[0] === 1) return { min: Number.NaN, max: Number.NaN };
    return { min: low?.[0] ?? Infinity, max: high?.[0] ?? -Infinity };
  }

  /** The smallest value whose rank is above k · n / parts, for k from 1 to parts − 1. */
  private async quantiles(values: string, parts: number): Promise<readonly number[]> {
    const numbers = `SELECT v::DOUBLE AS v FROM (${values}) WHERE NOT isnan(v::DOUBLE)`;
    const [counts] = await queryNumbers(this.session, `SELECT count(*)::DOUBLE FROM (${numbers})`);
    const count = counts?.[0] ?? 0;
    if (count === 0) return new Array<number>(parts - 1).fill(0);
    const ranks = Array.from({ length: parts - 1 }, (_, k) => Math.floor(((k + 1) * count) / parts));
    const distinct = [...new Set(ranks)];
    const [places = new Float64Array(), found = new Float64Array()] = await queryNumbers(
      this.session,
      `SELECT place::DOUBLE, v FROM (SELECT v, row_number() OVER (ORDER BY v) - 1 AS place FROM (${numbers}))
        WHERE place IN (${distinct.length === 0 ? '-1' : distinct.join(', ')}) ORDER BY place`,
    );
    const byRank = new Map(Array.from(places, (place, index) => [place, found[index] ?? 0]));
    return ranks.map((rank) => byRank.get(rank) ?? 0);
  }

  private async tokens(
    values: string,
    { topK, frequencyThreshold }: Parameters<Analyzer['tokens']>[1],
    kind: TransformKind,
  ): Promise<readonly string[]> {
    const text = kind === 'STRING' ? ` WHERE v <> '' AND NOT contains(v, chr(10)) AND NOT contains(v, chr(13))` : '';
    const rows = await queryRows(
      this.session,
      `SELECT token FROM (SELECT v::VARCHAR AS token, count(*) AS n FROM (${values})${text} GROUP BY 1)
        WHERE n >= ${frequencyThreshold} ORDER BY n DESC, token DESC${topK === undefined ? '' : ` LIMIT ${topK}`}`,
      z.object({ token: z.string() }),
    );
    return rows.map(({ token }) => token);
  }

  /** Numbers each different text once, and makes the numbers findable by it. */
  private async numberTokens(step: TransformStep, index: number, vocabularies: FittedTransform['vocabularies']) {
    const names = { type: `tokens_${index}`, numbers: `numbers_${index}` };
    const apply = valueFunction(step, toVocabularies(vocabularies));
    const type = step.kind === 'FLOAT' ? 'FLOAT' : 'BIGINT';
    await execute(this.session, `CREATE OR REPLACE TEMP TABLE ${names.type} (token VARCHAR, number ${type})`);
    const distinct = `SELECT DISTINCT v::VARCHAR AS token FROM (${this.values(this.splits, {
      column: step.column,
      from: step.from,
      fillMissing: step.fillMissing,
    })})`;
    await running(this.session, async ({ connection }) => {
      const appender = await connection.createAppender(names.type, undefined, 'temp');
      const result = await connection.stream(distinct);
      for await (const chunk of result) {
        chunk.visitColumnValues(0, (token) => {
          if (typeof token !== 'string') return;
          const number = apply(token);
          appender.appendVarchar(token);
          if (number === undefined) appender.appendNull();
          else if (type === 'FLOAT') appender.appendFloat(Number(number));
          else appender.appendBigInt(BigInt(number));
          appender.endRow();
        });
      }
      appender.closeSync();
    });
    // An enumeration needs a member.
    await execute(this.session, `INSERT INTO ${names.type} SELECT '', NULL WHERE NOT EXISTS (FROM ${names.type})`);
    await execute(
      this.session,
      `CREATE TYPE ${names.type} AS ENUM (SELECT token FROM temp.${names.type} ORDER BY token)`,
    );
    await execute(
      this.session,
      `SET VARIABLE ${names.numbers} = (SELECT list(number ORDER BY token) FROM temp.${names.type})`,
    );
    await execute(this.session, `DROP TABLE temp.${names.type}`);
    return names;
  }
}

/** The numbers of tokens, as the interpreter takes them. */
export function toVocabularies(vocabularies: FittedTransform['vocabularies']): Vocabularies {
  return new Map(
    [...vocabularies].map(([file, tokens]) => [file, new Map(tokens.map((token, number) => [token, number]))]),
  );
}

function resolveColumn(splits: readonly TransformSplit[], { name, kindIfEmpty }: WantedColumn, alias: string) {
  let kind: FeatureKind | undefined;
  let isList = false;
  for (const { name: split, source } of splits) {
    const column = source.columns.find((each) => each.name === name);
    if (column === undefined) continue;
    isList ||= column.isList;
    if (kind !== undefined && kind !== 'NONE' && column.kind !== 'NONE' && column.kind !== kind)
      throw new AppError(
        'invalid-input',
        `The column "${name}" is ${kind} in one split and ${column.kind} in "${split}".`,
        {
          nextStep: 'Make the examples again with one type per column.',
        },
      );
    if (kind === undefined || kind === 'NONE') kind = column.kind;
  }
  if (kind === undefined) return undefined;
  return { name, alias, isList, kind: kind === 'NONE' ? kindIfEmpty : kind };
}

/** A column of one split in the type that it has in all of them. */
function rawSql(source: ExamplesSource, { name, kind, isList }: Column): string {
  const column = source.columns.find((each) => each.name === name);
  const type = `${SQL_TYPES[kind]}${isList ? '[]' : ''}`;
  if (column === undefined || column.kind === 'NONE') return `NULL::${type}`;
  const raw = sqlName(column.column);
  // Bytes that are no text have no token.
  const decoded = !column.isBinary
    ? raw
    : column.isList
      ? `list_transform(${raw}, lambda b: TRY(decode(b)))`
      : `TRY(decode(${raw}))`;
  return column.isList === isList ? decoded : `CASE WHEN ${decoded} IS NULL THEN NULL ELSE [${decoded}] END`;
}
