import type { HistoryPort, Measurement, Point, PointTime } from './history-port.ts';
import { measurements } from './history-port.ts';
import { lineOf } from './line-protocol.ts';

/** Up to where each measurement was copied: a copy that was interrupted goes on there. */
export type CopyPlace = Partial<Record<Measurement, PointTime>>;

export type CopyProgress = { measurement: Measurement; points: number; reachedMs: number };

export type CopyPorts = {
  from: Pick<HistoryPort, 'read'>;
  to: Pick<HistoryPort, 'write'>;
  /** Points from before this are left out. */
  fromMs: number;
  toMs: number;
  place: CopyPlace;
  /** After every portion that is written. */
  reached(place: CopyPlace, progress: CopyProgress): void;
  /** A point that the other store will never take; the rest goes on. */
  refused(line: string, reason: string): void;
};

const pointsAtOnce = 2_000;

/** Copies points from one store into another in the order of time. Throws when one of them does not answer. */
export async function copyHistory(ports: CopyPorts): Promise<number> {
  let copied = 0;
  const place: CopyPlace = { ...ports.place };
  for (const measurement of measurements) {
    for (;;) {
      const points = await ports.from.read({
        measurement,
        filter: {},
        fromMs: ports.fromMs,
        toMs: ports.toMs,
        order: 'oldest',
        after: place[measurement],
        limit: pointsAtOnce,
      });
      const last = points.at(-1);
      if (!last) break;
      await write(points, ports);
      copied += points.length;
      place[measurement] = { atMs: last.atMs, sub: last.sub };
      ports.reached(place, { measurement, points: copied, reachedMs: last.atMs });
    }
  }
  return copied;
}

async function write(points: readonly Point[], { to, refused }: CopyPorts): Promise<void> {
  const waiting: (readonly Point[])[] = [points];
  for (let part = waiting.pop(); part; part = waiting.pop()) {
    const outcome = await to.write(part);
    if (outcome.ok) continue;
    if (outcome.reason === 'unavailable') throw new Error(outcome.message);
    const [first] = part;
    if (part.length === 1 && first) refused(lineOf(first), outcome.message);
    else {
      const middle = Math.ceil(part.length / 2);
      waiting.push(part.slice(middle), part.slice(0, middle));
    }
  }
}
