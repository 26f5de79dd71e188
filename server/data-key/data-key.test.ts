import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../adapters/open-store.ts';
import { createReads } from '../adapters/store/all-reads.ts';
import { openSqliteJournal } from '../adapters/sqlite/sqlite-journal.ts';
import { readConfig } from '../config.ts';
import type { JournalPort, Work } from '../journal/journal-port.ts';
import { checkKeys, forgetOldKeys, rotateKey } from './compose.ts';

const at = Date.UTC(2026, 2, 14, 8);
const troubled = (event: string, error: unknown): never => {
  throw new Error(event, { cause: error });
};
const secrets = ['青霉素过敏', '先大声敲门', '13900000503', '门锁密码2580', '13900000502', '王丽'];
let dataDir: string;

const config = () => readConfig({ CAREBELL_DATA_DIR: dataDir });
const organisation = (id: string, level: string, parentId: string) =>
  ({
    name: 'createOrganisation',
    input: {
      scope: 'all',
      actorId: 'hub',
      organisation: { id, level, name: id, parentId, phone: null, latitude: null, longitude: null },
    },
  }) as unknown as Work;
const dwelling = {
  name: 'createDwelling',
  input: {
    scope: 'all',
    actorId: 'hub',
    dwelling: {
      id: 'd1',
      stationId: 's1',
      address: '安宁路1号',
      access: '门锁密码2580',
      grid: null,
      area: 'centre',
      latitude: null,
      longitude: null,
    },
  },
} as unknown as Work;
const resident = {
  name: 'createResident',
  input: {
    scope: 'all',
    actorId: 'hub',
    resident: {
      id: 'r1',
      dwellingId: 'd1',
      name: '王秀英',
      phone: '13900000502',
      birthYear: null,
      riskGroups: [],
      medicalNotes: '青霉素过敏',
      handlingNotes: '先大声敲门',
      contacts: [{ name: '王丽', relation: '女儿', phone: '13900000503', hasKey: true }],
    },
  },
} as unknown as Work;

async function enter(journal: JournalPort): Promise<void> {
  const works = [
    organisation('x1', 'district', 'root'),
    organisation('t1', 'street', 'x1'),
    organisation('s1', 'station', 't1'),
  ];
  const { outcomes } = await journal.commit([...works, dwelling, resident], at);
  expect(outcomes.map((outcome) => (outcome.ok ? outcome.result : outcome.error))).toMatchObject(
    Array.from({ length: 5 }, () => ({ ok: true })),
  );
}

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'carebell-data-key-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

/** Which of the secrets lie readable in any file of the data directory. */
function readable(): string[] {
  const files = readdirSync(dataDir).filter((name) => name.startsWith('carebell.db'));
  const bytes = files.map((name) => readFileSync(join(dataDir, name)));
  return secrets.filter((secret) => bytes.some((content) => content.includes(secret)));
}

async function seen() {
  const { journal, reader, lock } = await openStore(config(), { now: () => at }, troubled);
  const reads = createReads(reader.db);
  const found = await reads.search.find({
    terms: [['13900000503']],
    scope: 'all',
    limit: 5,
    kinds: ['resident'],
  });
  const answer = {
    resident: await reads.registry.resident('r1'),
    dwelling: await reads.registry.dwelling('d1'),
    found: found.residents.map(({ id }) => id),
  };
  await reader.close();
  await journal.close();
  lock.release();
  return answer;
}

const whole = {
  resident: {
    phone: '13900000502',
    medicalNotes: '青霉素过敏',
    handlingNotes: '先大声敲门',
    contacts: [{ name: '王丽', phone: '13900000503' }],
  },
  dwelling: { access: '门锁密码2580' },
  found: ['r1'],
};

