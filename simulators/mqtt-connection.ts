import { connect as openSocket } from 'node:net';
import { connect, MqttClient } from 'mqtt';
import type { IClientOptions } from 'mqtt';
import { buildTopic, parseTopic } from '@carebell/contracts/topics.ts';

/** A device's identifier and secret: its client identifier and user name, and its password. */
export type Credentials = { id: string; secret: string };

export type ConnectionEnd =
  | { reason: 'lost' }
  /** No connection came about. `code` is the operating system's, or `timeout`. */
  | { reason: 'unreachable'; code: string }
  /** The hub answered with this CONNACK return code. */
  | { reason: 'refused'; code: number };

export type ConnectionHandlers = {
  opened(): void;
  /** Of the device itself, or of one that it speaks for. */
  command(payload: Uint8Array, deviceId: string): void;
  /** Called once, however the connection ended, unless `finish` was called before. */
  closed(end: ConnectionEnd): void;
};

export type Connection = {
  publish(topic: string, payload: string, options: PublishOptions, accepted?: () => void): void;
  /** Says `offline`, waits for the PUBACK up to a second, disconnects. */
  finish(): Promise<void>;
  /** Drops the connection without a word, so that the hub publishes the will. */
  cut(): void;
};
/** What is other than of a device that calls by itself from where this machine likes. */
export type Calling = {
  /** One address has some 28,000 ports to call from; a large fleet calls from several. */
  localAddress?: string | undefined;
  /** It is a gateway, and speaks for these devices. */
  speaksFor?: readonly string[];
};
type PublishOptions = { qos: 0 | 1; retain?: boolean };

const connectTimeoutMs = 10_000;
const lastWordMs = 1_000;

/**
 * One MQTT 3.1.1 connection of one device, with a clean session and without MQTT.js' own reconnecting: its store would
 * repeat the bytes of the first transmission, and with them an `ageMs` that is no longer true.
 */
export function openConnection(
  hubUrl: string,
  credentials: Credentials,
  keepAliveSeconds: number,
  handlers: ConnectionHandlers,
  { localAddress, speaksFor }: Calling = {},
): Connection {
  const { availability, heard } = topicsOf(credentials.id, speaksFor);
  const options: IClientOptions = {
    clientId: credentials.id,
    username: credentials.id,
    password: credentials.secret,
    protocolVersion: 4,
    clean: true,
    keepalive: keepAliveSeconds,
    connectTimeout: connectTimeoutMs,
    reconnectPeriod: 0,
    resubscribe: false,
    queueQoSZero: false,
    timerVariant: 'native',
    will: { topic: availability, payload: Buffer.from('offline'), qos: 1, retain: true },
  };
  const client =
    localAddress === undefined ? connect(hubUrl, options) : connectFrom(localAddress, hubUrl, options);
  let isOpen = false;
  let isEnded = false;
  let lastError: unknown;

  client.on('connect', () => {
    isOpen = true;
    client.subscribe(heard, { qos: 1 });
    client.publish(availability, 'online', { qos: 1, retain: true });
    handlers.opened();
  });
  client.on('message', (text, payload) => {
    const topic = parseTopic(text);
    if (topic?.of === 'device') handlers.command(payload, topic.deviceId);
  });
  client.on('error', (error) => {
    lastError = error;
  });
  client.on('close', () => {
    if (isEnded) return;
    isEnded = true;
    handlers.closed(isOpen ? { reason: 'lost' } : endOf(lastError));
  });

  return {
    publish(topic, payload, options, accepted) {
      if (isEnded) return;
      client.publish(topic, payload, options, (error) => {
        if (error === undefined || error === null) accepted?.();
      });
    },
    async finish() {
      const wasEnded = isEnded;
      isEnded = true;
      if (wasEnded) return;
      if (isOpen) await saidOffline(client, availability);
      await client.endAsync(!isOpen || Object.keys(client.outgoing).length > 0);
    },
    cut() {
      client.stream.destroy();
    },
  };
}

/** A gateway hears what is stored, and what its devices are told: each by its own topic, so that nobody looks through all of a town's. */
function topicsOf(id: string, speaksFor: readonly string[] | undefined) {
  const commandTo = (deviceId: string) => buildTopic({ of: 'device', deviceId, kind: 'command' });
  return speaksFor === undefined
    ? {
        availability: buildTopic({ of: 'device', deviceId: id, kind: 'availability' }),
        heard: [commandTo(id)],
      }
    : {
        availability: buildTopic({ of: 'gateway', gatewayId: id, kind: 'availability' }),
        heard: [buildTopic({ of: 'gateway', gatewayId: id, kind: 'accepted' }), ...speaksFor.map(commandTo)],
      };
}

function connectFrom(localAddress: string, hubUrl: string, options: IClientOptions): MqttClient {
  const { hostname, port } = new URL(hubUrl);
  const socket = { host: hostname, port: Number(port === '' ? '1883' : port), localAddress, noDelay: true };
  return new MqttClient(() => openSocket(socket), options);
}

/** MQTT 3.1.1 return codes are numbers; errors of the socket carry the system's name of the error. */
function endOf(error: unknown): ConnectionEnd {
  if (error instanceof Error && 'code' in error) {
    if (typeof error.code === 'number') return { reason: 'refused', code: error.code };
    if (typeof error.code === 'string') return { reason: 'unreachable', code: error.code };
  }
  return { reason: 'unreachable', code: error instanceof Error ? 'timeout' : 'closed' };
}

function saidOffline(client: MqttClient, topic: string): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, lastWordMs);
    const done = () => {
      clearTimeout(timer);
      client.off('close', done);
      resolve();
    };
    client.once('close', done);
    client.publish(topic, 'offline', { qos: 1, retain: true }, done);
  });
}
