import type { Rule } from '@carebell/contracts/detection.ts';
import { blindSince, withGap } from './sight.ts';
import { onDayOf, partAt } from './wall-clock.ts';
import type { ZoneMs } from './wall-clock.ts';
import { isOuterDoor, outSince, placeOf } from './watch.ts';
import type { DeviceAt, Sensor, Watch, WatchInput } from './watch.ts';

/** A pause that ends a run of reports. */
const pauseMs = 240_000;
/** A device that has not beaten twice may be one that beats once a day. */
const longestBeatMs = 25 * 3_600_000;
const lateMs = 120_000;
const sameLatenessMs = 60_000;
const minuteMs = 60_000;
const slotMs = 6 * minuteMs;

export type LearnContext = { rules: readonly Rule[]; zone: ZoneMs; stuckAfterMs: number };

/** A sign of life, as far as an input was one. */
export type Learnt = {
  watch: Watch;
  sign: { deviceId: string; kind: string; atMs: number; isIndoors: boolean } | null;
};

const signKinds = new Set([
  'motion.detected',
  'door.opened',
  'door.closed',
  'bed.entered',
  'bed.left',
  'button.pressed',
  'test.pressed',
]);

/** Takes up what has become known; the cost does not depend on what was known before. Changes nothing that it is given. */
export function learn(before: Watch, input: WatchInput, context: LearnContext): Learnt {
  const { receivedMs } = input;
  const watch: Watch = { ...before, nowMs: Math.max(before.nowMs, receivedMs) };
  const blindMs = blindSince(before, watch.nowMs);
  const sign = take(watch, input, context);
  if (blindMs !== null && blindSince(watch, watch.nowMs) === null) {
    watch.gaps = withGap(watch.gaps, { fromMs: blindMs, untilMs: watch.nowMs });
  }
  return { watch, sign };
}

function take(watch: Watch, input: WatchInput, context: LearnContext): Learnt['sign'] {
  switch (input.type) {
    case 'time':
      return null;
    case 'link': {
      const sensor = watch.sensors[input.deviceId];
      if (!sensor) return null;
      const offMs = input.isUp ? null : (sensor.offMs ?? input.receivedMs);
      watch.sensors = { ...watch.sensors, [input.deviceId]: { ...sensor, offMs } };
      return null;
    }
    case 'reading':
      hear(watch, input.device, input.receivedMs, true);
      for (const rule of context.rules) {
        if (rule.kind !== 'counter-without-use') continue;
        const value = input.values[rule.reading];
        if (typeof value === 'number') count(watch, rule, value, input.atMs);
      }
      return null;
    case 'event':
      return takeEvent(watch, input, context);
  }
}

function takeEvent(
  watch: Watch,
  { device, kind, atMs: saidMs, receivedMs }: Extract<WatchInput, { type: 'event' }>,
  context: LearnContext,
): Learnt['sign'] {
  const heard = hear(watch, device, receivedMs, kind === 'heartbeat');
  const atMs = believed(heard, saidMs, receivedMs);
  if (!signKinds.has(kind)) return null;
  const wasOut = outSince(watch, context.stuckAfterMs);
  const sensor = act(heard, kind, atMs);
  watch.sensors = { ...watch.sensors, [device.id]: sensor };
  const isIndoors = !isOuterDoor(sensor);
  if (kind === 'button.pressed' || kind === 'test.pressed')
    watch.pressedMs = Math.max(watch.pressedMs ?? 0, atMs);
  if ((kind === 'bed.entered' || kind === 'bed.left') && atMs >= (watch.bed?.atMs ?? 0))
    watch.bed = { isIn: kind === 'bed.entered', atMs, deviceId: device.id };
  // Who is seen in another room has left the bed, though the bed has not said so.
  else if (watch.bed?.isIn && contradictsBed(sensor, kind) && atMs > watch.bed.atMs + 3 * minuteMs)
    watch.bed = null;
  if (!isIndoors && kind === 'door.opened' && atMs >= (watch.opened?.atMs ?? 0))
    watch.opened = { atMs, receivedMs, deviceId: device.id };
  if (isIndoors && wasOut && outSince(watch, context.stuckAfterMs) === null) watch.returnedMs = atMs;
  stay(watch, sensor, atMs);
  tally(watch, { kind, atMs }, context);
  return { deviceId: device.id, kind, atMs, isIndoors };
}

function contradictsBed({ place, type }: Sensor, kind: string): boolean {
  return kind === 'motion.detected' && type === 'motion-sensor' && place !== 'bedroom';
}

