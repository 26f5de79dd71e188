import type { DatabaseSync } from 'node:sqlite';
import type { SeriesGroup, SeriesQuery, TagName } from '../../history/history-port.ts';
import { dayMs, hourMs, inTransaction } from './schema.ts';
import { spanStart } from '../../history/spans.ts';
import { conditionOf } from './series-table.ts';
import type { SeriesCondition } from './series-table.ts';

/** Hours of one series that one portion downsamples: some ten milliseconds. */
const portion = 300;

/**
 * Keeps counts, sums and extremes by hour and by day. Each is computed again whole from the points whenever its hour has
 * got another one, so that a point that is written twice counts once.
 */
export function createDownsampling(db: DatabaseSync, zoneMs: number) {
  const pick = db.prepare('SELECT series, hour FROM dirty LIMIT ?');
  const clean = db.prepare('DELETE FROM dirty WHERE series = ? AND hour = ?');
  const dropHour = db.prepare('DELETE FROM hourly WHERE series = ? AND hour = ?');
  const sumHour = db.prepare(
    `INSERT INTO hourly (series, hour, field, count, sum, min, max)
     SELECT points.series, ?2, each.key, count(*), sum(each.value), min(each.value), max(each.value)
     FROM points, json_each(points.fields) AS each
     WHERE hour = ?2 / ${hourMs} AND series = ?1 AND each.type IN ('integer', 'real') GROUP BY each.key`,
  );
  const dropDay = db.prepare('DELETE FROM daily WHERE series = ? AND day = ?');
  const sumDay = db.prepare(
    `INSERT INTO daily (series, day, field, count, sum, min, max)
     SELECT series, ?2, field, sum(count), sum(sum), min(min), max(max)
     FROM hourly WHERE series = ?1 AND hour >= ?2 AND hour < ?2 + ${dayMs} GROUP BY field`,
  );

  function carryOut(rows: readonly Record<string, unknown>[]): void {
    if (rows.length === 0) return;
    inTransaction(db, () => {
      const days = new Map<string, [number, number]>();
      for (const row of rows) {
        const [series, hour] = [Number(row['series']), Number(row['hour'])];
        const atMs = hour * hourMs;
        dropHour.run(series, atMs);
        sumHour.run(series, atMs);
        clean.run(series, hour);
        const dayAtMs = spanStart(atMs, dayMs, zoneMs);
        days.set(`${series} ${dayAtMs}`, [series, dayAtMs]);
      }
      for (const [series, dayAtMs] of days.values()) {
        dropDay.run(series, dayAtMs);
        sumDay.run(series, dayAtMs);
      }
    });
  }

  return {
    /** `true` when more is left. */
    portion(): boolean {
      const rows = pick.all(portion);
      carryOut(rows);
      return rows.length === portion;
    },

    query(query: SeriesQuery): SeriesGroup[] {
      const condition = conditionOf(query.measurement, query.filter);
      const isByDay = query.everyMs % dayMs === 0 && query.zoneMs === zoneMs && isAligned(query, dayMs);
      const isByHour =
        query.everyMs % hourMs === 0 && query.zoneMs % hourMs === 0 && isAligned(query, hourMs);
      if (!isByDay && !isByHour) return groupsOf(query, fromPoints(db, query, condition));
      // The question may come before the hour that it is about was downsampled.
      carryOut(
        db
          .prepare(
            `SELECT series, hour FROM dirty WHERE series IN (SELECT id FROM series WHERE ${condition.sql})`,
          )
          .all(...condition.parameters),
      );
      return groupsOf(query, fromTable(db, query, condition, isByDay ? 'daily' : 'hourly'));
    },
  };
}

function isAligned({ fromMs, toMs, zoneMs }: SeriesQuery, unitMs: number): boolean {
  return (fromMs + zoneMs) % unitMs === 0 && (toMs + zoneMs) % unitMs === 0;
}

