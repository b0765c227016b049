import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';

import { openTestDatabase } from '../testing/test-database';
import { statementName, withName } from './preparing-client';

it('prepares a parametrised statement once per connection and answers as before', async () => {
  await using database = await openTestDatabase();
  const answers = await database.db.transaction(async (tx) => {
    const ask = (n: number) => tx.execute<{ n: number }>(sql`select ${n}::int + 1 as n`);
    const rows = [await ask(1), await ask(2), await ask(3)].map((result) => result.rows[0]?.n);
    const prepared = await tx.execute(sql`select 1 from pg_prepared_statements where statement like '%::int + 1 as n'`);
    return { rows, prepared: prepared.rows.length };
  });
  expect(answers).toEqual({ rows: [2, 3, 4], prepared: 1 });
});

it('leaves alone what has a name, no values, or is text', () => {
  expect(withName('select 1', [1])).toBe('select 1');
  for (const request of [{ text: 'begin' }, { text: 'select $1', name: 'mine' }]) {
    expect(withName(request, request.text === 'begin' ? [] : [1])).toBe(request);
  }
  expect(withName({ text: 'select $1' }, [1])).toEqual({ text: 'select $1', name: statementName('select $1') });
});
