import type { Nights } from '@carebell/contracts/history.ts';
import { instant, instantOrNull } from '../clock.ts';
import type { Point } from './history-port.ts';
import { spanStart } from './spans.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Nights begin at 22:00 and end at 6:00 by the clock on the wall. */
export const nightBeginsMs = 22 * hourMs;
const nightMs = 8 * hourMs;
export const nightKinds = ['bed.left', 'bed.entered', 'door.opened'];

/** The beginnings of the nights that lie in this time, or partly. */
export function nightsBetween(fromMs: number, toMs: number, zoneMs: number): number[] {
  const nights: number[] = [];
  let beginMs = spanStart(fromMs, dayMs, zoneMs) - dayMs + nightBeginsMs;
  for (; beginMs < toMs; beginMs += dayMs) if (beginMs + nightMs > fromMs) nights.push(beginMs);
  return nights;
}

/** What happened in each night; `points` are in the order of time and of the kinds above. */
export function nightsOf(
  points: readonly Point[],
  time: { fromMs: number; toMs: number; zoneMs: number },
): Nights['nights'] {
  return nightsBetween(time.fromMs, time.toMs, time.zoneMs).map((beginMs) => {
    const endMs = beginMs + nightMs;
    const within = points.filter(({ atMs }) => atMs >= beginMs && atMs < endMs);
    const exits = exitsOf(within);
    const outMs = exits.reduce((sum, { leftMs, returnedMs }) => sum + (returnedMs ?? leftMs) - leftMs, 0);
    return {
      night: new Date(beginMs + time.zoneMs).toISOString().slice(0, 10),
      from: instant(beginMs),
      to: instant(endMs),
      exits: exits.map(({ leftMs, returnedMs }) => ({
        leftAt: instant(leftMs),
        returnedAt: instantOrNull(returnedMs),
      })),
      outOfBedMinutes: Math.round(outMs / 6_000) / 10,
      doorsOpened: within.flatMap(({ tags, atMs }) =>
        tags.kind === 'door.opened' && tags.device !== null
          ? { at: instant(atMs), deviceId: tags.device }
          : [],
      ),
    };
  });
}

/** A second "left" without a return between them is the same time out of bed. */
function exitsOf(points: readonly Point[]): { leftMs: number; returnedMs: number | null }[] {
  const exits: { leftMs: number; returnedMs: number | null }[] = [];
  for (const { tags, atMs } of points) {
    const open = exits.at(-1);
    if (tags.kind === 'bed.left' && (!open || open.returnedMs !== null))
      exits.push({ leftMs: atMs, returnedMs: null });
    if (tags.kind === 'bed.entered' && open?.returnedMs === null) open.returnedMs = atMs;
  }
  return exits;
}
