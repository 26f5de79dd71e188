import type { HistoryPoint } from '@carebell/contracts/history.ts';
import { instant } from '../clock.ts';
import { refusal } from '../http-api/problems.ts';
import type { Point, PointTime } from './history-port.ts';

export function historyPoint({ tags, atMs, fields }: Point): HistoryPoint {
  return {
    at: instant(atMs),
    deviceId: tags.device,
    residentId: tags.resident,
    stationId: tags.station,
    kind: tags.kind,
    values: { ...fields },
  };
}

/** A page of points that were read with one more than the limit; `last` is where the next page goes on. */
export function pageIn(points: readonly Point[], limit: number): { items: Point[]; last: Point | undefined } {
  const items = points.slice(0, limit);
  return { items, last: points.length > limit ? items.at(-1) : undefined };
}

export function cursorOf({ atMs, sub }: PointTime): string {
  return `${atMs}.${sub}`;
}

export function afterOf(cursor: string | undefined): PointTime | undefined {
  if (cursor === undefined) return undefined;
  const [, atMs, sub] = /^(\d{1,14})\.(\d{1,6})$/.exec(cursor) ?? [];
  if (atMs === undefined || sub === undefined)
    throw refusal('invalid-request', 'Take the cursor from the answer with the page before.');
  return { atMs: Number(atMs), sub: Number(sub) };
}
