import { createVirtualDevice } from '../virtual-device.ts';
import type { DeviceOptions, Surroundings, VirtualDevice } from '../virtual-device.ts';
import type { Credentials } from '../mqtt-connection.ts';
import type { Sent } from '../happenings.ts';

/** A magnetic contact on a door. */
export type DoorSensor = VirtualDevice & { open(): Sent; close(): Sent };

export function createDoorSensor(
  surroundings: Surroundings,
  credentials: Credentials,
  options?: DeviceOptions,
): DoorSensor {
  const device = createVirtualDevice(surroundings, credentials, { ...options, hasIndicator: false });
  return {
    ...device,
    open: () => device.send('door.opened'),
    close: () => device.send('door.closed'),
  };
}
