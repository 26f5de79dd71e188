import type { DatabaseSync } from 'node:sqlite';
import type { Point, PointQuery } from '../../history/history-port.ts';
import { hourMs, inTransaction } from './schema.ts';
import { conditionOf, tagsOfRow } from './series-table.ts';
import type { createSeriesTable } from './series-table.ts';

type SeriesTable = ReturnType<typeof createSeriesTable>;

/** Writes points, each over the one of the same series and time, and reads pages of them in the order of time. */
export function createPointRows(db: DatabaseSync, series: SeriesTable) {
  const put = db.prepare(
    'INSERT OR REPLACE INTO points (hour, series, at, sub, fields) VALUES (?, ?, ?, ?, ?)',
  );
  const soil = db.prepare('INSERT OR IGNORE INTO dirty (series, hour) VALUES (?, ?)');
  const hourAfter = db.prepare('SELECT min(hour) AS hour FROM points WHERE hour >= ? AND hour <= ?');
  const hourBefore = db.prepare('SELECT max(hour) AS hour FROM points WHERE hour >= ? AND hour <= ?');

  return {
    write(points: readonly Point[]): void {
      try {
        inTransaction(db, () => {
          const rows = points.map((point) => ({
            point,
            id: series.idOf(point),
            hour: Math.floor(point.atMs / hourMs),
          }));
          // In the order of the table, so that points of one page are written together.
          rows.sort((a, b) => a.hour - b.hour || a.id - b.id);
          let last: (typeof rows)[number] | undefined;
          for (const row of rows) {
            const { point, id, hour } = row;
            put.run(hour, id, point.atMs, point.sub, JSON.stringify(point.fields));
            if (last?.id !== id || last.hour !== hour) soil.run(id, hour);
            last = row;
          }
        });
      } catch (error) {
        series.forget();
        throw error;
      }
    },

    read({ measurement, filter, fromMs, toMs, order, after, limit }: PointQuery): Point[] {
      const condition = conditionOf(measurement, filter);
      const isNewest = order === 'newest';
      const page = db.prepare(
        `SELECT at, sub, fields, device, resident, station, kind FROM points JOIN series ON series.id = points.series
         WHERE hour = ? AND series IN (SELECT id FROM series WHERE ${condition.sql})
           AND at >= ? AND at < ? AND (at, sub) ${isNewest ? '<' : '>'} (?, ?)
         ORDER BY at ${isNewest ? 'DESC' : 'ASC'}, sub ${isNewest ? 'DESC' : 'ASC'} LIMIT ?`,
      );
      const beyond = after ?? (isNewest ? { atMs: toMs, sub: 0 } : { atMs: fromMs, sub: -1 });
      let first = Math.floor(fromMs / hourMs);
      let last = Math.floor((toMs - 1) / hourMs);
      if (isNewest) last = Math.min(last, Math.floor(beyond.atMs / hourMs));
      else first = Math.max(first, Math.floor(beyond.atMs / hourMs));
      const found: Point[] = [];
      while (found.length < limit && first <= last) {
        const hour = (isNewest ? hourBefore : hourAfter).get(first, last)?.['hour'];
        if (typeof hour !== 'number') break;
        const parameters = [fromMs, toMs, beyond.atMs, beyond.sub, limit - found.length];
        for (const row of page.all(hour, ...condition.parameters, ...parameters)) {
          found.push({
            measurement,
            tags: tagsOfRow(row),
            atMs: Number(row['at']),
            sub: Number(row['sub']),
            fields: JSON.parse(String(row['fields'])) as Point['fields'],
          });
        }
        if (isNewest) last = hour - 1;
        else first = hour + 1;
      }
      return found;
    },
  };
}
