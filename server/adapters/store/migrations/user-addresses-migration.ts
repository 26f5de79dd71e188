import type { Migration } from './migrations.ts';

export const userAddressesMigration: Migration = {
  number: 7,
  name: 'where users are notified',
  sql: `
    CREATE TABLE user_addresses (
      user_id TEXT PRIMARY KEY REFERENCES users (id),
      addresses TEXT NOT NULL
    );
    CREATE INDEX notifications_finished ON notifications (created_at) WHERE due_at IS NULL AND channels <> '[]';
  `,
};
