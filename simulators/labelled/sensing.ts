import type { DeviceType } from '@carebell/contracts/registry.ts';
import { between, waitingTime } from '../random.ts';
import type { Random } from '../random.ts';
import { dayMs, hourMs, minuteMs } from './day-of-life.ts';
import type { Stay } from './day-of-life.ts';
import { sensorSets } from './life-styles.ts';
import type { SensorSet } from './life-styles.ts';

export type LabelledDevice = { id: string; type: DeviceType; room: string; name: string };

/** What reached the hub: an event, a reading, or that a device went off line or came back. */
export type Told =
  | { type: 'event'; deviceId: string; kind: string; atMs: number; receivedMs: number }
  | { type: 'reading'; deviceId: string; values: Record<string, number>; atMs: number; receivedMs: number }
  | { type: 'link'; deviceId: string; isUp: boolean; receivedMs: number };

const rooms = { living: '客厅', bathroom: '卫生间', kitchen: '厨房', bedroom: '卧室', hall: '玄关' };
/** A motion sensor is blind for so long after it has reported. */
const coolDownMs = 60_000;
/** Frames that get lost: of cheap codes, which nobody acknowledges, and of the others. */
const lostPart: Record<SensorSet, number> = { sparse: 0.02, usual: 0.002, full: 0.002 };

export function devicesOf(set: SensorSet): LabelledDevice[] {
  return sensorSets[set].map((name) => {
    const [what, room] = name.split(':');
    if (what === 'motion' && room !== undefined)
      return {
        id: name.replace(':', '-'),
        type: 'motion-sensor',
        room: rooms[room as keyof typeof rooms],
        name: '',
      };
    if (what === 'bed') return { id: 'bed', type: 'bed-sensor', room: '卧室', name: '' };
    if (what === 'door') return { id: 'door', type: 'door-sensor', room: '玄关', name: '入户门' };
    if (what === 'water') return { id: 'water', type: 'other', room: '厨房', name: '水表' };
    return { id: 'button', type: 'button', room: '客厅', name: '' };
  });
}

/** Whether the cheap codes are used, which say nothing while nothing happens. */
function beats(set: SensorSet): boolean {
  return set !== 'sparse';
}

/** What the sensors of a dwelling report of these stays, with the frames that get lost, and their heartbeats. */
export function sense(
  random: Random,
  stays: readonly Stay[],
  set: SensorSet,
  { isDoorLeftOpenAt }: { isDoorLeftOpenAt: readonly number[] },
): Told[] {
  const told: Told[] = [];
  const has = new Set<string>(sensorSets[set].map((name) => name.replace(':', '-')));
  const say = (deviceId: string, kind: string, atMs: number): void => {
    if (!has.has(deviceId) || random() < lostPart[set]) return;
    const receivedMs = atMs + between(random, 50, 900);
    told.push({ type: 'event', deviceId, kind, atMs: Math.round(atMs), receivedMs: Math.round(receivedMs) });
  };
  const move = (room: string, atMs: number): void => say(`motion-${room}`, 'motion.detected', atMs);
  let before: Stay | undefined;
  let water = 100;
  const waterAt: { atMs: number; value: number }[] = [];
  for (const stay of stays) {
    const { fromMs, untilMs, where } = stay;
    const wasBed = before?.where === 'bed';
    if (wasBed && where !== 'bed') say('bed', 'bed.left', fromMs);
    if (wasBed && where !== 'bed') move('bedroom', fromMs + 8_000);
    if (before?.where === 'out' || where === 'out') {
      const isLeftOpen = isDoorLeftOpenAt.some((atMs) => Math.abs(atMs - fromMs) < minuteMs);
      const openForMs = isLeftOpen
        ? 150 * minuteMs
        : random() < 0.04
          ? between(random, 3, 14) * minuteMs
          : between(random, 5_000, 30_000);
      if (before?.where !== 'out') move('hall', fromMs - 15_000);
      say('door', 'door.opened', fromMs);
      say('door', 'door.closed', fromMs + openForMs);
      if (where !== 'out') move('hall', fromMs + 6_000);
    }
    if (where === 'bed' && !wasBed) {
      move('bedroom', fromMs + 3_000);
      say('bed', 'bed.entered', fromMs + 20_000);
    }
    // From room to room the way leads through the hall, or through the living room where nothing watches the hall.
    if (before && before.where !== where && where !== 'out' && before.where !== 'out' && random() < 0.85)
      move(has.has('motion-hall') ? 'hall' : 'living', fromMs);
    if (where !== 'bed' && where !== 'out') {
      if (random() < 0.93) move(where, fromMs + 4_000);
      const everyMs = stay.everyMinutes * minuteMs;
      if (everyMs > 0)
        for (
          let atMs = fromMs + coolDownMs + waitingTime(random, everyMs);
          atMs < untilMs;
          atMs += coolDownMs + waitingTime(random, everyMs)
        )
          move(where, atMs);
      // Flushing and washing, cooking.
      if (everyMs > 0 && (where === 'bathroom' || where === 'kitchen'))
        waterAt.push({ atMs: (fromMs + untilMs) / 2, value: (water += between(random, 0.004, 0.03)) });
    }
    before = stay;
  }
  const first = stays[0]?.fromMs ?? 0;
  const last = stays.at(-1)?.untilMs ?? 0;
  if (beats(set))
    for (const deviceId of has) told.push(...heartbeats(random, deviceId, first, last, waterAt));
  return told.toSorted((a, b) => a.receivedMs - b.receivedMs);
}

function heartbeats(
  random: Random,
  deviceId: string,
  firstMs: number,
  lastMs: number,
  water: readonly { atMs: number; value: number }[],
): Told[] {
  const told: Told[] = [];
  const everyMs = deviceId === 'button' ? dayMs : hourMs;
  for (
    let atMs = firstMs + random() * everyMs;
    atMs < lastMs;
    atMs += everyMs * between(random, 0.95, 1.05)
  ) {
    if (random() < lostPart.usual) continue;
    const at = { deviceId, atMs: Math.round(atMs), receivedMs: Math.round(atMs + 300) };
    if (deviceId === 'water') {
      const value = water.findLast((one) => one.atMs <= atMs)?.value ?? 100;
      told.push({ type: 'reading', ...at, values: { waterM3: Math.round(value * 1000) / 1000 } });
    } else told.push({ type: 'event', ...at, kind: 'heartbeat' });
  }
  return told;
}
