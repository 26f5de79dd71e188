import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { openSqliteJournal } from '../sqlite/sqlite-journal.ts';
import type { Work } from '../../journal/journal-port.ts';

const by = { actorId: 'u1', scope: 'all' } as const;
const station = { id: 's1', level: 'station', name: '站', parentId: 'root', phone: null } as const;
const dwelling = { id: 'd1', stationId: 's1', address: '康定路 1 号', access: '', grid: null };
const resident = {
  id: 'r1',
  dwellingId: 'd1',
  name: '单美玲',
  phone: null,
  birthYear: null,
  riskGroups: [],
  medicalNotes: '',
  handlingNotes: '',
  contacts: [],
};
const registry: Work[] = [
  { name: 'createOrganisation', input: { ...by, organisation: station } },
  { name: 'createDwelling', input: { ...by, dwelling } },
  { name: 'createResident', input: { ...by, resident } },
];

it('a data directory from before there was a search can be searched after the next start', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'carebell-search-'));
  const file = join(folder, 'carebell.db');
  const journal = await openSqliteJournal(file);
  await journal.commit(registry, Date.UTC(2026, 2, 14));
  await journal.close();
  const db = new DatabaseSync(file);
  const entries = () => db.prepare('SELECT * FROM search_entries ORDER BY kind, id').all();
  const written = entries();
  expect(written).toMatchObject([
    { kind: 'dwelling', id: 'd1', station_id: 's1' },
    { kind: 'resident', id: 'r1', station_id: 's1', text: expect.stringContaining('\nshanmeiling\nsml') },
  ]);
  db.exec('DELETE FROM search_entries');

  await (await openSqliteJournal(file)).close();
  expect(entries()).toEqual(written);
  db.close();
  rmSync(folder, { recursive: true });
});
