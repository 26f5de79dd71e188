import type { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { systemClock } from '../clock.ts';
import type { Config } from '../config.ts';
import { createCarrier } from '../history/carry.ts';
import type { Carrier } from '../history/carry.ts';
import type { HistoryPort } from '../history/history-port.ts';
import { zoneOffsetMs } from '../history/local-time.ts';
import { createJournalSource } from './sqlite/journal-source.ts';

/** Which history a hub has. */
export type HistorySetting = { days: number; zoneMs: number } & (
  { store: 'sqlite'; file: string } | { store: 'influx'; url: string }
);

/** What the thread that reads does for the history when it is asked from outside. */
export type HistoryDesk = Omit<HistoryPort, 'store' | 'write' | 'cursor' | 'keepCursor'> & Carrier;
export type HistoryCall = {
  [N in keyof HistoryDesk]: { call: N; input: Parameters<HistoryDesk[N]>[0] };
}[keyof HistoryDesk];

/**
 * The history in the thread that reads: entries go from the journal into the store without crossing another thread, and
 * the hub needs no third one. The InfluxDB library is loaded only by a hub that has one.
 */
export async function openHistoryDesk(
  journal: DatabaseSync,
  setting: HistorySetting,
): Promise<HistoryDesk & Pick<HistoryPort, 'store'>> {
  const history = await openHistory(setting);
  return { ...history, ...createCarrier(createJournalSource(journal), history) };
}

export async function openHistory(setting: HistorySetting): Promise<HistoryPort> {
  if (setting.store === 'sqlite') {
    const { openSqliteHistory } = await import('./sqlite-history/sqlite-history.ts');
    return openSqliteHistory(setting);
  }
  const { openInfluxHistory } = await import('./influx/influx-history.ts');
  return openInfluxHistory(setting, systemClock);
}

export function historySettingOf(
  { dataDir, history, timeZone }: Pick<Config, 'dataDir' | 'history' | 'timeZone'>,
  nowMs: number,
): HistorySetting {
  const common = { days: history.days, zoneMs: zoneOffsetMs(timeZone, nowMs) };
  return history.influxUrl === null
    ? { store: 'sqlite', file: join(dataDir, 'history.db'), ...common }
    : { store: 'influx', url: history.influxUrl, ...common };
}
