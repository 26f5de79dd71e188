import type { GatewayDevices } from '@carebell/contracts/messages.ts';
import type { DeviceEntry, GatewayEntry } from './directory.ts';

/** Stations whose gateways hear other devices, or hear them otherwise, than before. */
type Stations = readonly string[];

/**
 * Which registered devices the gateways of a station hear, and under which names. The station is that of the gateways, which
 * for a device on a boundary is not the one that it belongs to.
 */
export function createEarshot(find: {
  device(id: string): DeviceEntry | undefined;
  gateway(id: string): GatewayEntry | undefined;
}) {
  const gatewaysAt = new Map<string, Set<string>>();
  const devicesBehind = new Map<string, Set<string>>();
  const heardAs = new Map<string, Set<string>>();

  const stationOf = (device: DeviceEntry | undefined): string | undefined =>
    device && isHeard(device) ? find.gateway(device.gatewayId)?.stationId : undefined;

  const idsBehind = (gatewayId: string): string[] => [...(devicesBehind.get(gatewayId) ?? [])];
  const gatewaysOf = (stationId: string): string[] => [...(gatewaysAt.get(stationId) ?? [])];

  return {
    gatewayTaken(before: GatewayEntry | undefined, after: GatewayEntry): Stations {
      if (before?.stationId === after.stationId) return [];
      if (before) drop(gatewaysAt, before.stationId, before.id);
      add(gatewaysAt, after.stationId, after.id);
      return before ? [before.stationId, after.stationId] : [];
    },
    /** Call it when the gateways of the same commit were taken. */
    deviceTaken(before: DeviceEntry | undefined, after: DeviceEntry): Stations {
      if (before && isListedAlike(before, after)) return [];
      const id = after.deviceId;
      if (before && isHeard(before)) {
        drop(devicesBehind, before.gatewayId, id);
        if (before.heardAs !== null) drop(heardAs, folded(before.heardAs), id);
      }
      if (isHeard(after)) {
        add(devicesBehind, after.gatewayId, id);
        if (after.heardAs !== null) add(heardAs, folded(after.heardAs), id);
      }
      return [stationOf(before), stationOf(after)].filter((station) => station !== undefined);
    },
    devicesBehind: idsBehind,
    gatewaysAt: gatewaysOf,
    /**
     * The device that the gateways of this station report under this name: its own, or the one it is heard as. One that was
     * taken out of service is what it was, unless its code has become another's.
     */
    heardAt(stationId: string, name: string): DeviceEntry | undefined {
      const named = find.device(name);
      const isNamed = stationOf(named) === stationId;
      if (isNamed && named?.isRegistered === true) return named;
      let retired = isNamed ? named : undefined;
      for (const id of heardAs.get(folded(name)) ?? []) {
        const device = find.device(id);
        if (stationOf(device) !== stationId) continue;
        if (device?.isRegistered === true) return device;
        retired ??= device;
      }
      return retired;
    },
    /** What the gateways of this station are told, in the order of the identifiers; `gatewayId` is for the hub alone. */
    listOf(stationId: string): (GatewayDevices['devices'][number] & { gatewayId: string | null })[] {
      return gatewaysOf(stationId)
        .flatMap(idsBehind)
        .toSorted()
        .flatMap((id) => {
          const device = find.device(id);
          if (device?.isRegistered !== true) return [];
          const { type, signals, gatewayId } = device;
          return [{ id, type, heardAs: device.heardAs, signals, gatewayId }];
        });
    },
  };
}

export type Earshot = ReturnType<typeof createEarshot>;

/** Codes are printed in capitals on some labels; they do not differ by case alone. */
function folded(name: string): string {
  return name.toLowerCase();
}

function isHeard(device: DeviceEntry): device is DeviceEntry & { gatewayId: string } {
  return (device.isRegistered || device.isRetired === true) && device.gatewayId !== null;
}

function isListedAlike(before: DeviceEntry, after: DeviceEntry): boolean {
  return (
    isHeard(before) === isHeard(after) &&
    before.isRegistered === after.isRegistered &&
    before.gatewayId === after.gatewayId &&
    before.type === after.type &&
    before.heardAs === after.heardAs &&
    JSON.stringify(before.signals) === JSON.stringify(after.signals)
  );
}

function add(index: Map<string, Set<string>>, key: string, value: string): void {
  const values = index.get(key);
  if (values) values.add(value);
  else index.set(key, new Set([value]));
}

function drop(index: Map<string, Set<string>>, key: string, value: string): void {
  const values = index.get(key);
  values?.delete(value);
  if (values?.size === 0) index.delete(key);
}
