import { connect as connectTcp } from 'node:net';
import { MqttClient, connect } from 'mqtt';
import type { IClientOptions } from 'mqtt';
import { buildTopic, parseTopic } from '@carebell/contracts/topics.ts';
import type { Topic } from '@carebell/contracts/topics.ts';

export type HubSettings = { url: string; gatewayId: string; secret: string; tlsCa?: string };

export type ConnectionEnd =
  | { reason: 'lost' }
  /** No connection came about; `code` is the system's name of the error, or `timeout`. */
  | { reason: 'unreachable'; code: string }
  /** The hub answered CONNACK with this return code, or refused a subscription (128). */
  | { reason: 'refused'; code: number };

export type ConnectionHandlers = {
  /** Signed in, and subscribed: what is published now is answered. */
  opened(): void;
  message(topic: Topic, payload: Buffer): void;
  /** Once, unless `finish` was called before. */
  closed(end: ConnectionEnd): void;
};

export type PublishOptions = { qos: 0 | 1; retain?: boolean };
export type HubConnection = {
  /** `acknowledged` is called at the PUBACK, and never if the connection ends before it. */
  publish(topic: Topic, payload: string, options: PublishOptions, acknowledged?: () => void): void;
  /** Asks for the list of devices again, to which a hub that is there answers. */
  askForDevices(): void;
  /** Says `offline` and signs out. */
  finish(): Promise<void>;
  cut(): void;
};

const connectTimeoutMs = 10_000;
const keepAliveSeconds = 15;
const lastWordMs = 1_000;
const refusedSubscription = 128;

/**
 * One MQTT 3.1.1 connection with a clean session. It never reconnects by itself, because MQTT.js would repeat the bytes of
 * the first transmission and with them an `ageMs` that is no longer true; what is not acknowledged is the outbox's.
 */
export function openHubConnection(
  { url, gatewayId, secret, tlsCa }: HubSettings,
  handlers: ConnectionHandlers,
): HubConnection {
  const own = (kind: 'availability' | 'accepted' | 'devices') =>
    buildTopic({ of: 'gateway', gatewayId, kind });
  const options: IClientOptions = {
    clientId: gatewayId,
    username: gatewayId,
    password: secret,
    protocolVersion: 4,
    clean: true,
    keepalive: keepAliveSeconds,
    connectTimeout: connectTimeoutMs,
    reconnectPeriod: 0,
    resubscribe: false,
    queueQoSZero: false,
    timerVariant: 'native',
    // Else 65,536 buffers, one for each number of two bytes, are made before the first packet: 7 MB.
    writeCache: false,
    will: { topic: own('availability'), payload: Buffer.from('offline'), qos: 1, retain: true },
    ...(tlsCa === undefined ? {} : { ca: tlsCa }),
  };
  const client = createClient(url, options);
  let isOpen = false;
  let isEnded = false;
  let lastError: unknown;

  client.on('connect', () => {
    client.publish(own('availability'), 'online', { qos: 1, retain: true });
    const commands = buildTopic({ of: 'device', deviceId: '+', kind: 'command' });
    // What is lost with a connection is repeated by the hub or asked for again, so no PUBACK is needed for `accepted`.
    const filters = {
      [own('accepted')]: { qos: 0 },
      [own('devices')]: { qos: 1 },
      [commands]: { qos: 1 },
    } as const;
    client.subscribe(filters, (error, granted) => {
      if (isEnded) return;
      // Events would be sent that nobody is heard to accept.
      if (error || granted?.some(({ qos }) => qos === refusedSubscription)) {
        end({ reason: 'refused', code: refusedSubscription });
        return;
      }
      isOpen = true;
      handlers.opened();
    });
  });
  client.on('message', (text, payload) => {
    const topic = parseTopic(text);
    if (topic !== undefined && !isEnded) handlers.message(topic, payload);
  });
  client.on('error', (error) => {
    lastError = error;
  });
  client.on('close', () => end(isOpen ? { reason: 'lost' } : endOf(lastError)));

  function end(how: ConnectionEnd): void {
    if (isEnded) return;
    isEnded = true;
    // Without a callback: what was being published is the outbox's to send again.
    client.end(true);
    handlers.closed(how);
  }

  return {
    publish(topic, payload, publishOptions, acknowledged) {
      if (isEnded) return;
      client.publish(buildTopic(topic), payload, publishOptions, (error) => {
        if (!error && !isEnded) acknowledged?.();
      });
    },
    askForDevices() {
      if (!isEnded) client.subscribe(own('devices'), { qos: 1 });
    },
    async finish() {
      if (isEnded) return;
      isEnded = true;
      if (isOpen) {
        await Promise.race([
          client
            .publishAsync(own('availability'), 'offline', { qos: 1, retain: true })
            .catch(() => undefined),
          new Promise((resolve) => {
            setTimeout(resolve, lastWordMs);
          }),
        ]);
      }
      await client.endAsync(!isOpen || Object.keys(client.outgoing).length > 0);
    },
    cut() {
      client.stream.destroy();
    },
  };
}

/**
 * Plain TCP is opened here: without `noDelay` a press waits up to 40 ms for the packet before it to be acknowledged, and
 * `connect` of MQTT.js brings WebSocket, SOCKS, HTTP and TLS into memory, 10 MB, for whatever the address is.
 */
function createClient(url: string, options: IClientOptions): MqttClient {
  const { protocol, hostname, port } = new URL(url);
  if (protocol !== 'mqtt:') return connect(url, options);
  const host = hostname.replaceAll(/^\[|\]$/g, '');
  return new MqttClient(
    () => connectTcp({ host, port: port === '' ? usualPort : Number(port), noDelay: true }),
    options,
  );
}
const usualPort = 1883;

/** MQTT 3.1.1 return codes are numbers; errors of the socket carry the system's name of the error. */
function endOf(error: unknown): ConnectionEnd {
  if (error instanceof Error && 'code' in error) {
    if (typeof error.code === 'number') return { reason: 'refused', code: error.code };
    if (typeof error.code === 'string') return { reason: 'unreachable', code: error.code };
  }
  return { reason: 'unreachable', code: error instanceof Error ? 'timeout' : 'closed' };
}
