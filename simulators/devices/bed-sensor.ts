import { createVirtualDevice } from '../virtual-device.ts';
import type { DeviceOptions, Surroundings, VirtualDevice } from '../virtual-device.ts';
import type { Credentials } from '../mqtt-connection.ts';
import type { Sent } from '../happenings.ts';

/** A pressure pad under the mattress. */
export type BedSensor = VirtualDevice & { enter(): Sent; leave(): Sent };

export function createBedSensor(
  surroundings: Surroundings,
  credentials: Credentials,
  options?: DeviceOptions,
): BedSensor {
  const device = createVirtualDevice(surroundings, credentials, { ...options, hasIndicator: false });
  return {
    ...device,
    enter: () => device.send('bed.entered'),
    leave: () => device.send('bed.left'),
  };
}
