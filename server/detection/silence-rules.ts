import type { RuleOf } from '@carebell/contracts/detection.ts';
import { absenceAt, hasLive, isHalfBlind } from './facts.ts';
import type { Facts } from './facts.ts';
import { dueAfter, isGone } from './sight.ts';
import { look } from './verdict.ts';
import type { Verdict } from './verdict.ts';
import { nextAt, onDayOf, partAt, partFrom } from './wall-clock.ts';
import { isOuterDoor, latestSign } from './watch.ts';
import type { Sensor } from './watch.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** A morning that passed so long ago is not spoken of any more. */
const morningIsOverAfterMs = 90 * minuteMs;
/** Who goes out this shortly before a time of the day is not expected back by it. */
const leastTimeOutMs = hourMs;
/** A counter that has not been read for so long says nothing. */
const counterIsOldAfterMs = 3 * hourMs;

const isBed = ({ type }: Sensor): boolean => type === 'bed-sensor';
const isMotion = ({ type }: Sensor): boolean => type === 'motion-sensor';

export function judgeInactivity(rule: RuleOf<'inactivity'>, facts: Facts): Verdict {
  const { watch, last, zone, unknown, absence } = facts;
  if (absence) return look(absence.untilMs);
  if (!last || facts.out || facts.isBlind) return null;
  const isInBed = watch.bed?.isIn === true && hasLive(facts, isBed);
  const minutes = isInBed ? rule.inBedAfterMinutes : rule.afterMinutes;
  if (minutes === null) return null;
  const limitMs = minutes * minuteMs * (isHalfBlind(facts) ? 2 : 1);
  const isWholeDay = rule.from === rule.to;
  let fromMs = last.atMs;
  for (let parts = 0; parts < 4; parts += 1) {
    const part = partFrom(fromMs, rule, zone);
    if (!isWholeDay) fromMs = Math.max(fromMs, part.fromMs);
    const dueMs = dueAfter(fromMs, limitMs, unknown);
    if (isWholeDay || (dueMs <= part.untilMs && facts.nowMs < part.untilMs)) {
      const { deviceId, room, kind } = last;
      const shown = { sinceMs: last.atMs, deviceId, room, eventKind: kind, limitMinutes: limitMs / minuteMs };
      return { atMs: dueMs, raise: { episode: last.atMs, ...shown } };
    }
    fromMs = part.untilMs;
  }
  return null;
}

export function judgeNotUp(rule: RuleOf<'not-up'>, facts: Facts): Verdict {
  const { watch, nowMs, zone, unknown, absence, last } = facts;
  if (absence) return look(absence.untilMs);
  if (!last || facts.isBlind) return null;
  const fromMs = onDayOf(nowMs, rule.from, zone);
  const byMs = onDayOf(nowMs, rule.by, zone);
  const tomorrow = look(onDayOf(nowMs, rule.by, zone, 1));
  const dueMs = dueAfter(fromMs, byMs - fromMs, unknown);
  const tally = watch.tallies[rule.id];
  const count = tally?.fromMs === fromMs ? tally.count : 0;
  const door = latestSign(watch, facts.stuckAfterMs, isOuterDoor);
  // Whoever went through the door was up; whoever came in through it sees how the resident is.
  const isDoorUsed = door !== null && door.atMs >= fromMs;
  if (watch.sinceMs > fromMs || count >= rule.signs || isDoorUsed || facts.out) return tomorrow;
  // Where most of the morning could not be seen, or is long past, the rule about silence speaks instead.
  if (dueMs - byMs > morningIsOverAfterMs || nowMs - dueMs > morningIsOverAfterMs) return tomorrow;
  const shown = { sinceMs: fromMs, deviceId: last.deviceId, count, by: rule.by };
  const stillMs = dueAfter(last.atMs, rule.stillMinutes * minuteMs, unknown);
  return { atMs: Math.max(dueMs, stillMs), raise: { episode: fromMs, ...shown } };
}

