import type { Availability } from '@carebell/contracts/messages.ts';
import type { DeviceType } from '@carebell/contracts/registry.ts';

/** Where a device belongs. `isRegistered` is false for one that a gateway heard and nobody has entered yet. */
export type DeviceHome = {
  deviceId: string;
  type: DeviceType;
  residentId: string | null;
  dwellingId: string | null;
  stationId: string | null;
  gatewayId: string | null;
  isRegistered: boolean;
};

/** The latest signs of life of a device or gateway; fields left out stay as they are. */
export type Sighting = {
  of: 'device' | 'gateway';
  id: string;
  seenAtMs: number;
  battery?: number;
  rssi?: number;
};

export type DeviceStore = {
  home(deviceId: string): Promise<DeviceHome | undefined>;
  /** Enters a device that was heard and is not known, at the station of its gateway. */
  enterUnregistered(deviceId: string, gatewayId: string | null): Promise<DeviceHome>;
  setAvailability(of: 'device' | 'gateway', id: string, availability: Availability): Promise<void>;
  see(sighting: Sighting): Promise<void>;
};