/** Notes that a device is alive. A device that was moved or renamed is taken as it is now. */
function hear(watch: Watch, device: DeviceAt, receivedMs: number, isBeat: boolean): Sensor {
  const known = watch.sensors[device.id];
  const gapMs = known?.beatMs === null || !known ? null : receivedMs - known.beatMs;
  const sensor: Sensor = {
    ...(known ?? {
      beatMs: null,
      beatGapMs: longestBeatMs,
      actMs: null,
      actKind: '',
      runMs: 0,
      changedMs: 0,
      openMs: null,
      canClose: false,
      late: null,
    }),
    type: device.type,
    room: device.room || device.name,
    place: placeOf(device),
    heardMs: Math.max(known?.heardMs ?? 0, receivedMs),
    offMs: null,
  };
  if (isBeat) {
    sensor.beatMs = receivedMs;
    // The longest distance, fading by a tenth with each beat, so that one long gap does not deafen the hub for good.
    if (gapMs !== null && gapMs > minuteMs)
      sensor.beatGapMs = Math.min(longestBeatMs, Math.max(gapMs, sensor.beatGapMs * 0.9));
  }
  watch.sensors = { ...watch.sensors, [device.id]: sensor };
  return sensor;
}

/**
 * When it happened. Events that are late by the same time again and again come from a clock that is wrong; what was kept
 * back and is sent at once is late by different times.
 */
function believed(sensor: Sensor, atMs: number, receivedMs: number): number {
  const byMs = receivedMs - atMs;
  if (byMs <= lateMs) {
    sensor.late = null;
    return atMs;
  }
  const isSame = sensor.late !== null && Math.abs(sensor.late.byMs - byMs) < sameLatenessMs;
  if (!isSame || !sensor.late) sensor.late = { byMs, sinceMs: receivedMs };
  return receivedMs - sensor.late.sinceMs > lateMs ? receivedMs : atMs;
}

function act(sensor: Sensor, kind: string, atMs: number): Sensor {
  const isNewest = atMs >= (sensor.actMs ?? 0);
  const next = { ...sensor };
  if (isNewest) {
    if (sensor.actMs === null || atMs - sensor.actMs > pauseMs) next.runMs = atMs;
    next.actMs = atMs;
    next.actKind = kind;
  }
  if (kind === 'door.closed') next.canClose = true;
  if ((kind === 'door.opened' || kind === 'door.closed') && atMs >= sensor.changedMs) {
    next.changedMs = atMs;
    next.openMs = kind === 'door.closed' ? null : (sensor.openMs ?? atMs);
  }
  return next;
}

/** In the bathroom since when, as long as nothing is seen elsewhere. */
function stay(watch: Watch, sensor: Sensor, atMs: number): void {
  if (sensor.place === 'bathroom' && sensor.type === 'motion-sensor') {
    const elsewhereMs = Math.max(
      ...Object.values(watch.sensors).map(({ place, actMs }) => (place === 'bathroom' ? 0 : (actMs ?? 0))),
    );
    if (atMs >= elsewhereMs) watch.bathroomMs ??= atMs;
    return;
  }
  if (watch.bathroomMs === null || atMs < watch.bathroomMs) return;
  const inBathMs = Math.max(
    ...Object.values(watch.sensors).map(({ place, actMs }) => (place === 'bathroom' ? (actMs ?? 0) : 0)),
  );
  // A late event from elsewhere, before the last movement in the bathroom: there since that movement at the latest.
  watch.bathroomMs = atMs >= inBathMs ? null : inBathMs;
}

function tally(
  watch: Watch,
  { kind, atMs }: { kind: string; atMs: number },
  { rules, zone }: LearnContext,
): void {
  for (const rule of rules) {
    if (rule.kind === 'not-up') {
      const todayMs = onDayOf(atMs, rule.from, zone);
      if (atMs >= todayMs) enter(watch, rule.id, todayMs, Math.floor(atMs / minuteMs), atMs);
    } else if (rule.kind === 'too-much-activity' && kind === 'motion.detected' && watch.bed?.isIn !== true) {
      const part = partAt(atMs, rule, zone);
      if (part) enter(watch, rule.id, part.fromMs, Math.floor(atMs / slotMs), atMs);
    }
  }
}

function enter(watch: Watch, ruleId: string, fromMs: number, slot: number, atMs: number): void {
  const known = watch.tallies[ruleId];
  if (known && (fromMs < known.fromMs || (fromMs === known.fromMs && slot <= known.slot))) return;
  const count = known?.fromMs === fromMs ? known.count + 1 : 1;
  watch.tallies = { ...watch.tallies, [ruleId]: { fromMs, count, slot, lastMs: atMs } };
}

/** A counter that goes backwards was exchanged, and begins anew. */
function count(
  watch: Watch,
  rule: Extract<Rule, { kind: 'counter-without-use' }>,
  value: number,
  atMs: number,
): void {
  const known = watch.counters[rule.reading];
  if (known && atMs < known.atMs) return;
  const isMoved = !known || value < known.baseValue || value - known.baseValue >= rule.least;
  const base = isMoved ? { baseMs: atMs, baseValue: value } : known;
  watch.counters = {
    ...watch.counters,
    [rule.reading]: { baseMs: base.baseMs, baseValue: base.baseValue, value, atMs },
  };
}
