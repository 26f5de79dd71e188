import { describe, expect, it } from 'vitest';
import { afterHealth, areAllSilent, isDeaf, soundReceiver } from './receiver.ts';

/** Reports of one minute each: frames and noise of it. */
function after(...minutes: (readonly [frames: number, noise: number])[]) {
  let [receiver, frames, noise] = [soundReceiver, 0, 0];
  let uptimeSeconds = 60;
  for (const minute of [[0, 0] as const, ...minutes]) {
    frames += minute[0];
    noise += minute[1];
    uptimeSeconds += 60;
    receiver = afterHealth(receiver, {
      uptimeSeconds,
      'port.usb.frames': frames,
      'port.usb.rejected.checksum': noise,
      'port.usb.deaf': false,
    });
  }
  return receiver;
}

describe('a receiver', () => {
  it.each([
    [
      'frames come, and some noise',
      [
        [20, 30],
        [20, 30],
        [20, 30],
      ],
      false,
    ],
    [
      'noise comes in place of frames for three minutes',
      [
        [0, 400],
        [1, 500],
        [0, 300],
      ],
      true,
    ],
    [
      'noise comes for two minutes',
      [
        [0, 400],
        [0, 400],
        [20, 5],
      ],
      false,
    ],
    [
      'nothing comes at all, which its gateway itself must judge',
      [
        [0, 0],
        [0, 0],
        [0, 0],
      ],
      false,
    ],
  ] as const)('when %s is deaf: %#', (_, minutes, deaf) => {
    expect(isDeaf(after(...minutes))).toBe(deaf);
  });

  it('is deaf when its gateway says so of a port, and hears when it no longer does', () => {
    const deaf = afterHealth(soundReceiver, { 'port.usb.deaf': true, 'port.tcp.deaf': false });
    expect(deaf.deafPorts).toEqual(['usb']);
    expect(isDeaf(deaf)).toBe(true);
    expect(isDeaf(afterHealth(deaf, { 'port.usb.deaf': false }))).toBe(false);
  });

  it('is not taken for noisy because its gateway has started anew', () => {
    const before = afterHealth(soundReceiver, { uptimeSeconds: 900, 'port.usb.rejected.length': 5_000 });
    const again = afterHealth(before, { uptimeSeconds: 60, 'port.usb.rejected.length': 9_000 });
    expect(again.noisyReports).toBe(0);
  });

  it.each([
    [{ count: 2, lastSeenAtMs: 0 }, 90_000, false],
    [{ count: 3, lastSeenAtMs: 0 }, 9_999, false],
    [{ count: 3, lastSeenAtMs: 0 }, 10_000, true],
    [{ count: 30, lastSeenAtMs: 0 }, 1_000, true],
    [{ count: 30, lastSeenAtMs: null }, 90_000, false],
  ])('with devices %o is deaf after %d ms: %s', (behind, nowMs, deaf) => {
    expect(areAllSilent(behind, 10_000, nowMs)).toBe(deaf);
  });
});
