import type { DeviceEvent, DeviceReading } from '@carebell/contracts/messages.ts';
import type { Clock } from './clock.ts';
import { ageMs, momentOf } from './event-age.ts';
import type { Moment } from './event-age.ts';
import type { OutboxFiles } from './outbox-files.ts';
import { createLane } from './outbox-lane.ts';
import type { Lane, LaneName, Waiting } from './outbox-lane.ts';
import { createReadingLinger } from './reading-linger.ts';
import { createPatience } from './outbox-patience.ts';
import { createOutboxWriter } from './outbox-writer.ts';

export type OutboxPorts = {
  files: OutboxFiles;
  clock: Clock;
  /** Room on the disk; only alarms may go beyond it. */
  maxBytes: number;
  troubled(event: string, details: object): void;
  /** Something can be taken. */
  ready(): void;
  /** An event was acknowledged and not accepted: asks for any word of the hub, to know whether it is there. */
  askHub(): void;
};

export type OutboxCounts = {
  waiting: number;
  alarmsWaiting: number;
  bytes: number;
  accepted: number;
  /** What the hub acknowledged and never accepted, by when it was given up. */
  refused: number;
  readingsGivenWay: number;
  eventsGivenWay: number;
  damagedLines: number;
  /** Alarms and other events that are in memory only, because the disk takes nothing. */
  notStored: number;
};

export type Outbox = ReturnType<typeof createOutbox>;

/** With no more than these before it, an alarm keeps its turn: order matters more than a few milliseconds. */
const smallBacklog = 16;

/**
 * Keeps what was heard until the hub has it. An event can be taken only when it is on the disk, and leaves by the
 * hub's `accepted`, or is given up by name and counted. Among alarms the order is kept, and among other events; an
 * alarm overtakes a backlog of others, and everything overtakes readings.
 */
