import type { DatabaseSync } from 'node:sqlite';
import type { Measurement, Point, PointFilter, TagName, Tags } from '../../history/history-port.ts';
import { tagNames } from '../../history/history-port.ts';

/** Series whose number is kept in memory; past this the map begins anew. */
const rememberedAtMost = 20_000;

/** A condition on `series` with its parameters. */
export type SeriesCondition = { sql: string; parameters: string[] };

/** Numbers for what points have in common, so that a point repeats none of it. */
export function createSeriesTable(db: DatabaseSync) {
  const find = db.prepare(
    'SELECT id FROM series WHERE measurement = ? AND device = ? AND resident = ? AND station = ? AND kind = ?',
  );
  const insert = db.prepare(
    'INSERT INTO series (measurement, device, resident, station, kind) VALUES (?, ?, ?, ?, ?)',
  );
  let remembered = new Map<string, number>();

  function idOf({ measurement, tags }: Pick<Point, 'measurement' | 'tags'>): number {
    const values = [measurement, ...tagNames.map((name) => tags[name] ?? '')];
    const key = values.join('\n');
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const row = find.get(...values);
    const id = Number(row?.['id'] ?? insert.run(...values).lastInsertRowid);
    if (remembered.size >= rememberedAtMost) remembered = new Map();
    remembered.set(key, id);
    return id;
  }

  return {
    idOf,
    /** A transaction that ended without a commit took numbers with it. */
    forget(): void {
      remembered = new Map();
    },
    idsOfResident: (residentId: string): number[] =>
      db
        .prepare('SELECT id FROM series WHERE resident = ?')
        .all(residentId)
        .map(({ id }) => Number(id)),
  };
}

/** Which series a query is about. */
export function conditionOf(measurement: Measurement, filter: PointFilter): SeriesCondition {
  const parts = ['measurement = ?'];
  const parameters: string[] = [measurement];
  const isOneOf = (column: TagName, values: readonly string[] | undefined): void => {
    if (values === undefined) return;
    parts.push(values.length === 0 ? '0' : `${column} IN (${values.map(() => '?').join(', ')})`);
    parameters.push(...values);
  };
  isOneOf('device', filter.devices);
  isOneOf('resident', filter.resident === undefined ? undefined : [filter.resident]);
  isOneOf('station', filter.stations);
  isOneOf('kind', filter.kinds);
  return { sql: parts.join(' AND '), parameters };
}

export function tagsOfRow(row: Readonly<Record<string, unknown>>): Tags {
  const tag = (name: TagName): string | null => (row[name] === '' ? null : String(row[name]));
  return { device: tag('device'), resident: tag('resident'), station: tag('station'), kind: tag('kind') };
}
