import { setTimeout as pause } from 'node:timers/promises';
import type { DeviceAccount } from '../accounts.ts';
import { compose } from '../compose.ts';
import { firmwareOf } from '../devices/firmware-version.ts';
import { furnish, liveDays } from '../home/household.ts';
import type { HouseholdDevice } from '../home/household.ts';
import { between, seededRandom } from '../random.ts';
import { fasterTime, systemTime } from '../time.ts';
import type { Cancel } from '../time.ts';
import { weakBatteryPercent } from './past/battery-past.ts';
import { createCallDirector } from './call-director.ts';
import type { Call } from './call-director.ts';

export type TownOptions = {
  hubUrl: string;
  accounts: readonly DeviceAccount[];
  seed: string;
  pace: number;
  /** Nobody calls for help, and no battery runs low. */
  isQuiet: boolean;
  /** The hour with which the town begins, in milliseconds since midnight. */
  startAtMs?: number;
};

export type Town = {
  /** Resolves when every device has been switched on. */
  start(): Promise<void>;
  stop(): Promise<void>;
};

const minuteMs = 60_000;
/** A visitor comes at any hour; the town's clock begins in the morning, when people are up. */
const morningMs = 8 * 60 * minuteMs;
/** Who signs in with a device's identifier by hand has it for two minutes before the town's own comes back. */
const yieldMs = 2 * minuteMs;
/** 90 devices are switched on within three seconds. */
const switchOnEveryMs = 30;

/** All devices of the accounts, living. */
export function createTown({
  hubUrl,
  accounts,
  seed,
  pace,
  isQuiet,
  startAtMs = morningMs,
}: TownOptions): Town {
  const simulators = compose({ hubUrl, seed });
  const time = fasterTime(systemTime, pace);
  const random = seededRandom(`${seed}:town`);
  const cancels = new Set<Cancel>();
  const weakBattery = isQuiet ? undefined : accounts.find(({ type }) => type === 'motion-sensor')?.id;
  const devices = accounts.map((account) =>
    furnish(simulators, account, {
      heartbeatEveryMs: (10 * minuteMs) / pace,
      readingEveryMs: (15 * minuteMs) / pace,
      yieldMs,
      firmware: firmwareOf(account),
      ...(account.id === weakBattery ? { batteryPercent: weakBatteryPercent } : {}),
    }),
  );
  const households = Map.groupBy(devices, ({ account }) => account.resident ?? account.id);
  const director = createCallDirector(random, [...households].map(callerOf), time.now());
  let isStopped = false;

  function later(delayMs: number, run: () => void): void {
    const cancel = time.after(delayMs, () => {
      cancels.delete(cancel);
      run();
    });
    cancels.add(cancel);
  }

  function directNext(): void {
    later(Math.max(0, director.nextAtMs() - time.now()), () => {
      const call = director.take(time.now());
      if (call !== undefined) carryOut(call);
      directNext();
    });
  }

  function carryOut(call: Call): void {
    const household = households.get(call.resident) ?? [];
    for (const at of household) {
      if (call.type === 'help' && at.can === 'press')
        at.device.press('help', random() < 0.8 ? 'short' : 'long');
      if (call.type === 'order' && at.can === 'press') at.device.press(call.key);
      if (call.type === 'fall' && at.can === 'fall') {
        const { device } = at;
        device.fall();
        // The cancel window is the device's and runs in real time, whatever the pace.
        if (call.cancelAfterMs !== null)
          cancels.add(systemTime.after(call.cancelAfterMs, () => device.cancel()));
      }
      if (call.type === 'smoke' && at.can === 'smoke') {
        const { device } = at;
        device.detect();
        later(call.clearAfterMs, () => device.clear());
      }
    }
  }

  return {
    async start() {
      for (const [resident, household] of households) {
        for (const { device } of household) {
          device.observe((happening) => {
            if (happening.type === 'reassured' && happening.state === 'closed') director.closed(resident);
          });
        }
      }
      for (const { device } of devices) {
        if (isStopped) return;
        device.start();
        await pause(switchOnEveryMs);
      }
      for (const [resident, household] of households) {
        const own = seededRandom(`${seed}:${resident}`);
        const beginsAtMs = startAtMs + between(own, 0, 5) * minuteMs;
        cancels.add(liveDays(household, { time, random: own, startAtMs: beginsAtMs }));
      }
      if (!isQuiet) directNext();
    },
    async stop() {
      isStopped = true;
      for (const cancel of cancels) cancel();
      await simulators.stop();
    },
  };
}

function callerOf([resident, household]: [string, HouseholdDevice[]]) {
  const has = (can: HouseholdDevice['can']) => household.some((device) => device.can === can);
  return {
    resident,
    canFall: has('fall'),
    canOrder: household.some(({ account }) => account.type === 'terminal'),
    canSmoke: has('smoke'),
  };
}