type Sums = Record<string, unknown>;

function fromTable(
  db: DatabaseSync,
  query: SeriesQuery,
  condition: SeriesCondition,
  table: 'hourly' | 'daily',
): Sums[] {
  const at = table === 'hourly' ? 'hour' : 'day';
  const tags = tagColumns(query.groupBy);
  return db
    .prepare(
      `SELECT ${tags} ${spanAt(at, query)} AS span, sum(count) AS count, sum(sum) AS sum, min(min) AS min, max(max) AS max
       FROM series CROSS JOIN ${table} ON ${table}.series = series.id
       WHERE ${condition.sql} AND ${at} >= ? AND ${at} < ? AND field = ?
       GROUP BY ${tags} span ORDER BY span`,
    )
    .all(...condition.parameters, query.fromMs, query.toMs, query.field);
}

/** Spans that no table has, such as minutes: hour by hour from the points. */
function fromPoints(db: DatabaseSync, query: SeriesQuery, condition: SeriesCondition): Sums[] {
  const tags = tagColumns(query.groupBy);
  const value = `json_extract(fields, ?)`;
  const ofHour = db.prepare(
    `SELECT ${tags} ${spanAt('at', query)} AS span, count(${value}) AS count, sum(${value}) AS sum, min(${value}) AS min, max(${value}) AS max
     FROM points JOIN series ON series.id = points.series
     WHERE hour = ? AND series IN (SELECT id FROM series WHERE ${condition.sql}) AND at >= ? AND at < ?
     GROUP BY ${tags} span HAVING count > 0 ORDER BY span`,
  );
  const path = `$.${JSON.stringify(query.field)}`;
  const first = Math.floor(query.fromMs / hourMs);
  const last = Math.floor((query.toMs - 1) / hourMs);
  const rows: Sums[] = [];
  for (let hour = first; hour <= last; hour += 1) {
    const head = [path, path, path, path, hour];
    rows.push(...ofHour.all(...head, ...condition.parameters, query.fromMs, query.toMs));
  }
  return rows;
}

/** Both stand in the text, because SQLite takes a bound number for a float, and then their quotient too. */
function spanAt(column: string, { everyMs, zoneMs }: SeriesQuery): string {
  return `(${column} + ${zoneMs}) / ${everyMs}`;
}

function tagColumns(groupBy: readonly TagName[]): string {
  return groupBy.map((name) => `${name},`).join(' ');
}

function groupsOf(query: SeriesQuery, rows: readonly Sums[]): SeriesGroup[] {
  const groups = new Map<string, { tags: SeriesGroup['tags']; spans: Map<number, Sums> }>();
  for (const row of rows) {
    const tags = Object.fromEntries(query.groupBy.map((name) => [name, String(row[name])]));
    const key = JSON.stringify(tags);
    const group = groups.get(key) ?? { tags, spans: new Map<number, Sums>() };
    groups.set(key, group);
    const atMs = Number(row['span']) * query.everyMs - query.zoneMs;
    const before = group.spans.get(atMs);
    group.spans.set(atMs, before ? together(before, row) : row);
  }
  return [...groups.values()].map(({ tags, spans }) => ({
    tags,
    values: [...spans].map(([atMs, sums]) => [atMs, aggregateOf(query, sums)]),
  }));
}

/** A span that begins in one hour and ends in another comes in parts. */
function together(a: Sums, b: Sums): Sums {
  return {
    count: Number(a['count']) + Number(b['count']),
    sum: Number(a['sum']) + Number(b['sum']),
    min: Math.min(Number(a['min']), Number(b['min'])),
    max: Math.max(Number(a['max']), Number(b['max'])),
  };
}

function aggregateOf({ aggregate }: SeriesQuery, sums: Sums): number {
  return aggregate === 'mean' ? Number(sums['sum']) / Number(sums['count']) : Number(sums[aggregate]);
}
