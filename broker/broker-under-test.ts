import { createConnection } from 'node:net';
import type { Socket } from 'node:net';
import { connect } from 'mqtt';
import type { IClientOptions, MqttClient } from 'mqtt';
import { onTestFinished } from 'vitest';
import { compose, hashSecret } from './compose.ts';
import type {
  Account,
  AccountKind,
  BrokerConfig,
  BrokerPorts,
  ComposedBroker,
  DeviceHome,
  PresenceChange,
  Publication,
  Refusal,
} from './compose.ts';
import { FakeClock } from './fake-clock.ts';

/** b1 and b2 sign in themselves, s1 and s2 stand behind g1 and g2; `city` is a service. Nobody registered anything else. */
const homes: Record<string, DeviceHome> = {
  b1: { gatewayId: null },
  b2: { gatewayId: null },
  s1: { gatewayId: 'g1' },
  s2: { gatewayId: 'g2' },
};
const kinds: Record<string, AccountKind> = {
  b1: 'device',
  b2: 'device',
  s1: 'device',
  g1: 'gateway',
  g2: 'gateway',
  city: 'service',
};

export type BrokerUnderTest = {
  broker: ComposedBroker;
  clock: FakeClock;
  port: number;
  intakes: Publication[];
  refusals: Refusal[];
  changes: PresenceChange[];
  commandsAsked: string[];
  logged: { fields: object; event: string }[];
  accounts: Map<string, Account>;
  homes: Map<string, DeviceHome>;
  reasons: () => string[];
  payloads: () => string[];
  /** A signed-in MQTT.js client that does not reconnect. */
  client: (name: string, options?: IClientOptions) => Promise<MqttClient>;
  /** The CONNACK code, or the error, with which a log-in ends. */
  refusedLogin: (options: IClientOptions) => Promise<string | number>;
  socket: () => Promise<Socket>;
};

export type Overrides = Partial<BrokerPorts> & { limits?: BrokerConfig['limits']; tls?: BrokerConfig['tls'] };

/** A real broker on a free port with a clock that only the test moves. */
export async function openBroker(overrides: Overrides = {}): Promise<BrokerUnderTest> {
  const { limits, tls, ...ports } = overrides;
  const clock = new FakeClock();
  const accounts = new Map(
    Object.entries(kinds).map(([id, kind]) => [id, { kind, id, secretHash: hashSecret(`${id}-secret`) }]),
  );
  const home = new Map(Object.entries(homes));
  const seen = {
    intakes: [] as Publication[],
    refusals: [] as Refusal[],
    changes: [] as PresenceChange[],
    commandsAsked: [] as string[],
    logged: [] as { fields: object; event: string }[],
  };
  const log = (fields: object, event: string) => void seen.logged.push({ fields, event });
  const { intake, ...otherPorts } = ports;
  const broker = compose(
    { tcpPort: 0, tls: tls ?? null, limits },
    {
      now: () => clock.nowMs,
      after: (delayMs, callback) => clock.after(delayMs, callback),
      findAccount: (name) => accounts.get(name),
      deviceHome: (deviceId) => home.get(deviceId),
      devicesBehind: (gatewayId) =>
        [...home].filter(([, at]) => at?.gatewayId === gatewayId).map(([id]) => id),
      intake: (publication, done) => {
        seen.intakes.push(publication);
        if (intake === undefined) done({ ok: true });
        else intake(publication, done);
      },
      recordRefusal: (refusal) => void seen.refusals.push(refusal),
      presenceChanged: (change) => void seen.changes.push(change),
      commandSubscribed: (deviceId) => void seen.commandsAsked.push(deviceId),
      knownPresence: () => [],
      log: { debug: log, info: log, warn: log, error: log },
      ...otherPorts,
    },
  );
  await broker.start();
  onTestFinished(async () => {
    const stopped = broker.stop();
    clock.advance(60_000);
    await stopped;
  });
  const port = broker.addresses().tcp ?? 0;
  return {
    broker,
    clock,
    port,
    ...seen,
    accounts,
    homes: home,
    reasons: () => seen.refusals.map(({ reason }) => reason),
    payloads: () => seen.intakes.map(({ payload }) => payload.toString()),
    client: async (name, options) => signedIn(name, { port, ...options }),
    refusedLogin: async (options) => loginEnd({ port, ...options }),
    socket: async () => openSocket(port),
  };
}

/** Resolves with the client when it is signed in; it is closed with the test. */
export async function signedIn(name: string, options: IClientOptions): Promise<MqttClient> {
  const client = connect({
    host: '127.0.0.1',
    username: name,
    password: `${name}-secret`,
    reconnectPeriod: 0,
    ...options,
  });
  onTestFinished(() => void client.end(true));
  await new Promise<void>((resolve, reject) => {
    client.once('connect', () => resolve());
    client.once('error', reject);
    client.once('close', () => reject(new Error('closed before CONNACK')));
  });
  client.on('error', () => undefined);
  return client;
}

/** Resolves when everything that the client sent before has been read by the broker. */
export async function settled(client: MqttClient): Promise<void> {
  await new Promise<void>((resolve) => {
    client.on('packetreceive', ({ cmd }) => {
      if (cmd === 'pingresp') resolve();
    });
    client.sendPing();
  });
}

export async function closing(client: MqttClient): Promise<void> {
  await new Promise<void>((resolve) => {
    client.once('close', () => resolve());
  });
}

/** Publishes without minding how it ends. */
export function send(client: MqttClient, topic: string, payload: string, qos: 0 | 1 = 1): void {
  client.publish(topic, payload, { qos }, () => undefined);
}

async function loginEnd(options: IClientOptions): Promise<string | number> {
  const client = connect({ host: '127.0.0.1', reconnectPeriod: 0, ...options });
  onTestFinished(() => void client.end(true));
  return new Promise((resolve) => {
    client.once('connect', () => resolve(0));
    client.once('error', (error: Error & { code?: string | number }) => resolve(error.code ?? error.message));
    client.once('close', () => resolve('closed'));
  });
}

async function openSocket(port: number): Promise<Socket> {
  const socket = createConnection({ port, host: '127.0.0.1' });
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => undefined);
  await new Promise((resolve) => {
    socket.once('connect', resolve);
  });
  return socket;
}
