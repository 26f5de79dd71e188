import { buildTopic } from '@carebell/contracts/topics.ts';
import { connectAsync } from 'mqtt';
import type { MqttClient } from 'mqtt';
import type { DeviceAccount } from '../../accounts.ts';
import type { PastDay, PastMessage } from './past-days.ts';

export type PastWriting = {
  hubUrl: string;
  accounts: readonly DeviceAccount[];
  days: Iterable<PastDay>;
  /** Called when everything of a day has been acknowledged. */
  written: (date: string, messages: number, untilMs: number) => Promise<void>;
  interrupted: AbortSignal;
};

/** Ninety devices together stay below what the hub lets wait; one that says a month at once is held back a second each time. */
const inFlightOfOne = 150;

/** Lets the devices say what they would have said, a day at a time, over MQTT with their own accounts. */
export async function writePast({ hubUrl, accounts, days, written, interrupted }: PastWriting) {
  const clients = new Map<string, MqttClient>();

  function say(client: MqttClient, { deviceId, type, body }: PastMessage): Promise<unknown> {
    const topic = buildTopic({ of: 'device', deviceId, kind: type });
    return client.publishAsync(topic, JSON.stringify(body), { qos: 1 });
  }

  async function sayDay(deviceId: string, messages: readonly PastMessage[]): Promise<void> {
    const client = clients.get(deviceId);
    if (client === undefined) return;
    for (let from = 0; from < messages.length; from += inFlightOfOne) {
      const portion = messages.slice(from, from + inFlightOfOne);
      await Promise.all(portion.map((message) => say(client, message)));
    }
  }

  try {
    for (const { id, secret } of accounts) {
      const options = { clientId: id, username: id, password: secret, reconnectPeriod: 500 };
      clients.set(id, await connectAsync(hubUrl, options));
    }
    for (const { date, messages, untilMs } of days) {
      if (interrupted.aborted) return;
      const byDevice = Map.groupBy(messages, ({ deviceId }) => deviceId);
      await Promise.all([...byDevice].map(([deviceId, own]) => sayDay(deviceId, own)));
      await written(date, messages.length, untilMs);
    }
  } finally {
    await Promise.all([...clients.values()].map((client) => client.endAsync(interrupted.aborted)));
  }
}
