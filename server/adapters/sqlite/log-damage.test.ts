import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openCases } from './cases-under-test.ts';
import { findLogDamage } from './log-damage.ts';
import { openDatabase } from './node-sqlite.ts';

const commits = 40;
const boot = 'this boot';
const frameBytes = 24 + 4_096;
let folder: string;
let file: string;

/** The files as a hub leaves them that is killed after so many commits. */
function killed({ readFrom, carriedAfter }: { readFrom?: number; carriedAfter?: number } = {}): void {
  folder = mkdtempSync(join(tmpdir(), 'carebell-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const living = join(folder, 'living.db');
  file = join(folder, 'carebell.db');
  const db = openDatabase(living, 'write');
  db.exec('PRAGMA synchronous = OFF');
  db.exec('CREATE TABLE entries (id INTEGER PRIMARY KEY, body BLOB)');
  const reader = openDatabase(living, 'read');
  for (let count = 1; count <= commits; count += 1) {
    db.exec('INSERT INTO entries (body) VALUES (randomblob(3000))');
    // Somebody who still reads this keeps what is newer out of the database file.
    if (count === readFrom) reader.exec('BEGIN; SELECT count(*) FROM entries');
    if (count === carriedAfter) db.exec('PRAGMA wal_checkpoint(PASSIVE)');
  }
  for (const ending of ['', '-wal', '-shm']) copyFileSync(`${living}${ending}`, `${file}${ending}`);
  reader.close();
  db.close();
  writeFileSync(join(folder, 'hub.boot'), boot);
}

function overwrite(from: number, bytes: number): void {
  const descriptor = openSync(`${file}-wal`, 'r+');
  writeSync(descriptor, Buffer.alloc(bytes, 0xa5), 0, bytes, from);
  closeSync(descriptor);
}
const damageNow = () => findLogDamage(folder, file, { boot, nowMs: 1 });
const logBytes = () => statSync(`${file}-wal`).size;
const lastFrames = (count: number) => logBytes() - count * frameBytes;

function left(): { rows: number; check: unknown } {
  using db = openDatabase(file, 'write');
  return {
    rows: Number(db.prepare('SELECT count(*) AS rows FROM entries').get()?.['rows']),
    check: db.prepare('PRAGMA integrity_check').get()?.['integrity_check'],
  };
}

describe('the log of a hub that was killed', () => {
  beforeEach(() => killed());

  it('is whole, and still is with rubbish behind its end', () => {
    expect(damageNow()).toBeUndefined();
    overwrite(logBytes(), 24 + 2_048);
    expect(damageNow()).toBeUndefined();
    expect(left()).toEqual({ rows: commits, check: 'ok' });
  });

  it.each([
    ['the last frame is overwritten', () => overwrite(lastFrames(1), frameBytes)],
    ['the file ends in the middle of a frame', () => truncateSync(`${file}-wal`, lastFrames(1) + 1_000)],
    ['one byte of the last page is another', () => overwrite(logBytes() - 1, 1)],
  ])('has lost what was committed when %s, says so and keeps what is left', (_, harm) => {
    harm();
    const damage = damageNow();
    expect(damage?.lostPages).toBeGreaterThan(0);
    expect(readFileSync(damage!.keptAs!)).toEqual(readFileSync(`${file}-wal`));
    const { rows, check } = left();
    expect(check).toBe('ok');
    expect(rows).toBe(commits - 1);
    // It has been said; what is there now is what there is.
    expect(damageNow()).toBeUndefined();
  });

  it('has lost everything when it is gone, or its head is', () => {
    overwrite(0, 32);
    expect(damageNow()?.lostPages).toBeGreaterThan(commits / 2);
    rmSync(`${file}-wal`);
    expect(damageNow()?.lostPages).toBeGreaterThan(commits / 2);
  });

  it('says nothing where the index went with the power of the machine: nobody can know', () => {
    overwrite(lastFrames(1), frameBytes);
    const asked = findLogDamage(folder, file, { boot: 'the next boot', nowMs: 1 });
    expect(asked).toBeUndefined();
    expect(left()).toEqual({ rows: commits - 1, check: 'ok' });
  });
});

it('a log of which less is left than was carried into the database file is told to be mixed with it', () => {
  killed({ readFrom: 30, carriedAfter: 35 });
  overwrite(lastFrames(2), frameBytes);
  expect(damageNow()).toMatchObject({ isMixed: false });
  overwrite(32 + 5 * frameBytes, 100);
  expect(damageNow()).toMatchObject({ isMixed: true });
});

it('a log that was all carried into the database file loses nothing with its end, and is put aside', () => {
  killed({ carriedAfter: commits });
  overwrite(lastFrames(1), frameBytes);
  expect(damageNow()).toBeUndefined();
  expect(existsSync(`${file}-wal`)).toBe(false);
  expect(left()).toEqual({ rows: commits, check: 'ok' });
});

it('what is written after a loss has a number that nobody has heard of, and somebody is told', async () => {
  const place = mkdtempSync(join(tmpdir(), 'carebell-log-'));
  onTestFinished(() => rmSync(place, { recursive: true }));
  const cases = await openCases(join(place, 'hub.db'), { hasPolicy: false });
  const damage = { lostPages: 3, keptAs: null, isMixed: false };
  await cases.carryOut({ name: 'recordLogDamage', input: damage });
  const [alarm] = cases.alarms();
  expect(alarm?.state.kind).toBe('store-damaged');
  expect(cases.steps(alarm!.id)[0]!.seq).toBeGreaterThan(10_000_000);
  cases.close();
});
