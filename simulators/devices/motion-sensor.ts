import { createVirtualDevice } from '../virtual-device.ts';
import type { DeviceOptions, Surroundings, VirtualDevice } from '../virtual-device.ts';
import type { Credentials } from '../mqtt-connection.ts';
import type { Sent } from '../happenings.ts';
import type { Cancel } from '../time.ts';

/** A passive infrared sensor. It reports a movement once, and its end when nothing has moved for the hold time. */
export type MotionSensor = VirtualDevice & {
  /** Somebody moves; `undefined` while the sensor still holds the movement before. */
  sense(): Sent | undefined;
};

export function createMotionSensor(
  surroundings: Surroundings,
  credentials: Credentials,
  options: DeviceOptions & { holdMs?: number } = {},
): MotionSensor {
  const { holdMs = 60_000, ...deviceOptions } = options;
  const device = createVirtualDevice(surroundings, credentials, { ...deviceOptions, hasIndicator: false });
  let cancelHold: Cancel | undefined;
  return {
    ...device,
    async stop() {
      cancelHold?.();
      cancelHold = undefined;
      await device.stop();
    },
    sense() {
      const isHeld = cancelHold !== undefined;
      cancelHold?.();
      cancelHold = surroundings.time.after(holdMs, () => {
        cancelHold = undefined;
        device.send('motion.cleared');
      });
      return isHeld ? undefined : device.send('motion.detected');
    },
  };
}
