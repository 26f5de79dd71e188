import type { Random } from './random.ts';

/** Below this the device says `battery.low`; above the second limit, after a new battery, `battery.ok`. */
const lowPercent = 15;
const okPercent = 30;

export type BatteryNotice = 'battery.low' | 'battery.ok';

export type Battery = {
  percent(): number;
  /** One more reading: a little charge is gone. Says what the device must report, if anything. */
  drain(): BatteryNotice | undefined;
  replace(): BatteryNotice | undefined;
};

/** A lithium cell: with a reading every quarter of an hour, 0.004 % a reading is 3.8 months for 45 %. */
export function createBattery(random: Random, startPercent = 60 + random() * 40): Battery {
  let percent = startPercent;
  let isLow = startPercent < lowPercent;
  const notice = (): BatteryNotice | undefined => {
    if (!isLow && percent < lowPercent) {
      isLow = true;
      return 'battery.low';
    }
    if (isLow && percent > okPercent) {
      isLow = false;
      return 'battery.ok';
    }
    return undefined;
  };
  return {
    percent: () => Math.round(percent * 10) / 10,
    drain() {
      percent = Math.max(0, percent - random() * 0.008);
      return notice();
    },
    replace() {
      percent = 100;
      return notice();
    },
  };
}
