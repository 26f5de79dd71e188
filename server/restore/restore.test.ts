import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tarHeader } from '../adapters/back-up/tar.ts';
import { lockDirectory } from '../adapters/sqlite/directory-lock.ts';
import { openSqliteJournal } from '../adapters/sqlite/sqlite-journal.ts';
import { backUp } from '../back-up/compose.ts';
import { readConfig } from '../config.ts';
import type { JournalPort, Work } from '../journal/journal-port.ts';
import { restore } from './compose.ts';

const at = Date.UTC(2026, 2, 14, 8);
let root: string;
let dataDir: string;
let to: string;
let target: string;
let journal: JournalPort;

function press(deviceId: string): Work {
  const origin = {
    deviceId,
    residentId: null,
    stationId: null,
    gatewayId: null,
    isKnown: false,
    receivedAtMs: at,
  };
  return {
    name: 'receiveEvent',
    input: { event: { id: `press-${deviceId}`, kind: 'button.pressed', data: { key: 'help' } }, origin },
  };
}

const back = (file = to) =>
  backUp(readConfig({ CAREBELL_DATA_DIR: dataDir }), { to: file, hubVersion: 'test', nowMs: at });

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'carebell-restore-'));
  [dataDir, to, target] = [join(root, 'data'), join(root, 'hub.backup'), join(root, 'restored')];
  mkdirSync(dataDir);
  writeFileSync(join(dataDir, 'secret.key'), 'k'.repeat(32));
  journal = await openSqliteJournal(join(dataDir, 'carebell.db'));
  await journal.commit([press('b1'), press('b2'), press('b3')], at);
});
afterEach(async () => {
  await journal.close();
  rmSync(root, { recursive: true });
});

function rowsOf(dir: string, table: string): unknown[] {
  using db = new DatabaseSync(join(dir, 'carebell.db'), { readOnly: true });
  return db.prepare(`SELECT * FROM ${table}`).all();
}

describe('a back-up', () => {
  it('is one file for its owner alone, opened by any tar, without the keys', async () => {
    expect(await back()).toMatchObject({
      ok: true,
      manifest: { counts: { alarms: 3 }, keys: [{ name: 'secret.key' }] },
    });
    expect(statSync(to).mode & 0o777).toBe(0o600);
    const listed = execFileSync('tar', ['tzf', to], { encoding: 'utf8' }).trim().split('\n');
    expect(listed).toEqual(['back-up.json', 'carebell.db']);
    expect(gunzipSync(readFileSync(to)).includes('k'.repeat(32))).toBe(false);
    expect(readdirSync(root).toSorted()).toEqual(['data', 'hub.backup']);
  });

  it('is not written over another one, and not made of a directory without a hub', async () => {
    await back();
    expect(await back()).toMatchObject({ ok: false, reason: 'already-exists' });
    const nowhere = readConfig({ CAREBELL_DATA_DIR: join(root, 'nowhere') });
    expect(await backUp(nowhere, { to: join(root, 'x'), hubVersion: 'test', nowMs: at })).toMatchObject({
      ok: false,
      reason: 'no-database',
    });
  });

  it('is not made of a log that is broken: nobody would throw the good one of yesterday away for it', async () => {
    {
      using db = new DatabaseSync(join(dataDir, 'carebell.db'));
      db.exec("UPDATE journal SET at = at + 1 WHERE type = 'alarm'");
    }
    expect(await back()).toMatchObject({ ok: false, reason: 'damaged' });
    expect(existsSync(to)).toBe(false);
  });
});

describe('a restore', () => {
  it('gives every row of the journal and of the state back, and what came after the back-up is not there', async () => {
    const before = { journal: rowsOf(dataDir, 'journal'), alarms: rowsOf(dataDir, 'alarms') };
    await back();
    await journal.commit([press('b4')], at + 1);
    const restored = await restore({ from: to, dataDir: target });
    expect(restored).toMatchObject({ ok: true, manifest: { cases: { cases: 3 } } });
    expect({ journal: rowsOf(target, 'journal'), alarms: rowsOf(target, 'alarms') }).toEqual(before);
    expect(statSync(target).mode & 0o777).toBe(0o700);
    const again = await openSqliteJournal(join(target, 'carebell.db'));
    const { changes } = await again.commit([press('b1'), press('b5')], at + 2);
    expect(changes.alarms).toHaveLength(1);
    await again.close();
  });

  it('refuses a directory in which a hub runs, and one that is not empty', async () => {
    await back();
    const lock = lockDirectory(join(dataDir, 'hub.lock'));
    expect(await restore({ from: to, dataDir })).toMatchObject({ ok: false, reason: 'in-use' });
    lock.release();
    expect(await restore({ from: to, dataDir })).toMatchObject({ ok: false, reason: 'not-empty' });
    expect(rowsOf(dataDir, 'alarms')).toHaveLength(3);
  });

  it('takes a directory that is there and empty, as a fresh disk is', async () => {
    await back();
    mkdirSync(join(target, 'lost+found'), { recursive: true });
    expect(await restore({ from: to, dataDir: target })).toMatchObject({ ok: true });
    expect(readdirSync(target).toSorted()).toEqual(['back-up.json', 'carebell.db', 'hub.lock', 'lost+found']);
  });

  it.each<[string, (file: string) => void, string]>([
    [
      'one that was not copied whole',
      (file) => truncateSync(file, statSync(file).size - 2_000),
      'unreadable',
    ],
    ['one in which an octet of the database is another', changeOctet, 'damaged'],
    ['one with a file added that has no business there', addStranger, 'unreadable'],
    ['something else', (file) => copyFileSync(process.execPath, file), 'unreadable'],
  ])('refuses %s and leaves nothing behind', async (_, spoil, reason) => {
    await back();
    spoil(to);
    expect(await restore({ from: to, dataDir: target })).toMatchObject({ ok: false, reason });
    expect(existsSync(target)).toBe(false);
  });

  it('names a back-up that is not there', async () => {
    expect(await restore({ from: to, dataDir: target })).toMatchObject({ ok: false, reason: 'no-back-up' });
  });
});

function changeOctet(file: string): void {
  const bytes = gunzipSync(readFileSync(file));
  const middle = bytes.length - 20_000;
  bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
  writeFileSync(file, gzipSync(bytes));
}

function addStranger(file: string): void {
  const bytes = gunzipSync(readFileSync(file));
  writeFileSync(file, gzipSync(Buffer.concat([tarHeader({ name: '../hub.sh', size: 0 }, at), bytes])));
}
