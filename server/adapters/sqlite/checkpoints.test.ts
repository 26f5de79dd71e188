import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { keepCheckpoints } from './checkpoints.ts';
import { openDatabase } from './node-sqlite.ts';

it('carries the pages of the log into the file while the writer has its own transaction open', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'carebell-checkpoints-'));
  const file = join(directory, 'carebell.db');
  const writer = openDatabase(file, 'write');
  writer.exec('CREATE TABLE entries (body BLOB)');
  const end = keepCheckpoints(file);
  const onlooker = openDatabase(file, 'read');
  onTestFinished(() => {
    end();
    onlooker.close();
    writer.close();
    rmSync(directory, { recursive: true });
  });
  const pages = () => onlooker.prepare('PRAGMA wal_checkpoint(NOOP)').get();
  writer.exec('INSERT INTO entries VALUES (zeroblob(5000000))');
  expect(pages()).toMatchObject({ checkpointed: 0 });

  writer.exec('BEGIN IMMEDIATE');
  writer.exec('INSERT INTO entries VALUES (zeroblob(10))');
  await vi.waitFor(() => expect(Number(pages()?.['checkpointed'])).toBeGreaterThan(1_000));
  writer.exec('COMMIT');
});
