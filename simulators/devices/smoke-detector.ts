import { createVirtualDevice } from '../virtual-device.ts';
import type { DeviceOptions, Surroundings, VirtualDevice } from '../virtual-device.ts';
import type { Credentials } from '../mqtt-connection.ts';
import type { Sent } from '../happenings.ts';

/** A smoke detector with a lamp. */
export type SmokeDetector = VirtualDevice & { detect(): Sent; clear(): Sent };

export function createSmokeDetector(
  surroundings: Surroundings,
  credentials: Credentials,
  options?: DeviceOptions,
): SmokeDetector {
  const device = createVirtualDevice(surroundings, credentials, options);
  return {
    ...device,
    detect: () => device.send('smoke.detected'),
    clear: () => device.send('smoke.cleared'),
  };
}
