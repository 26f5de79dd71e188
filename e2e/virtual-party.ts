import { randomUUID } from 'node:crypto';
import { deviceCommandSchema } from '@carebell/contracts/messages.ts';
import type { DeviceCommand } from '@carebell/contracts/messages.ts';
import { buildTopic } from '@carebell/contracts/topics.ts';
import { connectAsync } from 'mqtt';
import type { IClientOptions, MqttClient } from 'mqtt';
import type { SignedIn } from './community.ts';
import type { ScenarioHub } from './scenario-hub.ts';

/** A device on a real MQTT connection, as plain as a firmware would be. */
export type VirtualDevice = {
  client: MqttClient;
  /** Commands in the order in which they came. */
  commands: DeviceCommand[];
  /** Reassurance states in the order in which they came. */
  told: string[];
  /** Resolves at the PUBACK with the event's identifier. */
  send(kind: string, more?: object): Promise<string>;
  end(): Promise<void>;
};

export function connectTo(
  hub: Pick<ScenarioHub, 'mqttPort'>,
  account: SignedIn,
  options: IClientOptions = {},
): Promise<MqttClient> {
  return connectAsync(`mqtt://127.0.0.1:${hub.mqttPort}`, {
    clientId: account.id,
    username: account.id,
    password: account.secret,
    reconnectPeriod: 200,
    ...options,
  });
}

/** Connects, subscribes its commands and answers each with `ok`. */
export async function connectDevice(
  hub: Pick<ScenarioHub, 'mqttPort'>,
  account: SignedIn,
  options: IClientOptions = {},
): Promise<VirtualDevice> {
  const client = await connectTo(hub, account, options);
  const commands: DeviceCommand[] = [];
  const told: string[] = [];
  const topic = (kind: 'event' | 'command' | 'command/result') =>
    buildTopic({ of: 'device', deviceId: account.id, kind });
  client.on('message', (_, payload) => {
    const command = deviceCommandSchema.parse(JSON.parse(payload.toString()));
    commands.push(command);
    if (command.command === 'reassure') told.push(command.data.state);
    client.publish(topic('command/result'), JSON.stringify({ id: command.id, ok: true }), { qos: 1 });
  });
  await client.subscribeAsync(topic('command'), { qos: 1 });
  return {
    client,
    commands,
    told,
    async send(kind, more = {}) {
      const id = randomUUID();
      await client.publishAsync(topic('event'), JSON.stringify({ id, kind, ...more }), { qos: 1 });
      return id;
    },
    end: () => client.endAsync(true),
  };
}
