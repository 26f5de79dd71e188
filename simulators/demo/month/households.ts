import type { Accounts, DeviceAccount } from '../../accounts.ts';
import { compose } from '../../compose.ts';
import { countingEventIds } from '../../event-ids.ts';
import { furnish, perform } from '../../home/household.ts';
import type { HouseholdDevice } from '../../home/household.ts';
import { planDay } from '../../home/day-plan.ts';
import { seededRandom } from '../../random.ts';
import type { Caller } from '../call-director.ts';
import type { Agenda } from './agenda.ts';
import type { MonthCall } from './calls.ts';

/** The devices of the town, connected over MQTT, whose timers run by the agenda. */
export type Households = {
  callers: readonly Caller[];
  switchOn(): Promise<void>;
  /** Enters what the sensors of all homes see on a day. */
  live(date: string, midnightMs: number, isAway: (resident: string) => boolean): void;
  carryOut(call: MonthCall): void;
  of(types: readonly DeviceAccount['type'][]): readonly HouseholdDevice[];
  /** Readings of every battery. */
  report(): void;
  /** Resolves when the hub has acknowledged everything that connected devices have said. */
  acknowledged(): Promise<void>;
  switchOff(): Promise<void>;
};

/** Of the movements that sensors see, so many are told: enough for an ordinary day at a glance, and a month takes minutes. */
const movementsTold = 0.25;
/** What sensors see without an alarm is told together. */
const toldEveryMs = 300_000;
const repeatsAfterMs = 4_000;
/** Every event is waited for, so a device never repeats one over a new connection. */
const pubackLimitMs = 365 * 86_400_000;

export function createHouseholds(call: {
  hubUrl: string;
  seed: string;
  accounts: Accounts['devices'];
  agenda: Agenda;
  nowMs: () => number;
}): Households {
  const { hubUrl, seed, accounts, agenda, nowMs } = call;
  const time = {
    now: nowMs,
    after: (delayMs: number, run: () => void) => agenda.at(nowMs() + delayMs, run),
  };
  let starts = 0;
  const simulators = compose(
    { hubUrl, seed },
    {
      time,
      eventIds: () => {
        starts += 1;
        return countingEventIds(`month-${starts}`);
      },
    },
  );
  const devices = accounts.map((account) =>
    furnish(simulators, account, { keepAliveSeconds: 0, pubackLimitMs }),
  );
  const households = Map.groupBy(devices, ({ account }) => account.resident ?? account.id);
  const unacknowledged = new Map<string, number>();
  let whenAcknowledged: (() => void)[] = [];

  function count(id: string, by: number | null): void {
    const left = by === null ? 0 : (unacknowledged.get(id) ?? 0) + by;
    if (left <= 0) unacknowledged.delete(id);
    else unacknowledged.set(id, left);
    if (unacknowledged.size > 0) return;
    for (const resolve of whenAcknowledged.splice(0)) resolve();
  }

  const has = (household: readonly HouseholdDevice[], can: HouseholdDevice['can']): boolean =>
    household.some((device) => device.can === can);

  return {
    callers: [...households].map(([resident, household]) => ({
      resident,
      canFall: has(household, 'fall'),
      canOrder: household.some(({ account }) => account.type === 'terminal'),
      canSmoke: has(household, 'smoke'),
    })),
    async switchOn() {
      for (const { device } of devices) {
        device.observe((happening) => {
          if (happening.type === 'sent') count(device.id, 1);
          if (happening.type === 'accepted') count(device.id, -1);
          if (happening.type === 'disconnected') count(device.id, null);
        });
        await new Promise<void>((resolve) => {
          const end = device.observe(({ type }) => {
            if (type !== 'connected') return;
            end();
            resolve();
          });
          device.start();
        });
      }
    },
    live(date, midnightMs, isAway) {
      for (const [resident, household] of households) {
        const random = seededRandom(`${seed}:life:${resident}:${date}`);
        for (const act of planDay(
          random,
          household.map(({ account }) => account),
        )) {
          const toldMs = midnightMs + Math.ceil(act.atMs / toldEveryMs) * toldEveryMs;
          if (act.act !== 'move') {
            agenda.at(toldMs, () => {
              if (!isAway(resident)) perform(household, act);
            });
          } else if (random() < movementsTold) {
            const sensor = household.find(({ account }) => account.id === act.deviceId)?.device;
            agenda.at(toldMs, () => {
              if (isAway(resident)) return;
              sensor?.send('motion.detected');
              agenda.at(toldMs + toldEveryMs, () => void sensor?.send('motion.cleared'));
            });
          }
        }
      }
    },
    carryOut(made) {
      for (const at of households.get(made.resident) ?? []) {
        if (made.is === 'help' && at.can === 'press') {
          const { device } = at;
          device.press('help', made.press);
          if (made.pressesAgain) time.after(18_000, () => device.press('help', made.press));
          if (made.isTakenBack) time.after(9_000, () => device.cancel('help'));
          if (made.isRepeated) time.after(repeatsAfterMs, () => device.press('help', 'short'));
        }
        if (made.is === 'order' && at.can === 'press' && at.account.type === 'terminal')
          at.device.press(made.key);
        if (made.is === 'fall' && at.can === 'fall') {
          const { device } = at;
          device.fall();
          if (made.getsUpAfterMs !== null) time.after(made.getsUpAfterMs, () => device.cancel());
        }
        if (made.is === 'smoke' && at.can === 'smoke') {
          const { device } = at;
          device.detect();
          time.after(made.clearAfterMs, () => device.clear());
        }
      }
    },
    of: (types) => devices.filter(({ account }) => types.includes(account.type)),
    report() {
      for (const { device } of devices) device.report({ battery: device.state().battery, rssi: -62 });
    },
    async acknowledged() {
      if (unacknowledged.size > 0) await new Promise<void>((resolve) => whenAcknowledged.push(resolve));
    },
    switchOff: () => simulators.stop(),
  };
}
