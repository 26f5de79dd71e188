import { acceptedSchema, gatewayDevicesSchema } from '@carebell/contracts/messages.ts';
import type {
  Availability,
  CommandResult,
  DeviceReading,
  GatewayDevices,
  GatewayHealth,
} from '@carebell/contracts/messages.ts';
import type { Topic } from '@carebell/contracts/topics.ts';
import type { z } from 'zod';
import type { Clock } from './clock.ts';
import { openHubConnection } from './hub-connection.ts';
import type { ConnectionEnd, HubConnection, HubSettings } from './hub-connection.ts';
import type { Waiting } from './outbox-lane.ts';
import type { Outbox } from './outbox.ts';

export type UplinkPorts = {
  hub: HubSettings;
  clock: Clock;
  outbox: Outbox;
  random: () => number;
  told(event: string, details: object): void;
  /** Signed in or not any more. */
  changed(isConnected: boolean): void;
  devices(list: GatewayDevices): void;
  command(deviceId: string, payload: Buffer): void;
};

export type UplinkCounts = {
  isConnected: boolean;
  connections: number;
  published: number;
  unreadable: number;
};
export type Uplink = ReturnType<typeof createUplink>;

/** Published and not yet accepted. More would make an alarm wait behind them on a slow line. */
const window = 32;
const acknowledgedWithinMs = 15_000;
const firstPauseMs = 1_000;
const longestPauseMs = 60_000;
/** While an alarm waits. */
const longestAlarmPauseMs = 5_000;
/** A wrong secret is not mended by haste; a resident who presses meanwhile is worth a try all the same. */
const refusedPauseMs = 30_000;
const longestRefusedPauseMs = 600_000;
const soonestMs = 1_000;
/** A connection that has lasted this long was a good one. */
const settledMs = 30_000;
/** An age below this is the time that the way takes; a reading as fresh as this is dated by the hub. */
const delayedMs = 3_000;

