import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { DeviceEvent } from '@carebell/contracts/messages.ts';
import { alarmMeaning } from '../alarm/alarm-rules.ts';
import type { Clock } from '../clock.ts';
import { eventTime } from '../ingest/event-time.ts';
import type { Gate } from '../journal/gate.ts';
import { firingLimits, isFiring, withPress } from './firing.ts';
import type { Press } from './firing.ts';

export type FiringPorts = {
  gate: Gate;
  clock: Clock;
  /** The open technical alarms about devices that keep firing. */
  openFirings(): readonly Pick<AlarmView, 'deviceId' | 'lastPressedAt' | 'cancelledAt'>[];
  troubled(event: string, error: unknown): void;
};

export type FiringWatch = {
  /** An event is stored that was no duplicate. Called after its commit: no alarm waits for this. */
  stored(deviceId: string, event: DeviceEvent, alarmIds: readonly string[], receivedAtMs: number): void;
  stop(): void;
};

const lookEveryMs = 60_000;

/**
 * Counts the presses of each device in memory. A restart begins to count anew, which a device that keeps firing makes up
 * for in minutes; that one had fired until then stands in its alarm.
 */
export function watchFiring({ gate, clock, openFirings, troubled }: FiringPorts): FiringWatch {
  const pressesOf = new Map<string, Press[]>();
  const notedAt = new Map<string, number>();

  function carryOut(work: Promise<unknown>): void {
    // What could not be stored is found again: a device that fires goes on, and one that is quiet stays so.
    work.catch((error: unknown) => troubled('firing.failed', error));
  }

  function look(): void {
    const quietSinceMs = clock.now() - firingLimits.quietAfterMs;
    for (const { deviceId, lastPressedAt, cancelledAt } of openFirings()) {
      const lastKnownMs = Date.parse(lastPressedAt);
      const lastPressMs = Math.max(lastKnownMs, pressesOf.get(deviceId)?.at(-1)?.atMs ?? 0);
      const isCleared = cancelledAt !== null && Date.parse(cancelledAt) >= lastKnownMs;
      if (!isCleared && lastPressMs <= quietSinceMs) carryOut(gate.commit('clearFiring', { deviceId }));
    }
    for (const [deviceId, presses] of pressesOf) {
      if ((presses.at(-1)?.atMs ?? 0) > quietSinceMs) continue;
      pressesOf.delete(deviceId);
      notedAt.delete(deviceId);
    }
  }
  const end = clock.every(lookEveryMs, look);

  return {
    stored(deviceId, event, [alarmId], receivedAtMs) {
      if (alarmId === undefined || alarmMeaning(event.kind, event.data?.['key']).type !== 'raises') return;
      // By when it was pressed: what a gateway hands over after an hour without network did not happen at once.
      const { happenedAtMs: atMs } = eventTime(event, receivedAtMs);
      const presses = withPress(pressesOf.get(deviceId) ?? [], { atMs, alarmId });
      pressesOf.set(deviceId, presses);
      if (!isFiring(presses)) return;
      const before = notedAt.get(deviceId);
      if (before !== undefined && atMs - before < firingLimits.notedEveryMs) return;
      notedAt.set(deviceId, atMs);
      carryOut(gate.commit('raiseFiring', { deviceId, lastPressMs: atMs }));
    },
    stop: end,
  };
}
