import type {
  Point,
  PointFilter,
  PointQuery,
  SeriesGroup,
  SeriesQuery,
  Tags,
} from '../../history/history-port.ts';
import { tagNames } from '../../history/history-port.ts';
import { nanosecondsOf } from '../../history/line-protocol.ts';
import type { InfluxSeries } from './influx-link.ts';

const tagSet: ReadonlySet<string> = new Set(tagNames);

export function readQuestion({ measurement, order, after, limit, ...query }: PointQuery): string {
  const beyond =
    after === undefined ? '' : ` AND time ${order === 'newest' ? '<' : '>'} ${nanosecondsOf(after)}`;
  const direction = order === 'newest' ? 'DESC' : 'ASC';
  return `SELECT * FROM ${name(measurement)} WHERE ${conditionOf(query)}${beyond} ORDER BY time ${direction} LIMIT ${limit}`;
}

export function pointsOf({ measurement }: PointQuery, series: readonly InfluxSeries[]): Point[] {
  return series.flatMap(({ columns, values = [] }) =>
    values.map((row) => {
      const tags: Record<string, string | null> = {};
      const fields: Record<string, number | string> = {};
      let time = { atMs: 0, sub: 0 };
      columns.forEach((column, index) => {
        const value = row[index];
        if (column === 'time') time = timeOf(String(value));
        else if (tagSet.has(column)) tags[column] = typeof value === 'string' && value !== '' ? value : null;
        else if (typeof value === 'number' || typeof value === 'string') fields[column] = value;
      });
      return { measurement, tags: { ...noTags, ...tags }, ...time, fields };
    }),
  );
}

const noTags: Tags = { device: null, resident: null, station: null, kind: null };

/** RFC 3339 with up to nine digits; zeros at the end are left out. */
function timeOf(text: string): { atMs: number; sub: number } {
  const [seconds = '', digits = ''] = text.replace('Z', '').split('.');
  const nanoseconds = digits.padEnd(9, '0');
  return {
    atMs: Date.parse(`${seconds}Z`) + Number(nanoseconds.slice(0, 3)),
    sub: Number(nanoseconds.slice(3)),
  };
}

/** Of the points themselves, or of what the continuous queries have made of them. */
export type Grain = 'points' | 'carebell_hourly' | 'carebell_daily';

export function seriesQuestion(query: SeriesQuery, grain: Grain): string {
  const { field, aggregate, everyMs, zoneMs, groupBy } = query;
  const from = grain === 'points' ? name(query.measurement) : `${name(grain)}.${name(query.measurement)}`;
  const column = (what: string): string => name(grain === 'points' ? field : `${what}_${field}`);
  const value = {
    count: grain === 'points' ? `count(${column('')})` : `sum(${column('count')})`,
    sum: `sum(${column('sum')})`,
    min: `min(${column('min')})`,
    max: `max(${column('max')})`,
    mean: grain === 'points' ? `mean(${column('')})` : `sum(${column('sum')}) / sum(${column('count')})`,
  }[aggregate];
  const tags = groupBy.map((tag) => `, ${name(tag)}`).join('');
  return `SELECT ${value} FROM ${from} WHERE ${conditionOf(query)} GROUP BY time(${everyMs}ms, ${-zoneMs % everyMs}ms)${tags} fill(none)`;
}

export function groupsOf({ groupBy }: SeriesQuery, series: readonly InfluxSeries[]): SeriesGroup[] {
  return series.map(({ tags = {}, values = [] }) => ({
    tags: Object.fromEntries(groupBy.map((tag) => [tag, tags[tag] ?? ''])),
    values: values.map(([atMs, value]) => [Number(atMs), Number(value)]),
  }));
}

function conditionOf({
  filter,
  fromMs,
  toMs,
}: {
  filter: PointFilter;
  fromMs: number;
  toMs: number;
}): string {
  const { devices, resident, stations, kinds } = filter;
  const parts = [
    `time >= ${nanosecondsOf({ atMs: fromMs, sub: 0 })} AND time < ${nanosecondsOf({ atMs: toMs, sub: 0 })}`,
  ];
  const isOneOf = (tag: string, values: readonly string[] | undefined): void => {
    if (values === undefined) return;
    // No tag has this value: a part of the organisation without stations sees nothing.
    const wanted = values.length === 0 ? [' '] : values;
    parts.push(`(${wanted.map((value) => `${name(tag)} = ${literal(value)}`).join(' OR ')})`);
  };
  isOneOf('device', devices);
  isOneOf('resident', resident === undefined ? undefined : [resident]);
  isOneOf('station', stations);
  isOneOf('kind', kinds);
  return parts.join(' AND ');
}

export function name(text: string): string {
  return `"${plain(text).replaceAll('"', String.raw`\"`)}"`;
}

export function literal(text: string): string {
  return `'${plain(text).replaceAll("'", String.raw`\'`)}'`;
}

function plain(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, ' ').replaceAll('\\', '\\\\');
}
