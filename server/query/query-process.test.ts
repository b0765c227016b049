import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { EXAMPLES_META_KEY, type ExamplesMeta } from '../../lib/artifact/examples';
import { openDuckdb, sqlText } from '../duckdb/connection';
import { bundleSource, startNode } from '../testing/run-source';
import { tempFolder } from '../testing/temp-folder';
import { waitFor } from '../testing/wait-for';
import { askQueryProcess } from './client';

const ROWS = 5_000;
const META: ExamplesMeta = {
  version: 1,
  record: 'typed-lists',
  columns: [
    { name: 'id', column: 'id', kind: 'INT', nullMeans: 'missing' },
    { name: 'Share', column: 'share', kind: 'FLOAT', nullMeans: 'missing' },
    { name: 'text', column: 'text', kind: 'STRING', nullMeans: 'missing' },
  ],
};
const EXAMPLES = { folder: 'examples/one', split: 'train' };

const home = tempFolder();
const store = path.join(home.path, 'artifacts');
const socket = path.join(home.path, 'run/query.sock');
const parquet = path.join(store, EXAMPLES.folder, 'Split-train/data-00000-of-00001.parquet');
let bundle = '';
let running: ReturnType<typeof startNode> | undefined;

const sql = (statement: string, options: { readonly timeoutMs?: number; readonly limit?: number } = {}) =>
  askQueryProcess({ type: 'sql', sql: statement, tables: { t: EXAMPLES }, limit: 100, ...options }, { socket });
const rows = (folder: string, split = 'train') =>
  askQueryProcess({ type: 'rows', folder, split, offset: 0, limit: 10 }, { socket });
const ping = () => askQueryProcess({ type: 'ping' }, { socket });

async function startQueryProcess(): Promise<void> {
  running = startNode(bundle, [], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...process.env,
      SLUICE_DATA: home.path,
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
      SLUICE_NONCE: 'test',
      SLUICE_QUERY_SOCKET: socket,
    },
  });
  await waitFor('the query process answers', () => ping().catch(() => undefined));
}

beforeAll(async () => {
  mkdirSync(path.dirname(parquet), { recursive: true });
  mkdirSync(path.join(home.path, 'run'), { recursive: true });
  await using database = await openDuckdb({ memoryMb: 200, threads: 1, tempFolder: home.path });
  await database.connection.run(
    `copy (select range as id, (range / 10)::float as share, if(range % 2 = 0, null, 'row ' || range) as text
           from range(${ROWS}))
     to ${sqlText(parquet)} (format parquet, kv_metadata {${sqlText(EXAMPLES_META_KEY)}: ${sqlText(JSON.stringify(META))}})`,
  );
  bundle = await bundleSource('server/query/main.ts');
  await startQueryProcess();
});

afterAll(async () => {
  running?.child.kill('SIGTERM');
  await running?.ended;
  home[Symbol.dispose]();
});