export function createOutbox(ports: OutboxPorts) {
  const { clock } = ports;
  const counts = { accepted: 0, refused: 0, damagedLines: 0 };
  const troubled = (event: string, error: unknown) => ports.troubled(event, { err: error });
  const lanes: Record<LaneName, Lane> = {
    alarm: createLane(ports.files, { name: 'alarm', fileBytes: 128 * 1024, inMemory: 2000 }, troubled),
    routine: createLane(ports.files, { name: 'routine', fileBytes: 64 * 1024, inMemory: 1000 }, troubled),
    reading: createLane(ports.files, { name: 'reading', fileBytes: 64 * 1024, inMemory: 500 }, troubled),
  };
  const inOrder = [lanes.alarm, lanes.routine, lanes.reading];
  const wallOffsets = new Map<string, number>();
  const writer = createOutboxWriter({ ...ports, lanes });
  const linger = createReadingLinger({ clock, lane: lanes.reading, store: writer.store, ready: ports.ready });
  const patience = createPatience({ clock, refuse, again, askHub: ports.askHub });
  /** Events that the hub may name, by their identifiers. */
  const sent = new Map<string, Waiting>();
  let lastN = 0;
  let endTick = (): void => undefined;

  function refuse(waiting: Waiting): void {
    counts.refused += 1;
    const { deviceId, ...entry } = waiting.entry;
    const event = entry.of === 'event' ? { id: entry.event.id, kind: entry.event.kind } : {};
    ports.troubled('outbox.not-accepted', { deviceId, ...event });
    settle(waiting);
  }

  function again(waiting: Waiting): void {
    lanes[waiting.lane].putBack([waiting]);
    ports.ready();
  }

  function settle(waiting: Waiting): void {
    if (waiting.entry.of === 'event') sent.delete(waiting.entry.event.id);
    lanes[waiting.lane].settle(waiting);
    patience.forget(waiting);
  }

  function tick(): void {
    writer.tidy();
    for (const lane of inOrder) patience.look(lane);
    linger.look();
  }

  async function refill(lane: Lane): Promise<void> {
    const before = lane.inMemory();
    await lane.refill();
    if (lane.inMemory() > before) ports.ready();
  }

  return {
    /** Reads what an earlier process has left. Answers the latest presses of this boot, by sender and signal. */
    async open(): Promise<{ press: string; agoMs: number }[]> {
      const presses: { press: string; agoMs: number }[] = [];
      for (const lane of inOrder) {
        const loaded = await lane.load();
        lastN = Math.max(lastN, loaded.lastN);
        counts.damagedLines += loaded.damaged;
        for (const [bootId, offset] of loaded.wallOffsets) wallOffsets.set(bootId, offset);
        for (const entry of loaded.latest) {
          if (entry.of !== 'event' || entry.press === undefined) continue;
          if (entry.heardAt.bootId !== clock.bootId) continue;
          presses.push({ press: entry.press, agoMs: clock.sinceBoot() - entry.heardAt.upMs });
        }
      }
      if (counts.damagedLines > 0)
        ports.troubled('outbox.damaged-lines-skipped', { lines: counts.damagedLines });
      await lanes.alarm.reserve().catch((error: unknown) => troubled('outbox.no-room-reserved', error));
      endTick = clock.every(1000, tick);
      return presses;
    },

    /** Resolves when it is on the disk: `false` if the disk does not take it and it waits in memory alone. */
    add(deviceId: string, event: DeviceEvent, press?: string, heardAt = momentOf(clock)): Promise<boolean> {
      lastN += 1;
      const lane = lanes[laneOf(event.kind)];
      const entry = { of: 'event' as const, n: lastN, deviceId, heardAt, event, ...(press && { press }) };
      return writer.store(lane, lane.wrap(entry));
    },

    addReading(deviceId: string, reading: DeviceReading): void {
      linger.add(deviceId, reading, () => (lastN += 1));
    },

    /** The next to send. An entry that is asked for readings finds none while events wait. */
    take(): Waiting | undefined {
      const [alarm, routine] = [lanes.alarm.peek(), lanes.routine.peek()];
      const isRoutineFirst =
        alarm !== undefined &&
        routine !== undefined &&
        routine.entry.n < alarm.entry.n &&
        lanes.routine.waiting() <= smallBacklog;
      const order = isRoutineFirst ? [lanes.routine, ...inOrder] : inOrder;
      const waiting = order.find((lane) => lane.peek() !== undefined)?.take();
      for (const lane of inOrder)
        if (lane.peek() === undefined)
          refill(lane).catch((error: unknown) => troubled('outbox.unreadable', error));
      if (waiting?.entry.of === 'event') sent.set(waiting.entry.event.id, waiting);
      return waiting;
    },

    /** How long ago the entry was heard, by the best that this machine knows. */
    ageOf: ({ entry }: Waiting, now: Moment = momentOf(clock)): number =>
      ageMs(entry.heardAt, now, wallOffsets),

    /** PUBACK: a reading has arrived; an event waits for the hub's word. */
    acknowledged(waiting: Waiting): void {
      if (waiting.entry.of === 'reading') settle(waiting);
      else patience.acknowledged(waiting);
    },

    /** The hub says that these events are stored; how many of them waited here. */
    accepted(ids: readonly string[]): number {
      const found = ids.flatMap((id) => sent.get(id) ?? []);
      for (const waiting of found) settle(waiting);
      counts.accepted += found.length;
      return found.length;
    },

    hubSpoke: (): void => patience.hubSpoke(),
    /** Whether there is a hub to send to; without one readings are gathered longer. */
    connected(): void {
      linger.setOnline(true);
    },
    connectionLost(): void {
      linger.setOnline(false);
      for (const lane of inOrder) lane.putBack();
    },

    hasAlarm: (): boolean => lanes.alarm.waiting() > 0,
    counts: (): OutboxCounts => ({
      ...counts,
      ...writer.counts(),
      waiting: inOrder.reduce((sum, lane) => sum + lane.waiting(), 0),
      alarmsWaiting: lanes.alarm.waiting(),
      bytes: inOrder.reduce((sum, lane) => sum + lane.bytes(), 0),
    }),

    async close(): Promise<void> {
      endTick();
      linger.flush();
      await writer.close();
      for (const lane of inOrder) await lane.close();
    },
  };
}

/** What raises an alarm or takes one back at the hub; such an event never gives way. */
function laneOf(kind: string): LaneName {
  return alarmKind.test(kind) ? 'alarm' : 'routine';
}
const alarmKind = /^(button|fall|smoke|gas|water|tamper|battery|mains)\./;
