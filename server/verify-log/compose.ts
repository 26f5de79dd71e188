import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { kyselyOn } from '../adapters/sqlite/kysely-on.ts';
import { openDatabase } from '../adapters/sqlite/node-sqlite.ts';
import { createCaseLogReads } from '../adapters/store/case-log-reads.ts';
import { readSignedRecords } from '../adapters/store/commissioning-reads.ts';
import { checkRequests } from '../adapters/store/request-log-reads.ts';
import { brokenRecords } from '../commissioning/signed-record.ts';
import { verifyLog } from './verify-log.ts';
import type { Verified } from './verify-log.ts';

export type LogCheck =
  | {
      ok: true;
      verified: Verified;
      records: { signed: number; broken: string[] };
      requests: { checked: number; broken: string[] };
    }
  | { ok: false; reason: 'no-database' | 'no-such-case' | 'unreadable'; message: string };

/** Checks the log, the chains of requests and the signed records of a data directory on a connection that cannot write, on one state of it, while a hub may run on it. */
export async function checkLog(dataDir: string, alarmId?: string): Promise<LogCheck> {
  const file = join(dataDir, 'carebell.db');
  if (!existsSync(file)) return { ok: false, reason: 'no-database', message: `no database at ${file}` };
  try {
    using db = openDatabase(file, 'read');
    db.exec('BEGIN');
    const queries = kyselyOn(db);
    const verified = await verifyLog(createCaseLogReads(queries), alarmId);
    const signed = await readSignedRecords(queries);
    const records = { signed: signed.length, broken: brokenRecords(signed) };
    const requests = await checkRequests(queries);
    if (verified) return { ok: true, verified, records, requests };
    return { ok: false, reason: 'no-such-case', message: `no alarm has the identifier "${alarmId}"` };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { ok: false, reason: 'unreadable', message };
  }
}
