import type { Migration } from './migrations.ts';

/** The month of a report is a range of presses; only alarms are in the index, not the events that devices send all day. */
export const reportMigration: Migration = {
  number: 8,
  name: 'alarms by the time of the press',
  sql: `CREATE INDEX alarms_by_press ON alarms (pressed_at, id);`,
};