describe('the store', () => {
  it('holds no medical note, door code or telephone number that can be read in its files', async () => {
    const { journal, reader, generatedDataKey, lock } = await openStore(
      config(),
      { now: () => at },
      troubled,
    );
    await enter(journal);
    expect(generatedDataKey).toBe(join(dataDir, 'data.key'));
    expect(statSync(join(dataDir, 'data.key')).mode & 0o777).toBe(0o600);
    expect(readable()).toEqual([]);
    await reader.close();
    await journal.close();
    lock.release();
    expect(readable()).toEqual([]);
    expect(await seen()).toMatchObject(whole);
  });

  it('seals what a hub before it left readable, at its first start with a key', async () => {
    const journal = await openSqliteJournal(join(dataDir, 'carebell.db'));
    await enter(journal);
    await journal.close();
    expect(readable()).toHaveLength(secrets.length);
    expect(await seen()).toMatchObject(whole);
    expect(readable()).toEqual([]);
  });

  it('seals what a hub before it, with the same key, left readable in a column that is sealed from now on', async () => {
    const { journal, reader, lock } = await openStore(config(), { now: () => at }, troubled);
    await enter(journal);
    await reader.close();
    await journal.close();
    lock.release();
    {
      using db = new DatabaseSync(join(dataDir, 'carebell.db'));
      db.exec("UPDATE residents SET handling_notes = '先大声敲门'");
      db.exec("DELETE FROM sealed_columns WHERE name = 'residents.handling_notes'");
    }
    expect(readable()).toEqual(['先大声敲门']);
    expect(await seen()).toMatchObject(whole);
    expect(readable()).toEqual([]);
    expect(checkKeys(config())).toMatchObject({ missing: [], faults: [] });
  });

  it('is not opened without its key, nor with another one, and makes no new one in its place', async () => {
    await seen();
    const key = readFileSync(join(dataDir, 'data.key'));
    rmSync(join(dataDir, 'data.key'));
    await expect(openStore(config(), { now: () => at }, troubled)).rejects.toMatchObject({
      code: 'data-key-missing',
    });
    expect(existsSync(join(dataDir, 'data.key'))).toBe(false);
    writeFileSync(join(dataDir, 'data.key'), 'nonsense');
    await expect(openStore(config(), { now: () => at }, troubled)).rejects.toMatchObject({
      code: 'data-key-unusable',
    });
    writeFileSync(join(dataDir, 'data.key'), key);
    await seen();
  });

  it('goes on without a cell that was copied from another row, and says which it is when it is asked', async () => {
    const { journal, reader, lock } = await openStore(config(), { now: () => at }, troubled);
    await enter(journal);
    await reader.close();
    await journal.close();
    lock.release();
    {
      using db = new DatabaseSync(join(dataDir, 'carebell.db'));
      db.exec("UPDATE residents SET medical_notes = handling_notes, contacts = phone WHERE id = 'r1'");
    }
    const { resident: shown } = await seen();
    expect(shown).toMatchObject({
      medicalNotes: '〔无法解密 / cannot be opened〕',
      contacts: [],
      phone: '13900000502',
    });
    expect(checkKeys(config())).toMatchObject({
      faults: [
        { column: 'residents.medical_notes', row: 'r1' },
        { column: 'residents.contacts', row: 'r1' },
      ],
    });
  });
});

describe('a new key', () => {
  it('seals everything at the next start; the old one is forgotten only after that', async () => {
    const { journal, reader, lock } = await openStore(config(), { now: () => at }, troubled);
    await enter(journal);
    await reader.close();
    await journal.close();
    lock.release();
    const before = readFileSync(join(dataDir, 'data.key'), 'utf8');
    expect(rotateKey(config())).toMatchObject({ ok: true, keys: [expect.any(String), expect.any(String)] });
    expect(forgetOldKeys(config())).toMatchObject({ ok: false, reason: 'not-in-use-yet' });
    expect(await seen()).toMatchObject(whole);
    expect(forgetOldKeys(config())).toMatchObject({ ok: true, keys: [expect.any(String)] });
    expect(checkKeys(config())).toMatchObject({ ok: true, missing: [], faults: [] });
    expect(await seen()).toMatchObject(whole);
    writeFileSync(join(dataDir, 'data.key'), before);
    await expect(openStore(config(), { now: () => at }, troubled)).rejects.toMatchObject({
      code: 'data-key-missing',
    });
  });
});
