import { mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { migrate } from './migrate.ts';
import { openDatabase } from './node-sqlite.ts';

const directory = mkdtempSync(join(tmpdir(), 'carebell-'));
const file = join(directory, 'carebell.db');
const writer = openDatabase(file, 'write');
migrate(writer);
const reader = openDatabase(file, 'read');
const plain = new DatabaseSync(file, { readOnly: true });
afterAll(() => {
  for (const db of [writer, reader, plain]) db.close();
  rmSync(directory, { recursive: true });
});

/** Some 20 MB of texts, in an order that no index has. */
const sorted = `WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 100000)
  SELECT hex(randomblob(100)) AS text FROM numbers ORDER BY text`;

/** The files that SQLite has open for what it has put aside, between the first row of a sort and its second. */
function putAside(db: DatabaseSync): string[] {
  const rows = db.prepare(sorted).iterate();
  expect(rows.next().done).toBe(false);
  const open = readdirSync('/proc/self/fd')
    .map(targetOf)
    .filter((target) => target.includes('etilqs'));
  rows.return?.();
  return open;
}

function targetOf(descriptor: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`);
  } catch {
    // The descriptor of the listing itself, closed since.
    return '';
  }
}

describe.runIf(process.platform === 'linux')('what SQLite puts aside while it sorts', () => {
  it('lies in a file where nobody asks for anything else', () => {
    expect(putAside(plain)).not.toEqual([]);
  });

  it('stays in memory, for who reads and who writes', () => {
    expect(putAside(reader)).toEqual([]);
    expect(putAside(writer)).toEqual([]);
  });
});
