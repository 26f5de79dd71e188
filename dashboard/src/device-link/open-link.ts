import { mqttPath } from '@carebell/contracts/topics.ts';
import { createDeviceLink } from './device-link.ts';
import type { DeviceAccount, DeviceLink } from './device-link.ts';
import { createOutbox } from './outbox.ts';
import type { OutboxStore } from './outbox.ts';
import { loadConnect } from './mqtt-client.ts';

/** The hub's MQTT port for browsers, beside the page. */
export function mqttUrl({ protocol, host }: Pick<Location, 'protocol' | 'host'>): string {
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}${mqttPath}`;
}

/** `crypto.randomUUID` is missing on plain HTTP. */
function newEventId(): string {
  const bytes = [...crypto.getRandomValues(new Uint8Array(12))];
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A device of this page, with MQTT.js loaded for it. */
export async function openLink(account: DeviceAccount, store: OutboxStore): Promise<DeviceLink> {
  const connect = await loadConnect();
  const now = () => Date.now();
  return createDeviceLink(account, {
    url: mqttUrl(location),
    connect,
    outbox: createOutbox(store, now),
    now,
    random: () => Math.random(),
    newEventId,
  });
}
