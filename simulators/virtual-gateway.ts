import { connect } from 'mqtt';
import type { MqttClient } from 'mqtt';
import { acceptedSchema } from '@carebell/contracts/messages.ts';
import { buildTopic, parseTopic } from '@carebell/contracts/topics.ts';
import { readCommand } from './commands.ts';
import type { ReadCommand } from './commands.ts';
import type { EventIds } from './event-ids.ts';
import type { Credentials } from './mqtt-connection.ts';
import type { EventKind } from '@carebell/contracts/event-kinds.ts';

/** A gateway that speaks MQTT for devices without MQTT of their own, and answers the commands to them. */
export type VirtualGateway = {
  readonly id: string;
  start(): void;
  /** Resolves at the hub's `accepted`: the event is stored. Sent again after each connection until then. */
  send(
    deviceId: string,
    kind: EventKind,
    details?: Record<string, unknown>,
    happenedAtMs?: number,
  ): Promise<void>;
  /** The plug is out, until it is started again. */
  unplug(): void;
  stop(): Promise<void>;
};

const firmware = '1.4.0';

type Waiting = {
  deviceId: string;
  kind: EventKind;
  details: Record<string, unknown> | undefined;
  happenedAtMs: number;
  accepted(): void;
};

export function createVirtualGateway(
  { hubUrl, nextEventId, now }: { hubUrl: string; nextEventId: EventIds; now: () => number },
  { id, secret }: Credentials,
  commanded: (deviceId: string, command: ReadCommand) => void = () => undefined,
): VirtualGateway {
  const waiting = new Map<string, Waiting>();
  const availability = buildTopic({ of: 'gateway', gatewayId: id, kind: 'availability' });
  const health = buildTopic({ of: 'gateway', gatewayId: id, kind: 'health' });
  const accepted = buildTopic({ of: 'gateway', gatewayId: id, kind: 'accepted' });
  const everyCommand = buildTopic({ of: 'device', deviceId: '+', kind: 'command' });
  let client: MqttClient | undefined;

  function start(): void {
    if (client !== undefined) return;
    const made = connect(hubUrl, {
      clientId: id,
      username: id,
      password: secret,
      protocolVersion: 4,
      clean: true,
      reconnectPeriod: 500,
      resubscribe: false,
      timerVariant: 'native',
      will: { topic: availability, payload: Buffer.from('offline'), qos: 1, retain: true },
    });
    client = made;
    made.on('error', () => undefined);
    made.on('message', heard);
    made.on('connect', () => {
      made.subscribe([accepted, everyCommand], { qos: 1 }, () => {
        for (const eventId of waiting.keys()) transmit(eventId);
      });
      made.publish(availability, 'online', { qos: 1, retain: true });
      made.publish(health, JSON.stringify({ firmware }), { qos: 0 });
    });
  }

  function heard(text: string, payload: Buffer): void {
    if (text === accepted) {
      const { data } = acceptedSchema.safeParse(JSON.parse(payload.toString()));
      for (const eventId of data?.ids ?? []) {
        waiting.get(eventId)?.accepted();
        waiting.delete(eventId);
      }
      return;
    }
    const topic = parseTopic(text);
    if (topic?.of !== 'device') return;
    const read = readCommand(payload);
    commanded(topic.deviceId, read);
    if (read.type !== 'command') return;
    const { deviceId } = topic;
    const result = buildTopic({ of: 'device', deviceId, kind: 'command/result' });
    client?.publish(result, JSON.stringify({ id: read.command.id, ok: true }), { qos: 1 });
  }

  function transmit(eventId: string): void {
    const event = waiting.get(eventId);
    if (event === undefined || client?.connected !== true) return;
    const { deviceId, kind, details, happenedAtMs } = event;
    const body = {
      id: eventId,
      kind,
      ageMs: Math.max(0, Math.round(now() - happenedAtMs)),
      ...(details === undefined ? {} : { data: details }),
    };
    client.publish(buildTopic({ of: 'device', deviceId, kind: 'event' }), JSON.stringify(body), { qos: 1 });
  }

  function unplug(): void {
    const gone = client;
    client = undefined;
    // Without DISCONNECT, so that the hub publishes the will; and it does not come back by itself.
    gone?.stream.destroy();
    gone?.end(true);
  }

  return {
    id,
    start,
    unplug,
    send: (deviceId, kind, details, happenedAtMs = now()) =>
      new Promise((resolve) => {
        const eventId = nextEventId();
        waiting.set(eventId, { deviceId, kind, details, happenedAtMs, accepted: resolve });
        transmit(eventId);
      }),
    async stop() {
      const gone = client;
      client = undefined;
      await gone?.endAsync(true);
    },
  };
}
