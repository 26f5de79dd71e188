import { randomUUID } from 'node:crypto';
import { acceptedSchema, deviceCommandSchema, gatewayDevicesSchema } from '@carebell/contracts/messages.ts';
import type { Availability, DeviceCommand, GatewayDevices } from '@carebell/contracts/messages.ts';
import type { Gateway, NewDevice } from '@carebell/contracts/registry.ts';
import { buildTopic, parseTopic } from '@carebell/contracts/topics.ts';
import type { IClientOptions, MqttClient } from 'mqtt';
import { issueDevice } from './community.ts';
import type { Community, SignedIn } from './community.ts';
import type { ScenarioHub } from './scenario-hub.ts';
import { connectTo } from './virtual-party.ts';

/** A gateway on a real MQTT connection: it speaks for its devices and hears what is meant for them. */
export type VirtualGateway = {
  client: MqttClient;
  /** Events that the hub has said are stored, in the order in which it said so. */
  accepted: string[];
  commands: { deviceId: string; command: DeviceCommand }[];
  /** The lists of the devices that it hears, as the hub has told it. */
  lists: GatewayDevices['devices'][];
  /** Resolves at the PUBACK with the event's identifier. */
  send(deviceId: string, kind: string, more?: object): Promise<string>;
  announce(deviceId: string, availability: Availability): Promise<void>;
  end(): Promise<void>;
};

export async function enterGateway(
  { admin }: Pick<ScenarioHub, 'admin'>,
  stationId: string,
): Promise<SignedIn> {
  const { gateway, secret } = await admin.create<{ gateway: Gateway; secret: string }>('/gateways', {
    stationId,
  });
  return { id: gateway.id, secret };
}

/** Enters a device that speaks through this gateway, at the dwelling of the community's resident. */
export async function enterBehind(
  { admin }: Pick<ScenarioHub, 'admin'>,
  { dwelling, resident }: Pick<Community, 'dwelling' | 'resident'>,
  gatewayId: string,
  type: NewDevice['type'] = 'button',
): Promise<string> {
  const home = { dwellingId: dwelling.id, residentId: resident.id, gatewayId };
  return (await issueDevice(admin, { type, ...home })).id;
}

/** With `answers: false` it hears commands and answers none. */
export async function connectGateway(
  hub: ScenarioHub,
  account: SignedIn,
  { answers = true, ...options }: IClientOptions & { answers?: boolean } = {},
): Promise<VirtualGateway> {
  const client = await connectTo(hub, account, options);
  const accepted: string[] = [];
  const commands: VirtualGateway['commands'] = [];
  const lists: VirtualGateway['lists'] = [];
  const listTopic = buildTopic({ of: 'gateway', gatewayId: account.id, kind: 'devices' });
  const acceptedTopic = buildTopic({ of: 'gateway', gatewayId: account.id, kind: 'accepted' });

  client.on('message', (text, payload) => {
    const json: unknown = JSON.parse(payload.toString());
    if (text === acceptedTopic) {
      accepted.push(...acceptedSchema.parse(json).ids);
      return;
    }
    if (text === listTopic) {
      lists.push(gatewayDevicesSchema.parse(json).devices);
      return;
    }
    const topic = parseTopic(text);
    if (topic?.of !== 'device') throw new Error(`nobody asked for ${text}`);
    const { deviceId } = topic;
    const command = deviceCommandSchema.parse(json);
    commands.push({ deviceId, command });
    if (!answers) return;
    const resultTopic = buildTopic({ of: 'device', deviceId, kind: 'command/result' });
    client.publish(resultTopic, JSON.stringify({ id: command.id, ok: true }), { qos: 1 });
  });
  const everyCommand = buildTopic({ of: 'device', deviceId: '+', kind: 'command' });
  await client.subscribeAsync([acceptedTopic, listTopic, everyCommand], { qos: 1 });

  return {
    client,
    accepted,
    commands,
    lists,
    async send(deviceId, kind, more = {}) {
      const id = randomUUID();
      const topic = buildTopic({ of: 'device', deviceId, kind: 'event' });
      await client.publishAsync(topic, JSON.stringify({ id, kind, ...more }), { qos: 1 });
      return id;
    },
    async announce(deviceId, availability) {
      const topic = buildTopic({ of: 'device', deviceId, kind: 'availability' });
      await client.publishAsync(topic, availability, { qos: 1, retain: true });
    },
    end: () => client.endAsync(true),
  };
}
