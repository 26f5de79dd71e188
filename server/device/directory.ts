import type { Signals } from '@carebell/contracts/messages.ts';
import type { OrganisationLevel } from '@carebell/contracts/roles.ts';
import type { DeviceHome } from './device-store.ts';
import { createEarshot } from './earshot.ts';
import type { Earshot } from './earshot.ts';

/** A device as the hub keeps it in memory: who it is, where it belongs, and what a screen needs if the store is down. */
export type DeviceEntry = DeviceHome & {
  name: string;
  /** The identifier under which gateways report it, if that is not its own. */
  heardAs: string | null;
  signals: Signals;
  secretHash: string | null;
  /** Handed out by a claim and not used yet. */
  nextSecretHash?: string;
  /** Taken out of service: it is not registered, and what it says is taken for what it was. */
  isRetired?: true;
  residentName: string | null;
  residentPhone: string | null;
  address: string | null;
  stationName: string | null;
};
export type GatewayEntry = {
  id: string;
  stationId: string;
  secretHash: string;
  /** As of a device. */
  nextSecretHash?: string;
};
export type ServiceEntry = { id: string; secretHash: string };
export type Account = {
  kind: 'device' | 'gateway' | 'service';
  id: string;
  secretHash: string;
  nextSecretHash?: string;
};
export type OrganisationEntry = { id: string; level: OrganisationLevel; parentId: string; name: string };

/** Rows read from the store: at start all of them, after a change those that changed. */
export type DirectoryRows = {
  devices: readonly DeviceEntry[];
  gateways: readonly GatewayEntry[];
  services: readonly ServiceEntry[];
  /** All of them, or `null` if none changed. */
  organisations: readonly OrganisationEntry[] | null;
};

export type Taken = {
  /** Whose secret is another now, so that their connections can be closed. */
  accounts: Account[];
  /** Stations whose gateways must be told which devices they hear. */
  stations: ReadonlySet<string>;
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
  account(name: string): Account | undefined;
  /** Where a device is registered, as the broker asks it for whoever speaks for the device; see its ports. */
  home(deviceId: string, askedBy?: string): { gatewayId: string | null; isInEarshot: boolean } | undefined;
  /** Whose connection a command for this device takes. */
  speakerFor(deviceId: string): { kind: 'device' | 'gateway'; id: string };
  /** Which devices the gateways of a station hear. */
  earshot: Omit<Earshot, 'gatewayTaken' | 'deviceTaken'>;
  organisation(id: string): OrganisationEntry | undefined;
  organisations(): Iterable<OrganisationEntry>;
  /** The organisation and all above it, nearest first; empty for an unknown one. */
  lineage(organisationId: string | null): OrganisationEntry[];
  take(rows: DirectoryRows): Taken;
};

export function createDirectory(): Directory {
  const devices = new Map<string, DeviceEntry>();
  const gateways = new Map<string, GatewayEntry>();
  const services = new Map<string, ServiceEntry>();
  let organisations = new Map<string, OrganisationEntry>();
  const earshot = createEarshot({ device: (id) => devices.get(id), gateway: (id) => gateways.get(id) });

  function account(name: string): Account | undefined {
    const device = devices.get(name);
    if (device?.isRegistered && device.secretHash !== null) {
      const { secretHash, nextSecretHash } = device;
      return { kind: 'device', id: name, secretHash, ...(nextSecretHash ? { nextSecretHash } : {}) };
    }
    const gateway = gateways.get(name);
    if (gateway) {
      const { secretHash, nextSecretHash } = gateway;
      return { kind: 'gateway', id: name, secretHash, ...(nextSecretHash ? { nextSecretHash } : {}) };
    }
    const service = services.get(name);
    return service && { kind: 'service', id: name, secretHash: service.secretHash };
  }

  return {
    account,
    device: (id) => devices.get(id),
    gateway: (id) => gateways.get(id),
    service: (id) => services.get(id),
    home(deviceId, askedBy) {
      const device = devices.get(deviceId);
      if (!device?.isRegistered) return undefined;
      const station = askedBy === undefined ? undefined : gateways.get(askedBy)?.stationId;
      const isInEarshot = station !== undefined && earshot.heardAt(station, deviceId) !== undefined;
      return { gatewayId: device.gatewayId, isInEarshot };
    },
    speakerFor(deviceId) {
      const gatewayId = devices.get(deviceId)?.gatewayId ?? null;
      return gatewayId === null ? { kind: 'device', id: deviceId } : { kind: 'gateway', id: gatewayId };
    },
    earshot,
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
      const stations: string[] = [];
      for (const gateway of rows.gateways) {
        stations.push(...earshot.gatewayTaken(gateways.get(gateway.id), gateway));
        gateways.set(gateway.id, gateway);
      }
      for (const device of rows.devices) {
        const known = devices.get(device.deviceId);
        devices.set(device.deviceId, device);
        stations.push(...earshot.deviceTaken(known, device));
      }
      for (const service of rows.services) services.set(service.id, service);
      if (rows.organisations) organisations = new Map(rows.organisations.map((entry) => [entry.id, entry]));
      return {
        accounts: before.filter(({ id, secretHash }) => account(id)?.secretHash !== secretHash),
        stations: new Set(stations),
      };
    },
  };
}
