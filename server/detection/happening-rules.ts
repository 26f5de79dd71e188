import type { RuleOf } from '@carebell/contracts/detection.ts';
import { absenceAt } from './facts.ts';
import type { Facts } from './facts.ts';
import { dueAfter, isGone } from './sight.ts';
import { look } from './verdict.ts';
import type { Verdict } from './verdict.ts';
import { partAt } from './wall-clock.ts';
import { atTheDoorMs, isOuterDoor, isStuck, latestSign } from './watch.ts';

const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;
const lateMs = 2 * minuteMs;
/** An opening that became known this late is not spoken of any more. */
const openingIsOldAfterMs = 120 * minuteMs;
const nightIsOldAfterMs = 30 * minuteMs;

export function judgeTooMuch(rule: RuleOf<'too-much-activity'>, facts: Facts): Verdict {
  const tally = facts.watch.tallies[rule.id];
  const part = partAt(facts.nowMs, rule, facts.zone);
  if (!tally || !part || tally.fromMs !== part.fromMs || tally.count < rule.slots || !facts.last) return null;
  if (facts.absence) return look(facts.absence.untilMs);
  if (facts.nowMs - tally.lastMs > nightIsOldAfterMs) return null;
  const { deviceId, room } = facts.last;
  return {
    atMs: tally.lastMs,
    raise: { episode: part.fromMs, sinceMs: part.fromMs, deviceId, room, count: tally.count },
  };
}

export function judgeDoorOpen(rule: RuleOf<'door-open'>, facts: Facts): Verdict {
  const { watch, nowMs, absence, unknown } = facts;
  let earliest: Verdict = null;
  for (const [deviceId, sensor] of Object.entries(watch.sensors)) {
    const { openMs, room } = sensor;
    const isReliable = sensor.canClose && !isGone(sensor, nowMs) && !isStuck(sensor, facts.stuckAfterMs);
    if (openMs === null || !isOuterDoor(sensor) || !isReliable) continue;
    if (absence?.kind === 'carer-present') return look(absence.untilMs);
    const atMs = dueAfter(openMs, rule.afterMinutes * minuteMs, unknown);
    if (earliest && earliest.atMs <= atMs) continue;
    earliest = {
      atMs,
      raise: { episode: openMs, sinceMs: openMs, deviceId, room, limitMinutes: rule.afterMinutes },
    };
  }
  return earliest;
}

export function judgeDoorAtNight(rule: RuleOf<'door-at-night'>, facts: Facts): Verdict {
  const { watch, nowMs, zone, unknown } = facts;
  const { opened } = watch;
  if (!opened || !partAt(opened.atMs, rule, zone) || absenceAt(facts.absences, opened.atMs)) return null;
  const sensor = watch.sensors[opened.deviceId];
  if (!sensor || isStuck(sensor, facts.stuckAfterMs)) return null;
  const isLate = opened.receivedMs - opened.atMs > lateMs;
  const inside = latestSign(watch, facts.stuckAfterMs, (one) => !isOuterDoor(one));
  const isInside = inside !== null && inside.atMs > opened.atMs + atTheDoorMs;
  if (isInside && (rule.afterMinutes > 0 || isLate)) return null;
  const dueMs = dueAfter(opened.atMs, rule.afterMinutes * minuteMs, unknown);
  // Long ago, or while the hub was down: what has become of it meanwhile is for "not back" to say.
  if (nowMs - dueMs > openingIsOldAfterMs) return null;
  const { atMs: sinceMs, deviceId } = opened;
  return {
    atMs: rule.afterMinutes === 0 ? opened.atMs : dueMs,
    raise: {
      episode: sinceMs,
      sinceMs,
      deviceId,
      room: sensor.room,
      eventKind: 'door.opened',
      limitMinutes: rule.afterMinutes,
      isLate,
    },
  };
}

export function judgeButton(rule: RuleOf<'button-not-tested'>, { watch, buttonId }: Facts): Verdict {
  if (buttonId === null) return null;
  const sinceMs = watch.pressedMs ?? watch.sinceMs;
  return {
    atMs: sinceMs + rule.days * dayMs,
    raise: { episode: sinceMs, sinceMs, deviceId: buttonId, count: rule.days },
  };
}

export function judgeStuck(rule: RuleOf<'sensor-stuck'>, { watch, nowMs }: Facts): Verdict {
  for (const [deviceId, sensor] of Object.entries(watch.sensors)) {
    const { actMs, runMs, room } = sensor;
    if (actMs === null || nowMs - actMs > nightIsOldAfterMs) continue;
    if (!isStuck(sensor, rule.afterMinutes * minuteMs)) continue;
    const limitMinutes = rule.afterMinutes;
    return { atMs: actMs, raise: { episode: runMs, sinceMs: runMs, deviceId, room, limitMinutes } };
  }
  return null;
}