export function judgeNotBack(rule: RuleOf<'not-back'>, facts: Facts): Verdict {
  const { out, absence, unknown, zone } = facts;
  if (absence) return look(absence.untilMs);
  if (!out || facts.isBlind) return null;
  const afterMs = dueAfter(out.atMs, rule.afterMinutes * minuteMs, unknown);
  const byMs = rule.by === null ? Infinity : nextAt(out.atMs + leastTimeOutMs, rule.by, zone);
  const lateMs = rule.by === null ? Infinity : dueAfter(out.atMs, byMs - out.atMs, unknown);
  const isBy = lateMs < afterMs && rule.by !== null;
  return {
    atMs: Math.min(afterMs, lateMs),
    raise: {
      episode: out.atMs,
      sinceMs: out.atMs,
      deviceId: out.deviceId,
      room: out.room,
      eventKind: out.kind,
      ...(isBy && rule.by !== null ? { by: rule.by } : { limitMinutes: rule.afterMinutes }),
    },
  };
}

export function judgeBathroom(rule: RuleOf<'bathroom-long'>, facts: Facts): Verdict {
  const { watch, absence, unknown } = facts;
  if (absence) return look(absence.untilMs);
  if (watch.bathroomMs === null || facts.isBlind || facts.out) return null;
  const seesElsewhere = (sensor: Sensor): boolean =>
    (isMotion(sensor) || isBed(sensor)) && sensor.place !== 'bathroom';
  if (!hasLive(facts, seesElsewhere) || isHalfBlind(facts)) return null;
  const bath = latestSign(watch, facts.stuckAfterMs, ({ place }) => place === 'bathroom');
  if (!bath) return null;
  return {
    atMs: dueAfter(watch.bathroomMs, rule.afterMinutes * minuteMs, unknown),
    raise: {
      episode: watch.bathroomMs,
      sinceMs: watch.bathroomMs,
      deviceId: bath.deviceId,
      room: bath.room,
      limitMinutes: rule.afterMinutes,
    },
  };
}

export function judgeOutOfBed(rule: RuleOf<'out-of-bed'>, facts: Facts): Verdict {
  const { watch, nowMs, zone, unknown, last } = facts;
  const { bed } = watch;
  if (!bed || bed.isIn || facts.isBlind || facts.out || !last) return null;
  const night = partAt(bed.atMs, rule, zone);
  const sensor = watch.sensors[bed.deviceId];
  if (!night || !sensor || isGone(sensor, nowMs) || absenceAt(facts.absences, bed.atMs)) return null;
  if (facts.absence) return look(facts.absence.untilMs);
  const outMs = dueAfter(bed.atMs, rule.afterMinutes * minuteMs, unknown);
  const stillMs = rule.stillMinutes === 0 ? 0 : dueAfter(last.atMs, rule.stillMinutes * minuteMs, unknown);
  const atMs = Math.max(outMs, stillMs);
  if (atMs > night.untilMs || nowMs > night.untilMs + morningIsOverAfterMs) return null;
  const { deviceId, atMs: sinceMs } = bed;
  return {
    atMs,
    raise: { episode: sinceMs, sinceMs, deviceId, room: sensor.room, limitMinutes: rule.afterMinutes },
  };
}

export function judgeCounter(rule: RuleOf<'counter-without-use'>, facts: Facts): Verdict {
  const { watch, absence, unknown, last } = facts;
  const counter = watch.counters[rule.reading];
  if (absence) return look(absence.untilMs);
  if (!counter || facts.out) return null;
  const fromMs = Math.max(counter.baseMs, watch.returnedMs ?? 0);
  const atMs = dueAfter(fromMs, rule.afterMinutes * minuteMs, unknown);
  if (atMs <= facts.nowMs && counter.atMs < Math.min(facts.nowMs, atMs) - counterIsOldAfterMs) return null;
  return {
    atMs,
    raise: {
      episode: counter.baseMs,
      sinceMs: fromMs,
      deviceId: last?.deviceId ?? '',
      limitMinutes: rule.afterMinutes,
      count: counter.value - counter.baseValue,
    },
  };
}
