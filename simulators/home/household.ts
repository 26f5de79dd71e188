import type { DeviceAccount } from '../accounts.ts';
import type { Simulators } from '../compose.ts';
import type { BedSensor } from '../devices/bed-sensor.ts';
import type { DoorSensor } from '../devices/door-sensor.ts';
import type { FallDetector } from '../devices/fall-detector.ts';
import type { MotionSensor } from '../devices/motion-sensor.ts';
import type { SmokeDetector } from '../devices/smoke-detector.ts';
import type { Terminal } from '../devices/terminal.ts';
import type { Random } from '../random.ts';
import type { Cancel, Time } from '../time.ts';
import type { DeviceOptions, VirtualDevice } from '../virtual-device.ts';
import { dayMs, planDay } from './day-plan.ts';
import type { DayAct } from './day-plan.ts';

/** A device in a dwelling, by what can be done with it. A button is a terminal of which only the help key exists. */
export type HouseholdDevice = { account: DeviceAccount } & (
  | { can: 'press'; device: Terminal }
  | { can: 'fall'; device: FallDetector }
  | { can: 'open'; device: DoorSensor }
  | { can: 'move'; device: MotionSensor }
  | { can: 'lie'; device: BedSensor }
  | { can: 'smoke'; device: SmokeDetector }
  | { can: 'nothing'; device: VirtualDevice }
);

/** Makes the virtual device that belongs to an account. */
export function furnish(
  simulators: Simulators,
  account: DeviceAccount,
  options: DeviceOptions = {},
): HouseholdDevice {
  switch (account.type) {
    case 'button':
    case 'terminal':
      return { account, can: 'press', device: simulators.terminal(account, options) };
    case 'fall-detector':
      return { account, can: 'fall', device: simulators.fallDetector(account, options) };
    case 'door-sensor':
      return { account, can: 'open', device: simulators.doorSensor(account, options) };
    case 'motion-sensor':
      return { account, can: 'move', device: simulators.motionSensor(account, options) };
    case 'bed-sensor':
      return { account, can: 'lie', device: simulators.bedSensor(account, options) };
    case 'smoke-detector':
      return { account, can: 'smoke', device: simulators.smokeDetector(account, options) };
    default:
      return { account, can: 'nothing', device: simulators.smokeDetector(account, options) };
  }
}

/** Carries out one act of a day plan; an act that the device cannot do is left out. */
export function perform(household: readonly HouseholdDevice[], { deviceId, act }: DayAct): void {
  const at = household.find(({ account }) => account.id === deviceId);
  if (at?.can === 'open' && act === 'open') at.device.open();
  if (at?.can === 'open' && act === 'close') at.device.close();
  if (at?.can === 'move' && act === 'move') at.device.sense();
  if (at?.can === 'lie' && act === 'enter-bed') at.device.enter();
  if (at?.can === 'lie' && act === 'leave-bed') at.device.leave();
}

export type DaysOptions = {
  time: Time;
  random: Random;
  /** The hour of the day at which it begins, in milliseconds since midnight. */
  startAtMs: number;
  /** Called before each act. */
  observe?: (act: DayAct) => void;
};

/** Lives one day after another with one timer, until cancelled. */
export function liveDays(household: readonly HouseholdDevice[], options: DaysOptions): Cancel {
  const { time, random, startAtMs, observe } = options;
  const devices = household.map(({ account }) => account);
  let midnight = time.now() - startAtMs;
  let coming = planDay(random, devices).filter(({ atMs }) => atMs >= startAtMs);
  let cancel: Cancel = () => {};

  const plan = () => {
    const next = coming[0];
    const atMs = midnight + (next?.atMs ?? dayMs);
    cancel = time.after(Math.max(0, atMs - time.now()), () => {
      if (next === undefined) {
        midnight += dayMs;
        coming = planDay(random, devices);
      } else {
        coming.shift();
        observe?.(next);
        perform(household, next);
      }
      plan();
    });
  };
  plan();
  return () => cancel();
}
