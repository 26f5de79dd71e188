import { expect, it } from 'vitest';
import type { Places } from '../store/kept-queries.ts';
import { keepStatements } from './kept-statements.ts';
import { kyselyOn } from './kysely-on.ts';
import { migrate } from './migrate.ts';
import { openDatabase } from './node-sqlite.ts';

const db = openDatabase(':memory:', 'write');
migrate(db);
const queries = kyselyOn(db);
const kept = keepStatements(db);

it('a kept query is written once and takes the values of each run, also the same one twice', async () => {
  let written = 0;
  const insert = kept.changes((row: Places<{ organisation_id: string; policies: string; version: number }>) =>
    queries.insertInto('escalation_policies').values(row),
  );
  const between = kept.rows((of: Places<{ id: string; version: number }>) => {
    written += 1;
    return queries
      .selectFrom('escalation_policies')
      .select(['organisation_id', 'version'])
      .where('organisation_id', '>=', of.id)
      .where('organisation_id', '<=', of.id)
      .where('version', '=', of.version);
  });
  expect(await insert({ organisation_id: 'a', policies: '[]', version: 1 })).toBe(1);
  expect(await insert({ version: 2, organisation_id: 'b', policies: '[]' })).toBe(1);

  expect(await between({ id: 'a', version: 1 })).toEqual([{ organisation_id: 'a', version: 1 }]);
  expect(await between({ version: 2, id: 'b' })).toEqual([{ organisation_id: 'b', version: 2 }]);
  expect(await between({ id: 'b', version: 1 })).toEqual([]);
  expect(written).toBe(1);
});

it('a kept query refuses to run without one of its values', async () => {
  const find = kept.rows((of: Places<Record<string, string>>) =>
    queries
      .selectFrom('duty')
      .select('user_id')
      .where('organisation_id', '=', of['id'] ?? ''),
  );
  await find({ id: 'a' });
  await expect(find({})).rejects.toThrow('lacks a value');
});
