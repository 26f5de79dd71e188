import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { syncFile, unpackArchive } from '../adapters/back-up/archive.ts';
import { checkDatabase, countDatabase } from '../adapters/back-up/snapshot.ts';
import { lockDirectory } from '../adapters/sqlite/directory-lock.ts';
import { migrations } from '../adapters/store/migrations/migrations.ts';
import {
  archivedNames,
  contradictions,
  databaseName,
  manifestName,
  manifestSchema,
} from '../back-up/manifest.ts';
import type { Manifest } from '../back-up/manifest.ts';
import { checkLog } from '../verify-log/compose.ts';

export type Restored =
  | { ok: true; manifest: Manifest }
  | {
      ok: false;
      reason: 'no-back-up' | 'in-use' | 'not-empty' | 'unreadable' | 'damaged' | 'newer-version';
      message: string;
    };

const lockName = 'hub.lock';
const unpackingName = '.restoring';

/**
 * Unpacks a back-up into a data directory that is new or empty. Sums, pages, references, numbers and every chain of the
 * log of cases are checked before the directory holds a database; a restore that is refused or killed leaves none.
 */
export async function restore({ from, dataDir }: { from: string; dataDir: string }): Promise<Restored> {
  const dir = resolve(dataDir);
  if (!existsSync(from)) return { ok: false, reason: 'no-back-up', message: `no file at ${from}` };
  const isNew = !existsSync(dir);
  const found = isNew ? [] : readdirSync(dir).filter((name) => name !== 'lost+found');
  if (found.includes(lockName) && isInUse(dir))
    return { ok: false, reason: 'in-use', message: `a hub runs on ${dir}` };
  if (found.length > 0)
    return { ok: false, reason: 'not-empty', message: `${dir} holds files: name a new directory` };

  mkdirSync(dir, { recursive: true, mode: 0o700 });
  // Held until the end, so that no hub starts on half of it.
  const lock = lockDirectory(join(dir, lockName));
  const unpacking = join(dir, unpackingName);
  let isDone = false;
  try {
    mkdirSync(unpacking, { mode: 0o700 });
    const restored = await unpackAndCheck(from, unpacking);
    if (restored.ok) {
      // The database last: a directory without one is not taken for a restored one.
      const others = restored.manifest.files.map(({ name }) => name).filter((name) => name !== databaseName);
      for (const name of [manifestName, ...others, databaseName])
        renameSync(join(unpacking, name), join(dir, name));
      await syncFile(dir);
      isDone = true;
    }
    return restored;
  } finally {
    lock.release();
    rmSync(unpacking, { recursive: true, force: true });
    if (!isDone) rmSync(isNew ? dir : join(dir, lockName), { recursive: true, force: true });
  }
}

async function unpackAndCheck(from: string, dir: string): Promise<Restored> {
  let manifest: Manifest;
  let faults: string[];
  try {
    const unpacked = await unpackArchive({ file: from, dir }, (name) => archivedNames.includes(name));
    manifest = manifestSchema.parse(JSON.parse(readFileSync(join(dir, manifestName), 'utf8')));
    faults = contradictions(manifest, unpacked);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { ok: false, reason: 'unreadable', message };
  }
  const latest = migrations.at(-1)?.number ?? 0;
  if (manifest.schema > latest) {
    const message = `the back-up has schema ${manifest.schema}, this version knows ${latest}: take that version`;
    return { ok: false, reason: 'newer-version', message };
  }
  if (faults.length === 0) faults = await databaseFaults(dir, manifest);
  if (faults.length === 0) return { ok: true, manifest };
  return { ok: false, reason: 'damaged', message: faults.slice(0, 20).join('\n') };
}

async function databaseFaults(dir: string, manifest: Manifest): Promise<string[]> {
  const file = join(dir, databaseName);
  const { faults, schema } = checkDatabase(file);
  if (schema !== manifest.schema) faults.push(`the schema is ${schema} and not ${manifest.schema}`);
  const counts = countDatabase(file);
  for (const [name, count] of Object.entries(manifest.counts)) {
    if (counts[name] !== count) faults.push(`${name}: ${counts[name]} and not ${count}`);
  }
  const log = await checkLog(dir);
  if (!log.ok) return [...faults, log.message];
  const { broken, fingerprint } = log.verified;
  faults.push(...broken.map(({ alarmId, chain }) => `case ${alarmId} is broken: ${chain.fault}`));
  if (fingerprint !== manifest.cases.fingerprint)
    faults.push('the log of cases is not the one that was backed up');
  return faults;
}

function isInUse(dir: string): boolean {
  try {
    lockDirectory(join(dir, lockName)).release();
    return false;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'data-directory-in-use') return true;
    throw error;
  }
}
