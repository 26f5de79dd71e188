import { createVirtualDevice } from '../virtual-device.ts';
import type { DeviceOptions, Surroundings, VirtualDevice } from '../virtual-device.ts';
import type { Credentials } from '../mqtt-connection.ts';
import type { Sent } from '../happenings.ts';
import type { Cancel } from '../time.ts';
import type { Press } from './button.ts';

export type FallOutcome = 'cancelled' | 'detected';

/**
 * A worn fall detector with a help key. A fall is first suspected; while the device vibrates, the wearer can cancel;
 * after the window it counts as a fall.
 */
export type FallDetector = VirtualDevice & {
  /** The wearer falls. `outcome` is known when the window has passed or the wearer has cancelled. */
  fall(): { suspected: Sent; outcome: Promise<{ outcome: FallOutcome; sent: Sent }> };
  /** Within the window `fall.cleared`, otherwise `button.cancelled` for a fall or press reported before. */
  cancel(): Sent;
  press(press?: Press): Sent;
};

export const defaultCancelWindowMs = 20_000;

type Suspicion = {
  end(outcome: FallOutcome): Sent;
  forget: Cancel;
  answer: ReturnType<FallDetector['fall']>;
};

export function createFallDetector(
  surroundings: Surroundings,
  credentials: Credentials,
  options: DeviceOptions & { cancelWindowMs?: number } = {},
): FallDetector {
  const { cancelWindowMs = defaultCancelWindowMs, ...deviceOptions } = options;
  const device = createVirtualDevice(surroundings, credentials, deviceOptions);
  let suspicion: Suspicion | undefined;

  function suspect() {
    const { promise, resolve } = Promise.withResolvers<{ outcome: FallOutcome; sent: Sent }>();
    const forget = surroundings.time.after(cancelWindowMs, () => end('detected'));
    const end = (outcome: FallOutcome) => {
      forget();
      suspicion = undefined;
      const sent = device.send(outcome === 'cancelled' ? 'fall.cleared' : 'fall.detected');
      resolve({ outcome, sent });
      return sent;
    };
    const answer = { suspected: device.send('fall.suspected'), outcome: promise };
    suspicion = { end, forget, answer };
    return answer;
  }

  return {
    ...device,
    async stop() {
      suspicion?.forget();
      suspicion = undefined;
      await device.stop();
    },
    fall: () => suspicion?.answer ?? suspect(),
    cancel: () => suspicion?.end('cancelled') ?? device.send('button.cancelled', { key: 'help' }),
    press: (press = 'short') => device.send('button.pressed', { key: 'help', press }),
  };
}
