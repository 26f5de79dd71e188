import { HistoryFailure } from '../../history/history-port.ts';
import type { HistoryPort, Measurement } from '../../history/history-port.ts';
import { retentionOf } from '../../history/retention.ts';
import { createDownsampling } from './downsampling.ts';
import { createPointRows } from './point-rows.ts';
import { dayMs, hourMs, inTransaction, openHistoryFile } from './schema.ts';
import { createSeriesTable } from './series-table.ts';

export type SqliteHistorySetting = {
  file: string;
  /** `CAREBELL_HISTORY_DAYS` */
  days: number;
  /** How far the hub's clock on the wall is ahead of UTC. */
  zoneMs: number;
};

/** Rows that one portion of housekeeping removes: some ten milliseconds. */
const portion = 2_000;

/** The history in a SQLite file of its own, in the thread that opens it. */
export function openSqliteHistory({ file, days, zoneMs }: SqliteHistorySetting): HistoryPort {
  const db = openHistoryFile(file);
  const series = createSeriesTable(db);
  const rows = createPointRows(db, series);
  const downsampling = createDownsampling(db, zoneMs);
  const retention = retentionOf(days);

  const cursorOf = db.prepare('SELECT seq FROM cursors WHERE journal = ?');
  const setCursor = db.prepare(
    'INSERT INTO cursors (journal, seq) VALUES (?, ?) ON CONFLICT (journal) DO UPDATE SET seq = excluded.seq',
  );
  const forgetPoints = db.prepare(
    `DELETE FROM points WHERE (hour, series, at, sub) IN (SELECT hour, series, at, sub FROM points
       WHERE hour < ? AND series IN (SELECT id FROM series WHERE measurement = ?) LIMIT ?)`,
  );
  const forgetHours = db.prepare(
    'DELETE FROM hourly WHERE (series, hour, field) IN (SELECT series, hour, field FROM hourly WHERE hour < ? LIMIT ?)',
  );
  const dropPoints = db.prepare('DELETE FROM points WHERE hour = ? AND series = ?');
  const hoursOfSeries = db.prepare(
    `SELECT hour FROM dirty WHERE series = ? UNION SELECT hour / ${hourMs} FROM hourly WHERE series = ?`,
  );
  const daysOfSeries = db.prepare(
    `SELECT DISTINCT day FROM daily WHERE series = ?1 AND NOT EXISTS (
       SELECT 1 FROM hourly WHERE hourly.series = ?1 AND hourly.hour >= day AND hourly.hour < day + ?2)`,
  );

  function forgetOld(nowMs: number): boolean {
    for (const [measurement, keptDays] of Object.entries(retention.points) as [Measurement, number][]) {
      const hour = Math.floor((nowMs - keptDays * dayMs) / hourMs);
      if (forgetPoints.run(hour, measurement, portion).changes === portion) return true;
    }
    return forgetHours.run(nowMs - retention.hourlyDays * dayMs, portion).changes === portion;
  }

  /** The downsampled rows say in which hours it has points, so that nothing else is looked through. */
  function eraseSeries(id: number): void {
    for (const { hour } of hoursOfSeries.iterate(id, id)) dropPoints.run(hour ?? null, id);
    for (const { day } of daysOfSeries.iterate(id, dayMs)) {
      for (let index = 0; index < 24; index += 1)
        dropPoints.run(Math.floor(Number(day) / hourMs) + index, id);
    }
    for (const table of ['dirty', 'hourly', 'daily'])
      db.prepare(`DELETE FROM ${table} WHERE series = ?`).run(id);
    db.prepare('DELETE FROM series WHERE id = ?').run(id);
  }

  return {
    store: 'sqlite',
    write: (points) =>
      attempt(() => {
        rows.write(points);
        return { ok: true as const };
      }).catch((error: unknown) => ({
        ok: false as const,
        reason: 'unavailable' as const,
        message: error instanceof Error ? error.message : String(error),
      })),
    cursor: (journal) => attempt(() => Number(cursorOf.get(journal)?.['seq'] ?? 0)),
    keepCursor: (journal, seq) => attempt(() => void setCursor.run(journal, seq)),
    read: (query) => attempt(() => rows.read(query)),
    series: (query) => attempt(() => downsampling.query(query)),
    eraseResident: (residentId) =>
      attempt(() => {
        inTransaction(db, () => {
          for (const id of series.idsOfResident(residentId)) eraseSeries(id);
        });
        series.forget();
      }),
    health: () =>
      attempt(() => void db.prepare('SELECT 1').get()).then(
        () => ({ ok: true as const }),
        (error: unknown) => ({ ok: false as const, problem: String(error) }),
      ),
    upkeep: (nowMs) => attempt(() => [downsampling.portion(), forgetOld(nowMs)].includes(true)),
    close: () => attempt(() => db.close()),
  };
}

function attempt<T>(action: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    try {
      resolve(action());
    } catch (cause) {
      reject(new HistoryFailure(cause instanceof Error ? cause.message : String(cause), { cause }));
    }
  });
}
