import type { Measurement, Point } from './history-port.ts';
import { tagNames } from './history-port.ts';

/** What devices and gateways measure is a float; what the hub counts is an integer. A name never changes its type. */
const measuredOnes: ReadonlySet<Measurement> = new Set(['reading', 'gateway_health']);

/** A point as one line of InfluxDB's line protocol, time in nanoseconds. No content makes it two lines, or another point. */
export function lineOf({ measurement, tags, atMs, sub, fields }: Point): string {
  let line: string = measurement;
  for (const name of tagNames) {
    const value = tags[name];
    // An empty tag is refused; absent and empty are the same to InfluxDB.
    if (value !== null && value !== '') line += `,${name}=${tagText(value)}`;
  }
  const isMeasured = measuredOnes.has(measurement);
  let separator = ' ';
  for (const name in fields) {
    const value = fields[name];
    if (value === undefined) continue;
    line += `${separator}${plainName.test(name) ? name : tagText(name)}=${fieldText(value, isMeasured)}`;
    separator = ',';
  }
  return `${line} ${nanosecondsOf({ atMs, sub })}`;
}

/** Decimal, because it does not fit into a number. `atMs` is positive: no event is older than 2020. */
export function nanosecondsOf({ atMs, sub }: Pick<Point, 'atMs' | 'sub'>): string {
  return `${atMs}${String(sub).padStart(6, '0')}`;
}

const plainName = /^[A-Za-z0-9_.:-]+$/;

/** Control characters go, because a line break would begin another line; a backslash at the end would join two. */
function tagText(value: string): string {
  if (plainName.test(value)) return value;
  const text = value.replaceAll(/[\p{Cc}\\]/gu, '_').replaceAll(/[,= ]/g, String.raw`\$&`);
  return text === '' ? '_' : text;
}

function fieldText(value: number | string, isMeasured: boolean): string {
  if (typeof value === 'number') return isMeasured ? String(value) : `${Math.trunc(value)}i`;
  return `"${value.replaceAll(/[\r\n]/g, ' ').replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}
