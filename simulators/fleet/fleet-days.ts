import type { EventKind } from '@carebell/contracts/event-kinds.ts';
import type { DeviceType } from '@carebell/contracts/registry.ts';
import { dayMs, planDay } from '../home/day-plan.ts';
import type { DayAct } from '../home/day-plan.ts';
import { seededRandom } from '../random.ts';

/** One home of a fleet: the places of its devices in the fleet, and what they are. */
export type FleetHome = { devices: { index: number; type: DeviceType }[] };
export type FleetAct = { atMs: number; index: number; kind: EventKind };

const kinds: Record<DayAct['act'], EventKind> = {
  open: 'door.opened',
  close: 'door.closed',
  move: 'motion.detected',
  'enter-bed': 'bed.entered',
  'leave-bed': 'bed.left',
};
const usualHome: readonly DeviceType[] = ['button', 'door-sensor', 'motion-sensor', 'bed-sensor'];

/** Homes of four devices each, as most dwellings have, out of a fleet of any size. */
export function homesOf(size: number): FleetHome[] {
  return Array.from({ length: Math.ceil(size / usualHome.length) }, (_, home) => ({
    devices: usualHome
      .map((type, place) => ({ index: home * usualHome.length + place, type }))
      .filter(({ index }) => index < size),
  }));
}

/**
 * What happens in one home from `fromMs` to `toMs`, counted from the midnight on which the fleet's time begins. The day is
 * planned anew for each part that is asked for: 12,500 homes keep nothing in memory, and the same seed lives the same days.
 */
export function actsOfHome(home: FleetHome, seed: string, fromMs: number, toMs: number): FleetAct[] {
  const devices = home.devices.map(({ index, type }) => ({ id: String(index), type }));
  const acts: FleetAct[] = [];
  for (let day = Math.floor(fromMs / dayMs); day * dayMs < toMs; day += 1) {
    const random = seededRandom(`${seed}:${devices[0]?.id}:${day}`);
    for (const { atMs, deviceId, act } of planDay(random, devices)) {
      const at = day * dayMs + atMs;
      if (at >= fromMs && at < toMs) acts.push({ atMs: at, index: Number(deviceId), kind: kinds[act] });
    }
  }
  return acts;
}

/** The devices whose sign of life falls into this part of the time, each once a period, evenly over it. */
export function heartbeatsBetween(size: number, everyMs: number, fromMs: number, toMs: number): number[] {
  const due: number[] = [];
  const first = Math.ceil((fromMs * size) / everyMs);
  for (let turn = first; (turn * everyMs) / size < toMs; turn += 1) due.push(turn % size);
  return due;
}
