import type { DeviceType } from '@carebell/contracts/registry.ts';
import { between, pick, wholeBetween } from '../random.ts';
import type { Random } from '../random.ts';

export type DayAct = {
  /** Milliseconds since midnight. */
  atMs: number;
  deviceId: string;
  act: 'open' | 'close' | 'move' | 'enter-bed' | 'leave-bed';
};

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/**
 * One day of one resident as the sensors of the dwelling see it: up early, out for vegetables, a nap after lunch, a walk
 * in the afternoon, early to bed, once or twice up at night. Nothing moves while nobody is at home or all are asleep.
 */
export function planDay(random: Random, devices: readonly { id: string; type: DeviceType }[]): DayAct[] {
  const idsOf = (type: DeviceType) => devices.filter((device) => device.type === type).map(({ id }) => id);
  const [doors, motions, beds] = [idsOf('door-sensor'), idsOf('motion-sensor'), idsOf('bed-sensor')];
  const acts: DayAct[] = [];
  const add = (ids: string[], atMs: number, act: DayAct['act']) => {
    const [first, ...rest] = ids;
    if (first !== undefined)
      acts.push({ atMs: Math.round(atMs), deviceId: pick(random, first, ...rest), act });
  };
  const moveAbout = (fromMs: number, toMs: number, everyMinutes: number) => {
    for (let atMs = fromMs; atMs < toMs; atMs += between(random, 0.4, 1.6) * everyMinutes * minuteMs) {
      add(motions, atMs, 'move');
    }
  };
  const throughDoor = (atMs: number) => {
    add(doors, atMs, 'open');
    add(doors, atMs + between(random, 6_000, 40_000), 'close');
  };
  const inBed = (fromMs: number, toMs: number) => {
    add(beds, fromMs, 'enter-bed');
    add(beds, toMs, 'leave-bed');
  };

  const upAt = between(random, 5.25, 6.75) * hourMs;
  const outAt = between(random, 7.75, 9) * hourMs;
  const homeAt = outAt + between(random, 40, 90) * minuteMs;
  const napAt = between(random, 12.25, 13) * hourMs;
  const napEnd = napAt + between(random, 45, 90) * minuteMs;
  const walkAt = between(random, 15, 16.25) * hourMs;
  const walkEnd = walkAt + between(random, 30, 80) * minuteMs;
  const nightAt = between(random, 20.25, 21.75) * hourMs;

  for (let wakings = wholeBetween(random, 1, 2); wakings > 0; wakings -= 1) {
    const atMs = between(random, 0.5, 4.5) * hourMs;
    const backMs = atMs + between(random, 3, 9) * minuteMs;
    add(beds, atMs, 'leave-bed');
    moveAbout(atMs + 20_000, backMs, 3);
    add(beds, backMs, 'enter-bed');
  }
  add(beds, upAt, 'leave-bed');
  moveAbout(upAt + minuteMs, outAt, 6);
  throughDoor(outAt);
  throughDoor(homeAt);
  moveAbout(homeAt + minuteMs, napAt, 7);
  inBed(napAt + 2 * minuteMs, napEnd);
  moveAbout(napEnd + minuteMs, walkAt, 9);
  throughDoor(walkAt);
  throughDoor(walkEnd);
  moveAbout(walkEnd + minuteMs, nightAt, 8);
  add(beds, nightAt + 2 * minuteMs, 'enter-bed');
  return acts.toSorted((a, b) => a.atMs - b.atMs);
}
