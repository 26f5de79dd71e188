import { buildTopic } from '@carebell/contracts/topics.ts';
import type { DeviceTopicKind } from '@carebell/contracts/topics.ts';
import type { EventKind } from '@carebell/contracts/event-kinds.ts';
import type { CommandResult, DeviceCommand } from '@carebell/contracts/messages.ts';
import { createBattery } from './battery.ts';
import { createCommandMemory, nextReassurance, readCommand } from './commands.ts';
import type { Reassurance } from './commands.ts';
import type { EventIds } from './event-ids.ts';
import type { Delivery, DeviceState, Happening, Sent } from './happenings.ts';
import { openConnection } from './mqtt-connection.ts';
import type { Connection, ConnectionEnd, Credentials } from './mqtt-connection.ts';
import { createOutbox, eventMessage, isUrgent } from './outbox.ts';
import type { Random } from './random.ts';
import { retryDelayMs } from './retry-delay.ts';
import { repeat } from './time.ts';
import type { Cancel, Time } from './time.ts';

/** What a device finds around itself. */
export type Surroundings = {
  hubUrl: string;
  time: Time;
  random: Random;
  nextEventId: EventIds;
  /** The address of this machine that it calls from, where one has too few ports. */
  localAddress?: string;
};

export type DeviceOptions = {
  /** Milliseconds between two `heartbeat` events; 0: none. */
  heartbeatEveryMs?: number;
  /** Milliseconds between two readings of battery and signal strength; 0: none. */
  readingEveryMs?: number;
  keepAliveSeconds?: number;
  /** A transmission without PUBACK for so long makes the device connect anew. */
  pubackLimitMs?: number;
  /** See `RetryQuestion.yieldMs`. */
  yieldMs?: number;
  /** Whether it has a lamp or voice to show a reassurance with. */
  hasIndicator?: boolean;
  batteryPercent?: number;
  /** Said with each reading. */
  firmware?: string;
};

/** When an event happened, if not now, and by how much the clock is wrong of a device that has one. */
export type Moment = { happenedAtMs?: number; clockErrorMs?: number };

export type VirtualDevice = {
  readonly id: string;
  start(): void;
  /** Switches it off properly: `offline` on its availability topic, then DISCONNECT. What waits is given up. */
  stop(): Promise<void>;
  /** Tears the connection as a lost network does; the device comes back by itself. */
  loseConnection(): void;
  /** The plug is out: gone without a word, until it is started again. What waits is kept. */
  unplug(): void;
  /**
   * Keeps the event until the hub acknowledges it, over as many connections as that takes. A call for help does not
   * wait for the next attempt to connect but makes one.
   */
  send(kind: EventKind, details?: Record<string, unknown>, moment?: Moment): Sent;
  /** Numbers of its own, sent once if it is connected. */
  report(reading: Record<string, number>): void;
  /** The resident or the installer presses the test key. */
  test(): Sent;
  replaceBattery(): void;
  observe(listener: (happening: Happening) => void): Cancel;
  state(): DeviceState;
};

