import type { Signals } from '@carebell/contracts/messages.ts';
import type { DeviceType, Dwelling, Organisation, Resident } from '@carebell/contracts/registry.ts';

/** A device as it is entered; its signs of life are kept by the device store. */
export type DeviceRecord = {
  id: string;
  type: DeviceType;
  name: string;
  room: string;
  stationId: string | null;
  dwellingId: string | null;
  residentId: string | null;
  gatewayId: string | null;
  heardAs: string | null;
  signals: Signals;
  isRegistered: boolean;
  hasSecret: boolean;
  version: number;
};
export type GatewayRecord = {
  id: string;
  name: string;
  stationId: string;
  dwellingId: string | null;
  version: number;
};

/** What is entered has no version yet: the store gives it the first one, and the next one at every update. */
export type Entered<T extends { version: number }> = Omit<T, 'version'>;

/** Who signs in by MQTT. The three share one set of names: a user name says which one it is. */
export type AccountKind = 'device' | 'gateway' | 'service';

export type RegistryStore = {
  organisation(id: string): Promise<Organisation | undefined>;
  insertOrganisation(organisation: Entered<Organisation>): Promise<void>;
  updateOrganisation(organisation: Organisation): Promise<void>;
  dwelling(id: string): Promise<Dwelling | undefined>;
  /** The dwelling of this station with exactly this address. */
  dwellingAt(stationId: string, address: string): Promise<Dwelling | undefined>;
  insertDwelling(dwelling: Entered<Dwelling>): Promise<void>;
  updateDwelling(dwelling: Dwelling): Promise<void>;
  resident(id: string): Promise<Resident | undefined>;
  insertResident(resident: Entered<Resident>): Promise<void>;
  updateResident(resident: Resident): Promise<void>;
  gateway(id: string): Promise<GatewayRecord | undefined>;
  gatewaysIn(dwellingId: string): Promise<GatewayRecord[]>;
  insertGateway(gateway: Entered<GatewayRecord>, secretHash: string): Promise<void>;
  updateGateway(gateway: GatewayRecord): Promise<void>;
  device(id: string): Promise<DeviceRecord | undefined>;
  devicesOf(
    owner: { dwellingId: string } | { residentId: string } | { gatewayId: string },
  ): Promise<DeviceRecord[]>;
  /** Another registered device that the gateways of this station report under this name. */
  deviceHeardAs(wanted: {
    name: string;
    stationId: string;
    except: string;
  }): Promise<DeviceRecord | undefined>;
  insertDevice(device: Entered<DeviceRecord>): Promise<void>;
  updateDevice(device: DeviceRecord): Promise<void>;
  insertServiceAccount(account: {
    id: string;
    name: string;
    secretHash: string;
    createdAtMs: number;
  }): Promise<void>;
  /** Which account has this name, if one has. */
  accountKind(id: string): Promise<AccountKind | undefined>;
  setSecretHash(of: AccountKind, id: string, secretHash: string): Promise<void>;
};
