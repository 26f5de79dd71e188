import type { Signals } from '@carebell/contracts/messages.ts';
import type { OrganisationLevel } from '@carebell/contracts/roles.ts';
import type { DeviceHome } from './device-store.ts';

/** A device as the hub keeps it in memory: who it is, where it belongs, and what a screen needs if the store is down. */
export type DeviceEntry = DeviceHome & {
  name: string;
  /** The identifier under which gateways report it, if that is not its own. */
  heardAs: string | null;
  signals: Signals;
  secretHash: string | null;
  residentName: string | null;
  residentPhone: string | null;
  address: string | null;
  stationName: string | null;
};
export type GatewayEntry = { id: string; stationId: string; secretHash: string };
export type ServiceEntry = { id: string; secretHash: string };
export type Account = { kind: 'device' | 'gateway' | 'service'; id: string; secretHash: string };
export type OrganisationEntry = { id: string; level: OrganisationLevel; parentId: string; name: string };

/** Rows read from the store: at start all of them, after a change those that changed. */
export type DirectoryRows = {
  devices: readonly DeviceEntry[];
  gateways: readonly GatewayEntry[];
  services: readonly ServiceEntry[];
  /** All of them, or `null` if none changed. */
  organisations: readonly OrganisationEntry[] | null;
};

/**
 * What the hub must know without asking the store, on every connection, every publication, and when the store is down.
 * It follows the journal: {@link Directory.take} is called with every commit that touched it.
 */
export type Directory = {
  device(id: string): DeviceEntry | undefined;
  gateway(id: string): GatewayEntry | undefined;
  service(id: string): ServiceEntry | undefined;
  /** Who may sign in over MQTT under this name. A device behind a gateway, or not registered, may not. */
  account(
    name: string,
  ): { kind: 'device' | 'gateway' | 'service'; id: string; secretHash: string } | undefined;
  /** The registered devices that speak through this gateway. */
  devicesBehind(gatewayId: string): string[];
  organisation(id: string): OrganisationEntry | undefined;
  organisations(): Iterable<OrganisationEntry>;
  /** The organisation and all above it, nearest first; empty for an unknown one. */
  lineage(organisationId: string | null): OrganisationEntry[];
  /** Takes what has changed; returns the accounts whose secret is another now, so that their connections can be closed. */
  take(rows: DirectoryRows): Account[];
};

export function createDirectory(): Directory {
  const devices = new Map<string, DeviceEntry>();
  const gateways = new Map<string, GatewayEntry>();
  const services = new Map<string, ServiceEntry>();
  let organisations = new Map<string, OrganisationEntry>();

  function account(name: string): Account | undefined {
    const device = devices.get(name);
    if (device?.isRegistered && device.secretHash !== null) {
      return { kind: 'device', id: name, secretHash: device.secretHash };
    }
    const gateway = gateways.get(name);
    if (gateway) return { kind: 'gateway', id: name, secretHash: gateway.secretHash };
    const service = services.get(name);
    return service && { kind: 'service', id: name, secretHash: service.secretHash };
  }

  return {
    account,
    device: (id) => devices.get(id),
    gateway: (id) => gateways.get(id),
    service: (id) => services.get(id),
    devicesBehind: (gatewayId) =>
      [...devices.values()]
        .filter((device) => device.gatewayId === gatewayId && device.isRegistered)
        .map(({ deviceId }) => deviceId),
    organisation: (id) => organisations.get(id),
    organisations: () => organisations.values(),
    lineage(organisationId) {
      const lineage: OrganisationEntry[] = [];
      let next = organisationId === null ? undefined : organisations.get(organisationId);
      while (next && !lineage.includes(next)) {
        lineage.push(next);
        next = organisations.get(next.parentId);
      }
      return lineage;
    },
    take(rows) {
      const names = [
        ...rows.devices.map(({ deviceId }) => deviceId),
        ...[...rows.gateways, ...rows.services].map(({ id }) => id),
      ];
      const before = names.flatMap((name) => account(name) ?? []);
      for (const device of rows.devices) devices.set(device.deviceId, device);
      for (const gateway of rows.gateways) gateways.set(gateway.id, gateway);
      for (const service of rows.services) services.set(service.id, service);
      if (rows.organisations) organisations = new Map(rows.organisations.map((entry) => [entry.id, entry]));
      return before.filter(({ id, secretHash }) => account(id)?.secretHash !== secretHash);
    },
  };
}