export function createVirtualDevice(
  { hubUrl, time, random, nextEventId, localAddress }: Surroundings,
  credentials: Credentials,
  options: DeviceOptions = {},
): VirtualDevice {
  const { heartbeatEveryMs = 0, readingEveryMs = 0, keepAliveSeconds = 60 } = options;
  const { pubackLimitMs = 20_000, yieldMs = 0, hasIndicator = true, firmware } = options;
  const outbox = createOutbox();
  const commands = createCommandMemory();
  const battery = createBattery(random, options.batteryPercent);
  const deliveries = new Map<string, (delivery: Delivery) => void>();
  const listeners = new Set<(happening: Happening) => void>();
  let phase: DeviceState['phase'] = 'off';
  let connection: Connection | undefined;
  let reassurance: Reassurance | null = null;
  let timesIdentified = 0;
  let failures = 0;
  let openedAtMs = 0;
  let cancelRetry: Cancel = () => {};
  let cancelWatch: Cancel | undefined;
  let cancelSigns: Cancel[] = [];

  const tell = (happening: Happening) => {
    for (const listener of listeners) listener(happening);
  };
  const topic = (kind: DeviceTopicKind) => buildTopic({ of: 'device', deviceId: credentials.id, kind });

  function dial() {
    cancelRetry();
    phase = 'connecting';
    const handlers = {
      opened() {
        phase = 'connected';
        openedAtMs = time.now();
        tell({ type: 'connected' });
        transmit();
        if (readingEveryMs > 0) read();
      },
      command,
      closed,
    };
    connection = openConnection(hubUrl, credentials, keepAliveSeconds, handlers, { localAddress });
  }

  function closed(end: ConnectionEnd) {
    if (phase === 'off') return;
    // A hub that takes the connection and gives no PUBACK is as good as none: only a lasting one starts afresh.
    failures = phase === 'connected' && time.now() - openedAtMs > 30_000 ? 1 : failures + 1;
    connection = undefined;
    phase = 'waiting';
    outbox.connectionLost();
    cancelWatch?.();
    cancelWatch = undefined;
    const hasEventsWaiting = outbox.waiting().length > 0;
    const retryInMs = Math.round(retryDelayMs({ end, failures, hasEventsWaiting, yieldMs }, random));
    cancelRetry = time.after(retryInMs, dial);
    tell({ type: 'disconnected', end, retryInMs });
  }

  function transmit() {
    if (phase !== 'connected') return;
    for (let event = outbox.take(time.now()); event !== undefined; event = outbox.take(time.now())) {
      const { id, kind, happenedAtMs, transmissions, transmittedAtMs } = event;
      const message = JSON.stringify(eventMessage(event, time.now()));
      connection?.publish(topic('event'), message, { qos: 1 }, () => {
        if (outbox.accept(id) === undefined) return;
        failures = 0;
        const now = time.now();
        const delivery = { id, transmissions, pubackMs: now - transmittedAtMs, sinceMs: now - happenedAtMs };
        settle(id, { isAccepted: true, ...delivery });
        tell({ type: 'accepted', kind, ...delivery });
        transmit();
      });
      tell({ type: 'sent', id, kind, transmission: transmissions });
    }
    if (outbox.oldestTransmissionMs() !== undefined) cancelWatch ??= time.after(pubackLimitMs, watchPuback);
  }

  function watchPuback() {
    cancelWatch = undefined;
    const oldest = outbox.oldestTransmissionMs();
    if (oldest === undefined) return;
    const leftMs = pubackLimitMs - (time.now() - oldest);
    if (leftMs > 0) cancelWatch = time.after(leftMs, watchPuback);
    // [MQTT-4.4.0-1] allows a repetition only on a new connection.
    else connection?.cut();
  }

  function settle(id: string, delivery: Delivery) {
    deliveries.get(id)?.(delivery);
    deliveries.delete(id);
  }

  function command(payload: Uint8Array) {
    const read = readCommand(payload);
    if (read.type === 'unreadable') return tell({ type: 'command-unreadable' });
    const id = read.type === 'unknown' ? read.id : read.command.id;
    const known = commands.answerTo(id);
    if (known !== undefined) tell({ type: 'command-repeated', id });
    const result =
      known ?? (read.type === 'unknown' ? refusal(id, 'unknown-command') : carryOut(read.command));
    commands.remember(result);
    connection?.publish(topic('command/result'), JSON.stringify(result), { qos: 1 });
  }

  function carryOut({ id, ...order }: DeviceCommand): CommandResult {
    switch (order.command) {
      case 'reassure':
        if (!hasIndicator) return refusal(id, 'no-indicator');
        reassurance = nextReassurance(reassurance, order.data);
        tell({ type: 'reassured', ...order.data, shown: reassurance.state });
        break;
      case 'identify':
        timesIdentified += 1;
        tell({ type: 'identified' });
        break;
      case 'test':
        send('test.pressed', { by: 'command' });
        break;
    }
    return { id, ok: true };
  }

  function send(kind: EventKind, details?: Record<string, unknown>, moment: Moment = {}): Sent {
    const id = nextEventId();
    const { promise, resolve } = Promise.withResolvers<Delivery>();
    deliveries.set(id, resolve);
    const { happenedAtMs = time.now(), clockErrorMs } = moment;
    const event = { id, kind, details, happenedAtMs, clockErrorMs, transmissions: 0, transmittedAtMs: 0 };
    const givenUp = outbox.add(event);
    if (givenUp !== undefined)
      settle(givenUp.id, { isAccepted: false, id: givenUp.id, reason: 'memory-full' });
    if (phase === 'waiting' && isUrgent(kind)) dial();
    transmit();
    return { id, delivery: promise };
  }

  function read() {
    const notice = battery.drain();
    if (notice !== undefined) send(notice);
    if (phase !== 'connected') return;
    const reading = { battery: battery.percent(), rssi: -55 - Math.floor(random() * 20) };
    connection?.publish(topic('reading'), JSON.stringify({ ...reading, firmware }), { qos: 0 });
    tell({ type: 'reading', ...reading });
  }

  function every(meanMs: number, run: () => void): Cancel[] {
    if (meanMs <= 0) return [];
    return [repeat(time, () => meanMs * (0.9 + random() * 0.2), run)];
  }

  return {
    id: credentials.id,
    start() {
      if (phase !== 'off') return;
      dial();
      cancelSigns = [...every(heartbeatEveryMs, () => send('heartbeat')), ...every(readingEveryMs, read)];
    },
    async stop() {
      for (const cancel of cancelSigns) cancel();
      cancelRetry();
      cancelWatch?.();
      cancelWatch = undefined;
      phase = 'off';
      await connection?.finish();
      connection = undefined;
      outbox.connectionLost();
      for (const { id } of outbox.waiting()) {
        outbox.accept(id);
        settle(id, { isAccepted: false, id, reason: 'switched-off' });
      }
    },
    loseConnection: () => connection?.cut(),
    unplug() {
      for (const cancel of cancelSigns) cancel();
      cancelRetry();
      cancelWatch?.();
      cancelWatch = undefined;
      phase = 'off';
      outbox.connectionLost();
      connection?.cut();
      connection = undefined;
    },
    report(reading) {
      if (phase === 'connected') connection?.publish(topic('reading'), JSON.stringify(reading), { qos: 0 });
    },
    send,
    test: () => send('test.pressed'),
    replaceBattery() {
      const notice = battery.replace();
      if (notice !== undefined) send(notice);
    },
    observe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    state: () => ({
      phase,
      battery: battery.percent(),
      reassurance,
      timesIdentified,
      waiting: outbox.waiting().length,
    }),
  };
}

function refusal(id: string, reason: string): CommandResult {
  return { id, ok: false, reason };
}
