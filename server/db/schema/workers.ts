/** Worker processes and the node processes they forked: who is alive, and what to end when one is not. */

import { index, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

const moment = (name: string) => timestamp(name, { withTimezone: true });

/** One row per worker process. */
export const workers = pgTable('workers', {
  id: text().primaryKey(),
  pid: integer().notNull(),
  startedTicks: text('started_ticks').notNull(),
  host: text().notNull(),
  startedAt: moment('started_at').notNull().defaultNow(),
  heartbeatAt: moment('heartbeat_at').notNull().defaultNow(),
});

/** Node processes, warm or working: a worker that starts ends those whose worker is gone before it offers work again. */
export const nodeProcesses = pgTable(
  'node_processes',
  {
    host: text().notNull(),
    pid: integer().notNull(),
    startedTicks: text('started_ticks').notNull(),
    workerId: text('worker_id').notNull(),
    /** Value of `SLUICE_NODE_PROCESS` in its environment, which its children inherit wherever they move. */
    marker: text().notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.host, table.pid, table.startedTicks] }),
    index('node_processes_by_worker').on(table.workerId),
  ],
);
