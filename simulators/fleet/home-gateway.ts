import { buildTopic } from '@carebell/contracts/topics.ts';
import type { EventKind } from '@carebell/contracts/event-kinds.ts';
import { readCommand } from '../commands.ts';
import type { Delivery, Happening, Sent } from '../happenings.ts';
import { openConnection } from '../mqtt-connection.ts';
import type { Connection, ConnectionEnd, Credentials } from '../mqtt-connection.ts';
import { createOutbox, eventMessage } from '../outbox.ts';
import { retryDelayMs } from '../retry-delay.ts';
import type { Cancel } from '../time.ts';
import type { Surroundings } from '../virtual-device.ts';

export type HomeGateway = {
  start(): void;
  stop(): Promise<void>;
  /** An event of a device behind it, kept until its PUBACK. */
  send(deviceId: string, kind: EventKind, details?: Record<string, unknown>): Sent;
};

export type HomeGatewayOptions = {
  deviceIds: readonly string[];
  keepAliveSeconds: number;
  pubackLimitMs: number;
  tell(happening: Happening, deviceId?: string): void;
};

/** One connection for all devices of a home: the gateway speaks for them, and carries out what they are told. */
export function createHomeGateway(
  { hubUrl, time, random, nextEventId, localAddress }: Surroundings,
  credentials: Credentials,
  { deviceIds, keepAliveSeconds, pubackLimitMs, tell }: HomeGatewayOptions,
): HomeGateway {
  const outbox = createOutbox();
  const waiting = new Map<string, { deviceId: string; settle(delivery: Delivery): void }>();
  let connection: Connection | undefined;
  let isConnected = false;
  let isOff = true;
  let failures = 0;
  let cancelRetry: Cancel = () => {};
  let cancelWatch: Cancel | undefined;

  function dial(): void {
    const handlers = {
      opened() {
        isConnected = true;
        tell({ type: 'connected' });
        transmit();
      },
      command,
      closed,
    };
    const calling = { localAddress, speaksFor: deviceIds };
    connection = openConnection(hubUrl, credentials, keepAliveSeconds, handlers, calling);
  }

  function closed(end: ConnectionEnd): void {
    if (isOff) return;
    failures += 1;
    isConnected = false;
    connection = undefined;
    outbox.connectionLost();
    cancelWatch?.();
    cancelWatch = undefined;
    const hasEventsWaiting = outbox.waiting().length > 0;
    const retryInMs = Math.round(retryDelayMs({ end, failures, hasEventsWaiting, yieldMs: 0 }, random));
    cancelRetry = time.after(retryInMs, dial);
    tell({ type: 'disconnected', end, retryInMs });
  }

  function transmit(): void {
    if (!isConnected) return;
    for (let event = outbox.take(time.now()); event !== undefined; event = outbox.take(time.now())) {
      const { id, kind, happenedAtMs, transmissions, transmittedAtMs } = event;
      const deviceId = waiting.get(id)?.deviceId ?? '';
      const message = JSON.stringify(eventMessage(event, time.now()));
      connection?.publish(buildTopic({ of: 'device', deviceId, kind: 'event' }), message, { qos: 1 }, () => {
        if (outbox.accept(id) === undefined) return;
        failures = 0;
        const nowMs = time.now();
        const proof = { id, transmissions, pubackMs: nowMs - transmittedAtMs, sinceMs: nowMs - happenedAtMs };
        settle(id, { isAccepted: true, ...proof });
        tell({ type: 'accepted', kind, ...proof }, deviceId);
        transmit();
      });
    }
    if (outbox.oldestTransmissionMs() !== undefined) cancelWatch ??= time.after(pubackLimitMs, watchPuback);
  }

  function watchPuback(): void {
    cancelWatch = undefined;
    const oldest = outbox.oldestTransmissionMs();
    if (oldest === undefined) return;
    const leftMs = pubackLimitMs - (time.now() - oldest);
    if (leftMs > 0) cancelWatch = time.after(leftMs, watchPuback);
    // [MQTT-4.4.0-1] allows a repetition only on a new connection.
    else connection?.cut();
  }

  function settle(id: string, delivery: Delivery): void {
    waiting.get(id)?.settle(delivery);
    waiting.delete(id);
  }

  function command(payload: Uint8Array, deviceId: string): void {
    const read = readCommand(payload);
    if (read.type !== 'command') return tell({ type: 'command-unreadable' }, deviceId);
    const { id, ...order } = read.command;
    if (order.command === 'reassure')
      tell({ type: 'reassured', ...order.data, shown: order.data.state }, deviceId);
    const result = buildTopic({ of: 'device', deviceId, kind: 'command/result' });
    connection?.publish(result, JSON.stringify({ id, ok: true }), { qos: 1 });
  }

  return {
    start() {
      if (!isOff) return;
      isOff = false;
      dial();
    },
    async stop() {
      cancelRetry();
      cancelWatch?.();
      isOff = true;
      isConnected = false;
      await connection?.finish();
      connection = undefined;
      for (const id of waiting.keys()) settle(id, { isAccepted: false, id, reason: 'switched-off' });
    },
    send(deviceId, kind, details) {
      const id = nextEventId();
      const { promise, resolve } = Promise.withResolvers<Delivery>();
      waiting.set(id, { deviceId, settle: resolve });
      const happenedAtMs = time.now();
      const givenUp = outbox.add({ id, kind, details, happenedAtMs, transmissions: 0, transmittedAtMs: 0 });
      if (givenUp !== undefined)
        settle(givenUp.id, { isAccepted: false, id: givenUp.id, reason: 'memory-full' });
      transmit();
      return { id, delivery: promise };
    },
  };
}
