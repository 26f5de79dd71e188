import type { Migration } from './migrations.ts';

/** Where the hub's clock stood last, of which start of the machine, and how long that ran by then. */
export const hubClockMigration: Migration = {
  number: 27,
  name: 'the clock of the hub',
  sql: `
    CREATE TABLE hub_clock (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      at INTEGER NOT NULL,
      boot TEXT,
      uptime_ms INTEGER NOT NULL
    );
  `,
};
