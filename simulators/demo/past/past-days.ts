import type { EventKind } from '@carebell/contracts/event-kinds.ts';
import type { DeviceEvent } from '@carebell/contracts/messages.ts';
import type { DeviceAccount } from '../../accounts.ts';
import { planDay } from '../../home/day-plan.ts';
import type { DayAct } from '../../home/day-plan.ts';
import { between, seededRandom } from '../../random.ts';
import { batteryPast } from './battery-past.ts';
import type { BatteryFate } from './battery-past.ts';
import { dayBounds, localDate, midnightBefore } from './local-day.ts';

export type PastMessage = { atMs: number; deviceId: string } & (
  | { type: 'event'; body: DeviceEvent }
  | { type: 'reading'; body: { at: string; battery: number; rssi: number } }
);
/** What all devices have said on one calendar day, in the order in which it happened. */
export type PastDay = { date: string; untilMs: number; messages: PastMessage[] };

export type PastOptions = {
  accounts: readonly DeviceAccount[];
  seed: string;
  fromMs: number;
  toMs: number;
  timeZone: string;
};

/** An infrared sensor holds a movement for so long before it says that it is over. */
const motionHoldMs = 60_000;
const readingEveryMs = 2 * 3_600_000;
const kinds: Record<Exclude<DayAct['act'], 'move'>, EventKind> = {
  open: 'door.opened',
  close: 'door.closed',
  'enter-bed': 'bed.entered',
  'leave-bed': 'bed.left',
};

/**
 * The days between two instants as the living demo would have lived them: the same plan of a day, the same devices. No
 * alarm is among them, because the hub would count weeks between the press and its arrival.
 */
export function* pastDays(options: PastOptions): Generator<PastDay> {
  const { accounts, fromMs, toMs, timeZone } = options;
  const households = Map.groupBy(accounts, ({ resident, id }) => resident ?? id);
  const readings = readingsOf(options);
  const bounds = dayBounds(fromMs, toMs, timeZone);
  for (const [index, beginMs] of bounds.slice(0, -1).entries()) {
    const endMs = bounds[index + 1] ?? toMs;
    const date = localDate(beginMs, timeZone);
    const midnightMs = midnightBefore(beginMs, timeZone);
    const messages: PastMessage[] = [];
    for (const [resident, household] of households) {
      const random = seededRandom(`${options.seed}:past:${resident}:${date}`);
      const happened = eventsOf(planDay(random, household), midnightMs);
      for (const [count, { atMs, deviceId, kind }] of happened.entries()) {
        const id = `past-${date}-${count}`;
        messages.push({
          type: 'event',
          atMs,
          deviceId,
          body: { id, kind, at: new Date(atMs).toISOString() },
        });
      }
    }
    messages.push(...readings(beginMs, endMs));
    yield {
      date,
      untilMs: endMs,
      messages: messages
        .filter(({ atMs }) => atMs >= beginMs && atMs < endMs)
        .toSorted((a, b) => a.atMs - b.atMs),
    };
  }
}

function eventsOf(
  acts: readonly DayAct[],
  midnightMs: number,
): { atMs: number; deviceId: string; kind: EventKind }[] {
  const movedAtMs = new Map<string, number>();
  return acts.flatMap(({ atMs: sinceMidnightMs, deviceId, act }, index) => {
    const atMs = midnightMs + sinceMidnightMs;
    if (act !== 'move') return [{ atMs, deviceId, kind: kinds[act] }];
    const isHeld = atMs < (movedAtMs.get(deviceId) ?? -Infinity) + motionHoldMs;
    movedAtMs.set(deviceId, atMs);
    const next = acts.slice(index + 1).find((later) => later.act === 'move' && later.deviceId === deviceId);
    const goesOn = next !== undefined && midnightMs + next.atMs < atMs + motionHoldMs;
    return [
      ...(isHeld ? [] : [{ atMs, deviceId, kind: 'motion.detected' as const }]),
      ...(goesOn ? [] : [{ atMs: atMs + motionHoldMs, deviceId, kind: 'motion.cleared' as const }]),
    ];
  });
}

/** Battery and signal of every device; each sends at a minute of its own. */
function readingsOf({ accounts, seed, toMs }: PastOptions) {
  const devices = accounts.map((account, index) => {
    const own = seededRandom(`${seed}:past-signal:${account.id}`);
    return {
      id: account.id,
      percentAt: batteryPast({ id: account.id, seed, fate: fateOf(accounts, account, index) }, toMs),
      offsetMs: Math.floor(own() * readingEveryMs),
      usualRssi: between(own, -72, -55),
      swing: between(own, 1, 5),
    };
  });
  return (fromMs: number, untilMs: number): PastMessage[] =>
    devices.flatMap(({ id, percentAt, offsetMs, usualRssi, swing }) => {
      const sent: PastMessage[] = [];
      const firstMs = Math.ceil((fromMs - offsetMs) / readingEveryMs) * readingEveryMs + offsetMs;
      for (let atMs = firstMs; atMs < untilMs; atMs += readingEveryMs) {
        const noise = seededRandom(`${id}:${atMs}`)() * 4 - 2;
        const rssi = Math.round(usualRssi + swing * Math.sin(atMs / 7e7) + noise);
        const body = { at: new Date(atMs).toISOString(), battery: percentAt(atMs), rssi };
        sent.push({ type: 'reading', atMs, deviceId: id, body });
      }
      return sent;
    });
}

/** The living demo has one weak battery, in its first motion sensor; one device has had a new one. */
function fateOf(accounts: readonly DeviceAccount[], { type, id }: DeviceAccount, index: number): BatteryFate {
  if (id === accounts.find((account) => account.type === 'motion-sensor')?.id) return 'weak';
  return index === 0 && type !== 'motion-sensor' ? 'replaced' : 'usual';
}
