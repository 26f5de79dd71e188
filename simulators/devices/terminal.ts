import type { ButtonKey } from '@carebell/contracts/event-kinds.ts';
import { createVirtualDevice } from '../virtual-device.ts';
import type { DeviceOptions, Surroundings, VirtualDevice } from '../virtual-device.ts';
import type { Credentials } from '../mqtt-connection.ts';
import type { Sent } from '../happenings.ts';
import type { Press } from './button.ts';

/** A one-key terminal (一键通): keys for rescue, registration, taxi, meal and advice. */
export type Terminal = VirtualDevice & {
  press(key: ButtonKey, press?: Press): Sent;
  cancel(key: ButtonKey): Sent;
};

export function createTerminal(
  surroundings: Surroundings,
  credentials: Credentials,
  options?: DeviceOptions,
): Terminal {
  const device = createVirtualDevice(surroundings, credentials, options);
  return {
    ...device,
    press: (key, press = 'short') => device.send('button.pressed', { key, press }),
    cancel: (key) => device.send('button.cancelled', { key }),
  };
}
