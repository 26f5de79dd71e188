import type { presses } from '@carebell/contracts/event-kinds.ts';
import { createVirtualDevice } from '../virtual-device.ts';
import type { DeviceOptions, Surroundings, VirtualDevice } from '../virtual-device.ts';
import type { Credentials } from '../mqtt-connection.ts';
import type { Sent } from '../happenings.ts';

export type Press = (typeof presses)[number];

/** An emergency button or pendant with one key. */
export type Button = VirtualDevice & {
  press(press?: Press): Sent;
  /** The resident takes the call back. */
  cancel(): Sent;
};

export function createButton(
  surroundings: Surroundings,
  credentials: Credentials,
  options?: DeviceOptions,
): Button {
  const device = createVirtualDevice(surroundings, credentials, options);
  return {
    ...device,
    press: (press = 'short') => device.send('button.pressed', { key: 'help', press }),
    cancel: () => device.send('button.cancelled', { key: 'help' }),
  };
}
