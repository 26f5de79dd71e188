import type { GatewayDevices, SignalRole } from '@carebell/contracts/messages.ts';
import { codeReceived, roleOfSignal } from '@carebell/contracts/signal-roles.ts';
import type { Meaning } from './drivers/driver.ts';
import type { MappedDevice } from './device-map-file.ts';

/** What a signal is for the hub. `kind` is a kind of the contracts, or `code.received` when nobody knows. */
export type Resolution = {
  deviceId: string;
  /** Somebody entered this sender, here or at the hub. */
  isMapped: boolean;
  kind: string;
  data?: Record<string, unknown>;
};

/** What shows a command; without `portName` any port whose driver can send it. */
export type Target = { portName?: string; address: string; signal?: string };

/** Which device stands behind an address that was heard, and what its signals mean. */
export type DeviceMap = {
  /** For what carries no signal: readings, and events that the device named itself. */
  deviceBehind(heardId: string): Pick<Resolution, 'deviceId' | 'isMapped'>;
  /** `heardId`: the identifier under which the bridge reports the sender as long as nobody has entered it. */
  resolve(heardId: string, signal: string, meaning: Meaning | undefined): Resolution;
  target(deviceId: string): Target | undefined;
  deviceIds(): string[];
  /** Devices that nothing but this port can hear, whether or not it has. */
  onlyOn(portName: string): string[];
};

export type DeviceMapSources = {
  /** The file's devices come first, the hub's second. */
  local: readonly MappedDevice[];
  hub: GatewayDevices['devices'];
  gatewayId: string;
  portNames: readonly string[];
};

type HubDevice = GatewayDevices['devices'][number];
type Known = { local?: MappedDevice | undefined; hub?: HubDevice | undefined };

/** Codes are printed in capitals on some labels; neither addresses nor signals differ by case alone. */
const folded = (text: string) => text.toLowerCase();

export function createDeviceMap({ local, hub, gatewayId, portNames }: DeviceMapSources): DeviceMap {
  const localByHeard = new Map<string, MappedDevice>();
  for (const device of local) {
    for (const heard of device.heardAs) localByHeard.set(folded(heard), device);
  }
  const localById = new Map(local.map((device) => [device.id, device]));
  const hubById = new Map(hub.map((device) => [device.id, device]));
  const hubByHeard = new Map(hub.map((device) => [folded(device.heardAs ?? device.id), device]));

  const heardBy = (heardId: string): Known => {
    const entered = localByHeard.get(folded(heardId));
    return { local: entered, hub: entered ? hubById.get(entered.id) : hubByHeard.get(folded(heardId)) };
  };

  const nameOf = ({ local: entered, hub: registered }: Known, heardId: string) => ({
    deviceId: entered?.id ?? registered?.id ?? heardId,
    isMapped: entered !== undefined || registered !== undefined,
  });

  return {
    deviceBehind: (heardId) => nameOf(heardBy(heardId), heardId),
    resolve(heardId, signal, meaning) {
      const known = heardBy(heardId);
      const found = meaningFor(known, signal, meaning);
      return {
        ...nameOf(known, heardId),
        kind: found?.kind ?? codeReceived,
        data: { ...found?.data, signal },
      };
    },
    target(deviceId) {
      const entered = localById.get(deviceId);
      if (entered?.shownBy) return entered.shownBy;
      const heardId = entered?.heardAs[0] ?? hubById.get(deviceId)?.heardAs ?? deviceId;
      return targetOf(heardId, gatewayId, portNames);
    },
    deviceIds: () => [...new Set([...localById.keys(), ...hubById.keys()])],
    onlyOn(portName) {
      const start = folded(`${gatewayId}.${portName}.`);
      const isHere = (heardId: string) => folded(heardId).startsWith(start);
      const entered = local.filter(({ heardAs }) => heardAs.every(isHere));
      const registered = hub.filter(({ id, heardAs }) => !localById.has(id) && isHere(heardAs ?? id));
      return [...entered, ...registered].map(({ id }) => id);
    },
  };
}

/** The file's word goes before the hub's. */
function meaningFor(
  { local, hub }: Known,
  signal: string,
  meaning: Meaning | undefined,
): Meaning | undefined {
  const type = local?.type ?? hub?.type ?? 'other';
  const role = roleOfSignal({ signal, said: meaning?.kind, type }, [local?.signals, hub?.signals]);
  return role === undefined ? meaning : meaningOf(role);
}

function meaningOf({ kind, key }: SignalRole): Meaning {
  return kind === 'button.pressed' ? { kind, data: { key: key ?? 'help' } } : { kind };
}

/** Undoes what the bridge does to an address that only one port knows: `<gateway>.<port>.<address>`. */
function targetOf(heardId: string, gatewayId: string, portNames: readonly string[]): Target {
  const portName = portNames.find((name) => heardId.startsWith(`${gatewayId}.${name}.`));
  if (portName === undefined) return { address: heardId };
  return { portName, address: heardId.slice(gatewayId.length + portName.length + 2) };
}