describe('rows of an artifact', () => {
  it('come page by page in their order, with the names and kinds of the features', async () => {
    const page = await askQueryProcess({ type: 'rows', ...EXAMPLES, offset: 2, limit: 2 }, { socket });
    expect(page).toEqual({
      columns: [
        { name: 'id', kind: 'INT' },
        { name: 'Share', kind: 'FLOAT' },
        { name: 'text', kind: 'STRING' },
      ],
      rows: [
        [2, 0.2, null],
        [3, 0.3, 'row 3'],
      ],
      totalRows: ROWS,
      truncated: false,
    });
  });

  it('end where the split ends', async () => {
    const page = await askQueryProcess({ type: 'rows', ...EXAMPLES, offset: ROWS, limit: 5 }, { socket });
    expect(page.rows).toEqual([]);
  });

  it('are looked for inside the artifact store only', async () => {
    await expect(rows('../..')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(rows('/etc')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(rows('examples/one', '/../../../..')).rejects.toMatchObject({ code: 'forbidden' });
    const outside = path.join(home.path, 'outside');
    mkdirSync(outside);
    writeFileSync(path.join(outside, 'data.parquet'), '');
    mkdirSync(path.join(store, 'linked'), { recursive: true });
    symlinkSync(outside, path.join(store, 'linked/Split-train'));
    await expect(rows('linked')).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('are missed with a next step when they are gone', async () => {
    await expect(rows('examples/none')).rejects.toMatchObject({
      code: 'artifact-missing',
      nextStep: expect.stringContaining('Run the pipeline again') as unknown,
    });
  });
});

describe('a statement that a person typed', () => {
  it('sees the tables it was given', async () => {
    const answer = await sql('select count(*) as rows, max(id) as last, avg(share) as mean from t');
    expect(answer.rows).toEqual([[ROWS, ROWS - 1, expect.closeTo(249.95, 4)]]);
    expect(answer.columns.map(({ name }) => name)).toEqual(['rows', 'last', 'mean']);
  });

  it.each([
    ["select * from read_csv('/etc/passwd')"],
    ["select * from read_text('/etc/passwd')"],
    ["select * from read_blob('/proc/self/environ')"],
    ["select * from '/etc/passwd'"],
    ["select * from glob('/etc/*')"],
    ["select * from sniff_csv('/etc/passwd')"],
    ["select * from parquet_metadata('/etc/passwd')"],
    ["select * from query('select * from read_text(''/etc/passwd'')')"],
    ["select * from query_table('/etc/passwd')"],
    ["select getenv('DATABASE_URL')"],
    ["attach '/tmp/sluice-escape.db'"],
    ["copy t to '/tmp/sluice-escape.csv'"],
    [`copy (select 1 as id) to '${parquet}' (format parquet)`],
    ["export database '/tmp/sluice-escape'"],
    ['install httpfs'],
    ["load '/tmp/sluice-escape.so'"],
    ['pragma enable_profiling'],
    ['set enable_external_access = true'],
    ['set allowed_paths = []'],
    ['reset lock_configuration'],
    ['create table x as select 1'],
    ['drop view t'],
    ['delete from t'],
    ['call pragma_version()'],
    ["prepare p as select * from read_text('/etc/passwd')"],
    ['select 1; drop view t'],
    ['explain analyze select 1'],
    ['not even sql'],
    [''.padEnd(10)],
  ])('is refused: %s', async (statement) => {
    const before = readFileSync(parquet);
    await expect(sql(statement)).rejects.toMatchObject({
      code: expect.stringMatching(/^(forbidden|invalid-input)$/) as unknown,
    });
    expect(readFileSync(parquet).equals(before)).toBe(true);
    expect(['.db', '.csv', ''].some((end) => existsSync(`/tmp/sluice-escape${end}`))).toBe(false);
  });

  it('gets as many rows as were asked for, and is told that there were more', async () => {
    const answer = await sql('select * from range(100000000)', { limit: 3 });
    expect(answer).toMatchObject({ rows: [[0], [1], [2]], truncated: true });
  });

  it('gets no more bytes than an answer may have', async () => {
    const answer = await sql("select repeat('x', 5000) as a, repeat('y', 5000) as b from range(1000)", {
      limit: 1_000,
    });
    expect(answer.truncated).toBe(true);
    expect(JSON.stringify(answer).length).toBeLessThan(2_100_000);
  });

  it('is ended when it takes too long', async () => {
    const endless = 'select count(*) from range(1000000000) a, range(1000000) b where a.range + b.range = -1';
    await expect(sql(endless, { timeoutMs: 200 })).rejects.toMatchObject({ code: 'timed-out' });
    await expect(ping()).resolves.toBeDefined();
  });

  it('is ended when whoever asked has gone', async () => {
    const controller = new AbortController();
    const endless = 'select count(*) from range(1000000000) a, range(1000000) b where a.range + b.range = -1';
    const asked = askQueryProcess(
      { type: 'sql', sql: endless, tables: {}, limit: 1, timeoutMs: 60_000 },
      { socket, signal: controller.signal },
    );
    const spilled = () => readdirSync(path.join(home.path, 'run/query.tmp')).length;
    await waitFor('the statement runs', () => spilled() > 0);
    controller.abort();
    await expect(asked).rejects.toMatchObject({ code: 'canceled' });
    await waitFor('the statement has ended', () => spilled() === 0);
  });

  it('cannot take more memory than a query may use', async () => {
    await expect(sql('select list(range) from range(500000000)', { timeoutMs: 30_000 })).rejects.toMatchObject({
      code: expect.stringMatching(/^(invalid-input|timed-out)$/) as unknown,
    });
    await expect(ping()).resolves.toBeDefined();
  });

  it('never learns a value from an error', async () => {
    const failure = sql("select text::integer from t where text = 'row 1'");
    await expect(failure).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(failure).rejects.not.toMatchObject({ message: expect.stringContaining('row 1') as unknown });
  });
});

describe('the process', () => {
  it('lets only its owner open the socket', () => {
    expect(statSync(socket).mode & 0o777).toBe(0o600);
  });

  it('refuses what it does not know', async () => {
    await expect(
      askQueryProcess({ type: 'rows', folder: 'a', split: 'b', offset: -1, limit: 1 }, { socket }),
    ).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('answers questions that come at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => sql(`select ${n} from t limit 1`)));
    expect(answers.map((answer) => answer.rows[0]?.[0])).toEqual(Array.from({ length: 20 }, (_, n) => n));
  });

  it('costs one answer when it is killed, and its successor takes over the socket', async () => {
    const endless = 'select count(*) from range(1000000000) a, range(1000000) b where a.range + b.range = -1';
    const lost = sql(endless, { timeoutMs: 60_000 });
    const failed = expect(lost).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    await ping();
    running?.child.kill('SIGKILL');
    await failed;
    await startQueryProcess();
    await expect(sql('select count(*) from t')).resolves.toMatchObject({ rows: [[ROWS]] });
  });

  it('takes its socket and its spilled files with it when it is asked to end', async () => {
    running?.child.kill('SIGTERM');
    await running?.ended;
    expect(existsSync(socket)).toBe(false);
    expect(existsSync(path.join(home.path, 'run/query.tmp'))).toBe(false);
  });

  it('ends with its launcher, even in the middle of a statement', async () => {
    await startQueryProcess();
    const endless = 'select count(*) from range(1000000000) a, range(1000000) b where a.range + b.range = -1';
    const lost = expect(sql(endless, { timeoutMs: 60_000 })).rejects.toMatchObject({ code: 'unavailable' });
    await ping();
    running?.child.disconnect();
    await running?.ended;
    await lost;
  });
});
