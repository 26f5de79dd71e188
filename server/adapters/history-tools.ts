import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { HistoryPort } from '../history/history-port.ts';
import { zoneOffsetMs } from '../history/local-time.ts';
import { openHistory, openHistoryDesk, historySettingOf } from './history-desk.ts';
import type { HistoryDesk, HistorySetting } from './history-desk.ts';
import { openDatabase } from './sqlite/node-sqlite.ts';

export { influxdIn } from './influx/influxd.ts';

type StoreName = HistorySetting['store'];

/** The two stores that a hub of these settings may have had, for copying between them. */
export function historyIn(config: Config, store: StoreName, nowMs: number): ReturnType<typeof openHistory> {
  const { influxUrl } = config.history;
  if (store === 'influx' && influxUrl === null)
    throw new Error('set CAREBELL_INFLUX_URL to name the InfluxDB');
  const common = { days: config.history.days, zoneMs: zoneOffsetMs(config.timeZone, nowMs) };
  return openHistory(
    store === 'influx' && influxUrl !== null
      ? { store, url: influxUrl, ...common }
      : { store: 'sqlite', file: join(config.dataDir, 'history.db'), ...common },
  );
}

export type HistoryView = {
  desk: HistoryDesk & Pick<HistoryPort, 'store'>;
  journalSeq: number;
  deadLetters: { refused_at: number; reason: string; line: string }[];
  close(): Promise<void>;
};

/** Looks at a data directory, whether a hub runs on it or not. */
export async function viewHistory(config: Config, nowMs: number, deadLetters: number): Promise<HistoryView> {
  const file = join(config.dataDir, 'carebell.db');
  if (!existsSync(file)) throw new Error(`no hub has run on ${config.dataDir} yet`);
  const db = openDatabase(file, 'read');
  const desk = await openHistoryDesk(db, historySettingOf(config, nowMs));
  const last = db.prepare('SELECT coalesce(max(seq), 0) AS seq FROM journal').get() as { seq: number };
  return {
    desk,
    journalSeq: last.seq,
    deadLetters: db
      .prepare('SELECT refused_at, reason, line FROM dead_letters ORDER BY id DESC LIMIT ?')
      .all(deadLetters) as HistoryView['deadLetters'],
    async close() {
      await desk.close();
      db.close();
    },
  };
}
