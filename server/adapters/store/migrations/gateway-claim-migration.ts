import type { Migration } from './migrations.ts';

/** Which device a radio code is, is asked of every device that is entered: without the index it takes longer with each of them. */
export const gatewayClaimMigration: Migration = {
  number: 24,
  name: 'gateways that fetch their secrets, identifiers without regard to capitals',
  sql: `
    ALTER TABLE gateways ADD COLUMN next_secret_hash TEXT;
    CREATE INDEX devices_by_folded_id ON devices (lower(id));
  `,
};
