import type { DeviceReading } from '@carebell/contracts/messages.ts';
import type { Clock } from './clock.ts';
import { momentOf } from './event-age.ts';
import type { Moment } from './event-age.ts';
import type { Lane, Waiting } from './outbox-lane.ts';

export type ReadingLingerPorts = {
  clock: Clock;
  lane: Lane;
  store(lane: Lane, waiting: Waiting): Promise<boolean>;
  ready(): void;
};

const onlineMs = 1_000;
const offlineMs = 30_000;
/** Readings in memory that a connected hub has not taken; what comes after them goes to the disk. */
const mostInMemory = 200;

/**
 * Readings of one device within a second become one, the latest value of each name. With a hub to send to they never
 * touch the disk, so that a flash card is not worn by temperatures; without one they are gathered for half a minute and
 * then stored. A crash costs what was gathered.
 */
export function createReadingLinger({ clock, lane, store, ready }: ReadingLingerPorts) {
  const gathered = new Map<
    string,
    { reading: DeviceReading; heardAt: Moment; sinceMs: number; nextN: () => number }
  >();
  let isOnline = false;

  function release(deviceId: string): void {
    const found = gathered.get(deviceId);
    if (found === undefined) return;
    gathered.delete(deviceId);
    const { reading, heardAt, nextN } = found;
    const waiting = lane.wrap({ of: 'reading', n: nextN(), deviceId, heardAt, reading });
    if (isOnline && lane.waiting() < mostInMemory) {
      lane.holdUnstored(waiting);
      ready();
    } else void store(lane, waiting);
  }

  function look(): void {
    const limitMs = isOnline ? onlineMs : offlineMs;
    const nowMs = clock.monotonic();
    for (const [deviceId, { sinceMs }] of gathered) if (nowMs - sinceMs >= limitMs) release(deviceId);
  }

  return {
    look,
    add(deviceId: string, reading: DeviceReading, nextN: () => number): void {
      const before = gathered.get(deviceId);
      gathered.set(deviceId, {
        reading: { ...before?.reading, ...reading },
        heardAt: momentOf(clock),
        sinceMs: before?.sinceMs ?? clock.monotonic(),
        nextN,
      });
    },
    setOnline(now: boolean): void {
      isOnline = now;
      if (isOnline) look();
    },
    /** Everything gathered goes to the disk, as at the end of the process. */
    flush(): void {
      isOnline = false;
      for (const deviceId of gathered.keys()) release(deviceId);
    },
  };
}
