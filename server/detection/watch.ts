import type { DeviceType } from '@carebell/contracts/registry.ts';
import type { Span } from './wall-clock.ts';

export type Place = 'bathroom' | 'bedroom' | 'entrance' | 'cupboard' | 'other';

/** What is remembered of a sensor: its latest signs, never their history. Instants are milliseconds since the epoch. */
export type Sensor = {
  type: DeviceType;
  room: string;
  place: Place;
  /** When anything of it last reached the hub. */
  heardMs: number;
  /** Its last heartbeat or reading, and the longest usual distance between them. */
  beatMs: number | null;
  beatGapMs: number;
  /** Since when it is known to be switched off. */
  offMs: number | null;
  /** Its latest sign of life of the resident, and since when these come without a pause. */
  actMs: number | null;
  actKind: string;
  runMs: number;
  /** Of a door: its latest change, open since when, and whether it has ever said that it closed. */
  changedMs: number;
  openMs: number | null;
  canClose: boolean;
  /** How late its events come, and since when they are late by that much: a clock that is wrong. */
  late: { byMs: number; sinceMs: number } | null;
};

/** What was raised by a rule last, for which episode, and what has been noted of it since. */
export type Raised = {
  episode: number;
  atMs: number;
  sinceMs: number;
  deviceId: string;
  alarmId: string | null;
  isSeen: boolean;
  isContradicted: boolean;
};

/** Everything that the rules know of one resident: small, and of the same size after a day as after a year. */
export type Watch = {
  sinceMs: number;
  nowMs: number;
  sensors: Record<string, Sensor>;
  bed: { isIn: boolean; atMs: number; deviceId: string } | null;
  /** The latest opening of an outer door, and when it became known. */
  opened: { atMs: number; receivedMs: number; deviceId: string } | null;
  /** When the resident was seen indoors again after having gone out. */
  returnedMs: number | null;
  /** In the bathroom, and seen nowhere else since. */
  bathroomMs: number | null;
  pressedMs: number | null;
  /** Times in which nothing could be seen. */
  gaps: Span[];
  /** Counted in the current part of the day, by rule. */
  tallies: Record<string, { fromMs: number; count: number; slot: number; lastMs: number }>;
  /** Where a counter stood when it had last moved by enough, by reading. */
  counters: Record<string, { baseMs: number; baseValue: number; value: number; atMs: number }>;
  raised: Record<string, Raised>;
  /** Events come late: until then more of them may, and what they say of the past is not spoken of. */
  settlesMs: number | null;
  /** When a rule must be looked at again though nothing happens. */
  dueMs: number | null;
};

export type DeviceAt = { id: string; type: DeviceType; room: string; name: string };

/** What becomes known of a resident, in the order in which it became known. */
export type WatchInput =
  | { type: 'event'; device: DeviceAt; kind: string; atMs: number; receivedMs: number }
  | {
      type: 'reading';
      device: DeviceAt;
      values: Readonly<Record<string, unknown>>;
      atMs: number;
      receivedMs: number;
    }
  | { type: 'link'; deviceId: string; isUp: boolean; receivedMs: number }
  | { type: 'time'; receivedMs: number };

export function newWatch(nowMs: number): Watch {
  return {
    sinceMs: nowMs,
    nowMs,
    sensors: {},
    bed: null,
    opened: null,
    returnedMs: null,
    bathroomMs: null,
    pressedMs: null,
    gaps: [],
    tallies: {},
    counters: {},
    raised: {},
    settlesMs: null,
    dueMs: null,
  };
}

const words: readonly [Place, RegExp][] = [
  ['cupboard', /冰箱|药盒|药箱|柜|抽屉|fridge|cupboard|drawer|pill|medicine|cabinet|wardrobe/],
  ['bathroom', /卫生间|浴室|厕所|洗手间|卫浴|bath|toilet|\bwc\b|shower|lavatory/],
  ['bedroom', /卧室|卧房|床|bed/],
  ['entrance', /玄关|入户|门口|大门|门厅|hall|entrance|front|entry/],
];

/** Which kind of room a device is in, by the words of its room and name. */
export function placeOf({ room, name }: Pick<DeviceAt, 'room' | 'name'>): Place {
  const text = `${room} ${name}`.toLowerCase();
  return words.find(([, pattern]) => pattern.test(text))?.[0] ?? 'other';
}

/** A door that leads out: any door sensor that is not said to be of a bathroom, bedroom or cupboard. */
export function isOuterDoor({ type, place }: Pick<Sensor, 'type' | 'place'>): boolean {
  return type === 'door-sensor' && (place === 'entrance' || place === 'other');
}

/** A sensor that has reported for so long without a pause; what it says is no sign of life. */
export function isStuck({ actMs, runMs }: Sensor, stuckAfterMs: number): boolean {
  return actMs !== null && actMs - runMs >= stuckAfterMs;
}

/** What the resident did last. */
export type Sign = { atMs: number; deviceId: string; room: string; kind: string };

/** The latest sign of life of those sensors that are wanted and do not stick. */
export function latestSign(
  watch: Watch,
  stuckAfterMs: number,
  isWanted: (sensor: Sensor) => boolean = () => true,
): Sign | null {
  let latest: Sign | null = null;
  for (const [deviceId, sensor] of Object.entries(watch.sensors)) {
    const { actMs, room, actKind } = sensor;
    if (actMs === null || !isWanted(sensor) || isStuck(sensor, stuckAfterMs)) continue;
    if (latest === null || actMs > latest.atMs) latest = { atMs: actMs, deviceId, room, kind: actKind };
  }
  return latest;
}

/** Movement this soon after an outer door moved may be the person who is just going out. */
export const atTheDoorMs = 20_000;

/** The way out, if the resident has gone out and not been seen indoors since. */
export function outSince(watch: Watch, stuckAfterMs: number): Sign | null {
  if (watch.bed?.isIn === true) return null;
  const out = latestSign(watch, stuckAfterMs, isOuterDoor);
  if (out === null) return null;
  const hasEyes = Object.values(watch.sensors).some(
    ({ type }) => type === 'motion-sensor' || type === 'bed-sensor',
  );
  if (!hasEyes) return null;
  const inside = latestSign(watch, stuckAfterMs, (sensor) => !isOuterDoor(sensor));
  return inside === null || inside.atMs <= out.atMs + atTheDoorMs ? out : null;
}
