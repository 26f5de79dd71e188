import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { describeFile, packArchive, syncFile } from '../adapters/back-up/archive.ts';
import { checkDatabase, copyDatabase, countDatabase, sealedBy } from '../adapters/back-up/snapshot.ts';
import type { Config } from '../config.ts';
import { checkLog } from '../verify-log/compose.ts';
import { databaseName, historyName, manifestName } from './manifest.ts';
import type { Manifest } from './manifest.ts';

export type BackedUp =
  | { ok: true; manifest: Manifest }
  | { ok: false; reason: 'no-database' | 'already-exists' | 'damaged'; message: string };

/**
 * Writes what the hub keeps into one new file, on connections that cannot write, while a hub may run on it. The copy is
 * checked before the file gets its name, so that a file of this name is a whole back-up. Keys are not in it.
 */
export async function backUp(
  config: Pick<Config, 'dataDir' | 'dataKeyFile' | 'history' | 'timeZone' | 'locale'>,
  { to, hubVersion, nowMs }: { to: string; hubVersion: string; nowMs: number },
): Promise<BackedUp> {
  const { dataDir } = config;
  const file = resolve(to);
  if (!existsSync(join(dataDir, databaseName)))
    return { ok: false, reason: 'no-database', message: `no hub has run on ${dataDir} yet` };
  if (existsSync(file))
    return { ok: false, reason: 'already-exists', message: `${file} exists: name a new file` };
  // Beside the target, not in the data directory: a disk that is filled here must not be the one that presses are stored on.
  const dir = mkdtempSync(join(dirname(file), '.carebell-back-up-'));
  try {
    const names = copyStores(dataDir, dir);
    const { faults, schema } = checkDatabase(join(dir, databaseName));
    const log = await checkLog(dir);
    const broken = log.ok
      ? log.verified.broken.map(({ alarmId }) => `case ${alarmId} is broken`)
      : [log.message];
    if (!log.ok || faults.length + broken.length > 0)
      return { ok: false, reason: 'damaged', message: [...faults, ...broken].slice(0, 20).join('\n') };
    const { cases, steps, fingerprint } = log.verified;
    const manifest: Manifest = {
      format: 1,
      madeAt: new Date(nowMs).toISOString(),
      hubVersion,
      schema,
      files: await Promise.all(names.map((name) => describeFile(dir, name))),
      counts: countDatabase(join(dir, databaseName)),
      cases: { cases, steps, fingerprint },
      settings: {
        timeZone: config.timeZone,
        locale: config.locale,
        historyDays: config.history.days,
        history: config.history.influxUrl === null ? 'sqlite' : 'influx',
      },
      keys: [
        ...channelKey(dataDir),
        ...sealedBy(join(dir, databaseName)).map((id) => ({ name: basename(config.dataKeyFile), id })),
      ],
    };
    writeFileSync(join(dir, manifestName), `${JSON.stringify(manifest, null, 2)}\n`);
    const packed = join(dir, 'packed');
    await packArchive({ file: packed, dir, names: [manifestName, ...names] }, nowMs);
    renameSync(packed, file);
    await syncFile(dirname(file));
    return { ok: true, manifest };
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** The history first: it follows the journal, and must not know of entries that the copied journal does not have. */
function copyStores(dataDir: string, dir: string): string[] {
  const hasHistory = existsSync(join(dataDir, historyName));
  if (hasHistory) copyDatabase(join(dataDir, historyName), join(dir, historyName));
  copyDatabase(join(dataDir, databaseName), join(dir, databaseName));
  return hasHistory ? [databaseName, historyName] : [databaseName];
}

function channelKey(dataDir: string): Manifest['keys'] {
  const name = 'secret.key';
  const file = join(dataDir, name);
  if (!existsSync(file)) return [];
  return [{ name, id: createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16) }];
}