/** Sends what the outbox holds, hears what the hub says, and comes back whenever the hub is gone. */
export function createUplink(ports: UplinkPorts) {
  const { hub, clock, outbox } = ports;
  const counts = { connections: 0, published: 0, unreadable: 0 };
  const flying = new Map<Waiting, number>();
  let connection: HubConnection | undefined;
  let isConnected = false;
  let isStopped = true;
  let failures = 0;
  let openedAtMs = 0;
  let dialledAtMs = Number.NEGATIVE_INFINITY;
  let lastTold: string | undefined;
  let cancelRetry = (): void => undefined;
  let endWatch = (): void => undefined;

  function dial(): void {
    cancelRetry();
    if (isStopped || connection !== undefined) return;
    dialledAtMs = clock.monotonic();
    connection = openHubConnection(hub, { opened, message, closed });
  }

  function opened(): void {
    lastTold = undefined;
    isConnected = true;
    openedAtMs = clock.monotonic();
    counts.connections += 1;
    ports.told('hub.connected', { url: hub.url });
    outbox.connected();
    ports.changed(true);
    pump();
  }

  function closed(end: ConnectionEnd): void {
    const was = isConnected;
    connection = undefined;
    isConnected = false;
    flying.clear();
    outbox.connectionLost();
    if (was) ports.changed(false);
    // A hub that lets us in and cuts us off at once, because it cannot store, is not helped by haste either.
    if (was && clock.monotonic() - openedAtMs > settledMs) failures = 0;
    failures += 1;
    tell(end);
    const isRefused = end.reason === 'refused';
    const [firstMs, limitMs] = isRefused
      ? [refusedPauseMs, longestRefusedPauseMs]
      : [firstPauseMs, outbox.hasAlarm() ? longestAlarmPauseMs : longestPauseMs];
    // Up to half is taken off, so that the gateways of a town do not all come back in the same instant.
    const pauseMs = Math.min(firstMs * 2 ** Math.min(failures - 1, 20), limitMs) * (1 - ports.random() / 2);
    cancelRetry = clock.after(pauseMs, dial);
  }

  /** Once for each change, not for each attempt. */
  function tell(end: ConnectionEnd): void {
    const key = JSON.stringify(end);
    if (key === lastTold) return;
    lastTold = key;
    const [event, hint] =
      end.reason === 'refused'
        ? ['hub.refused', refusals.get(end.code) ?? 'the hub does not take this gateway']
        : [end.reason === 'lost' ? 'hub.connection-lost' : 'hub.unreachable', undefined];
    ports.told(event, { url: hub.url, gatewayId: hub.gatewayId, ...end, ...(hint && { hint }) });
  }

  function pump(): void {
    if (connection === undefined || !isConnected) return;
    while (flying.size < window) {
      const waiting = outbox.take();
      if (waiting === undefined) return;
      send(connection, waiting);
    }
  }

  function send(by: HubConnection, waiting: Waiting): void {
    const { entry } = waiting;
    const age = outbox.ageOf(waiting);
    const { deviceId } = entry;
    flying.set(waiting, clock.monotonic());
    counts.published += 1;
    const topic: Topic = { of: 'device', deviceId, kind: entry.of };
    const payload = entry.of === 'event' ? dated(entry.event, age) : datedReading(entry.reading, age);
    by.publish(topic, JSON.stringify(payload), { qos: 1 }, () => {
      failures = 0;
      flying.delete(waiting);
      outbox.acknowledged(waiting);
      pump();
    });
  }

  /** A reading has no `ageMs`; a delayed one is dated by this machine's clock, which the hub doubts if it is far off. */
  function datedReading(reading: DeviceReading, age: number): DeviceReading {
    if (reading.at !== undefined || age < delayedMs) return reading;
    return { ...reading, at: new Date(clock.now() - age).toISOString() } as DeviceReading;
  }

  function message(topic: Topic, payload: Buffer): void {
    outbox.hubSpoke();
    if (topic.of === 'device') {
      if (topic.kind === 'command') ports.command(topic.deviceId, payload);
      return;
    }
    if (topic.kind === 'accepted') {
      const accepted = parsed(payload, acceptedSchema);
      if (accepted) outbox.accepted(accepted.ids);
      pump();
    } else if (topic.kind === 'devices') {
      const list = parsed(payload, gatewayDevicesSchema);
      if (list) ports.devices(list);
    }
  }

  function parsed<T extends z.ZodType>(payload: Buffer, schema: T): z.infer<T> | undefined {
    const result = schema.safeParse(jsonOf(payload));
    if (result.success) return result.data;
    counts.unreadable += 1;
    ports.told('hub.message-unreadable', { bytes: payload.byteLength });
    return undefined;
  }

  /** What is in flight too long is lost with its connection, and goes out on the next with an age that is true. */
  function look(): void {
    const [oldest] = flying.values();
    if (oldest === undefined || clock.monotonic() - oldest < acknowledgedWithinMs) return;
    ports.told('hub.no-puback', { waitedMs: Math.round(clock.monotonic() - oldest) });
    connection?.cut();
  }

  return {
    start(): void {
      isStopped = false;
      endWatch = clock.every(1_000, look);
      dial();
    },
    /** The outbox has something. An alarm does not wait for the next attempt to connect but makes one. */
    ready(hasAlarm: boolean): void {
      if (isConnected) pump();
      else if (hasAlarm && connection === undefined && clock.monotonic() - dialledAtMs > soonestMs) dial();
    },
    askHub: (): void => connection?.askForDevices(),
    result(deviceId: string, result: CommandResult): void {
      const topic: Topic = { of: 'device', deviceId, kind: 'command/result' };
      if (isConnected) connection?.publish(topic, JSON.stringify(result), { qos: 1 });
    },
    announce(deviceId: string, availability: Availability): void {
      const topic: Topic = { of: 'device', deviceId, kind: 'availability' };
      if (isConnected) connection?.publish(topic, availability, { qos: 1, retain: true });
    },
    health(health: GatewayHealth): void {
      const topic: Topic = { of: 'gateway', gatewayId: hub.gatewayId, kind: 'health' };
      if (isConnected) connection?.publish(topic, JSON.stringify(health), { qos: 0 });
    },
    counts: (): UplinkCounts => ({ ...counts, isConnected }),
    async stop(): Promise<void> {
      isStopped = true;
      cancelRetry();
      endWatch();
      isConnected = false;
      await connection?.finish();
      connection = undefined;
    },
  };
}

/** The device's own clock, if it has one, is believed before our counting. */
function dated<T extends { at?: string | undefined; ageMs?: number | undefined }>(event: T, age: number): T {
  return event.at === undefined ? { ...event, ageMs: (event.ageMs ?? 0) + age } : event;
}

function jsonOf(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString());
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

const refusals = new Map([
  [4, 'gateway identifier or secret is wrong'],
  [5, 'gateway identifier or secret is wrong, or the gateway is not registered at this hub'],
  [128, 'this account may not hear what a gateway must: is it the account of a gateway?'],
]);
