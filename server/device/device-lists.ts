import type { GatewayDevices } from '@carebell/contracts/messages.ts';
import { buildTopic } from '@carebell/contracts/topics.ts';
import type { Refusal } from '../audit/refusal-store.ts';
import type { Clock } from '../clock.ts';
import type { Directory } from './directory.ts';

/** Changes within this time go out in one list. */
const gatherMs = 200;

/**
 * As large as the largest packet that the broker takes itself: over a thousand devices with a role or two. What a list has
 * no room for its gateway reports by the code, which the hub knows by itself.
 */
export const largestListBytes = 255 * 1024;

export type DeviceListPorts = {
  directory: Pick<Directory, 'gateway' | 'earshot'>;
  clock: Clock;
  publish(message: { topic: string; payload: string; qos: 1; retain: false }): Promise<void>;
  /** The gateway is connected to this hub. */
  isConnected(gatewayId: string): boolean;
  recordRefusal(refusal: Refusal): void;
  troubled(event: string, error: unknown): void;
};

/** Tells each gateway which devices its station hears: when it subscribes, and when the list has changed. */
export function createDeviceLists(ports: DeviceListPorts) {
  const { directory, clock, publish, isConnected, recordRefusal, troubled } = ports;
  const changed = new Set<string>();
  let cancel: (() => void) | undefined;

  function send(gatewayId: string): void {
    const gateway = directory.gateway(gatewayId);
    if (!gateway) return;
    const listed = directory.earshot.listOf(gateway.stationId);
    const payload = payloadFor(gatewayId, listed);
    if (payload.leftOut > 0) {
      const sample = `${payload.leftOut} of ${listed.length} left out`;
      recordRefusal({ reason: 'device-list-too-large', subject: gatewayId, sample });
    }
    const topic = buildTopic({ of: 'gateway', gatewayId, kind: 'devices' });
    // A gateway that misses this one gets the next one, at the latest when it subscribes again.
    publish({ topic, payload: payload.text, qos: 1, retain: false }).catch((error: unknown) =>
      troubled('device-list.send-failed', error),
    );
  }

  function sendChanged(): void {
    cancel = undefined;
    const stations = [...changed];
    changed.clear();
    for (const gatewayId of stations.flatMap((station) => directory.earshot.gatewaysAt(station))) {
      if (isConnected(gatewayId)) send(gatewayId);
    }
  }

  return {
    subscribed: send,
    /** Follows a commit. */
    changedAt(stations: Iterable<string>): void {
      for (const station of stations) changed.add(station);
      if (changed.size > 0) cancel ??= clock.after(gatherMs, sendChanged);
    },
    stop: (): void => cancel?.(),
  };
}

/** The gateway's own devices come first: they must have their place if not all have one. */
export function payloadFor(
  gatewayId: string,
  listed: readonly (GatewayDevices['devices'][number] & { gatewayId: string | null })[],
): { text: string; leftOut: number } {
  const isOwn = (device: (typeof listed)[number]): boolean => device.gatewayId === gatewayId;
  const inOrder = [...listed.filter(isOwn), ...listed.filter((device) => !isOwn(device))];
  const texts: string[] = [];
  let bytes = Buffer.byteLength('{"devices":[]}');
  for (const { gatewayId: _, ...device } of inOrder) {
    const text = JSON.stringify(device);
    bytes += Buffer.byteLength(text) + 1;
    if (bytes > largestListBytes) break;
    texts.push(text);
  }
  return { text: `{"devices":[${texts.join(',')}]}`, leftOut: listed.length - texts.length };
}
