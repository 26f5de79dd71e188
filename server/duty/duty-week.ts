import type { DutyWeek } from '@carebell/contracts/duty.ts';
import { instant } from '../clock.ts';
import type { DutyReads } from './duty-store.ts';
import { dayNumber, gapsOf, midnightMs, turnsOf } from './rota.ts';

/** Who is on duty in the seven days from this one, and when nobody is. */
export async function dutyWeek(
  reads: DutyReads,
  { organisationId, firstDay, timeZone }: { organisationId: string; firstDay: string; timeZone: string },
): Promise<DutyWeek> {
  const [shifts, people] = await Promise.all([reads.shifts(organisationId), reads.people(organisationId)]);
  const first = dayNumber(firstDay);
  const midnights = Array.from({ length: 8 }, (_, index) => midnightMs(first + index, timeZone));
  const span = { fromMs: midnights[0] ?? 0, untilMs: midnights[7] ?? 0 };
  const turns = turnsOf(shifts, { fromDay: first - 1, toDay: first + 7, timeZone }).filter(
    ({ untilMs }) => untilMs > span.fromMs,
  );
  const here = new Set(people.map(({ id }) => id));
  const names = await reads.displayNames([...new Set(turns.map(({ userId }) => userId))]);
  const shown = new Set(turns.map(({ shiftId }) => shiftId));
  return {
    organisationId,
    timeZone,
    firstDay,
    midnights: midnights.map(instant),
    hasRota: shifts.length > 0,
    shifts: shifts.filter(({ id }) => shown.has(id)),
    turns: turns.map(({ shiftId, day, userId, fromMs, untilMs }) => ({
      shiftId,
      day,
      userId,
      displayName: names.get(userId) ?? '',
      isHere: here.has(userId),
      from: instant(fromMs),
      until: instant(untilMs),
    })),
    gaps: gapsOf(
      turns.filter(({ userId }) => here.has(userId)),
      span,
    ).map(({ fromMs, untilMs }) => ({ from: instant(fromMs), until: instant(untilMs) })),
    people,
  };
}
