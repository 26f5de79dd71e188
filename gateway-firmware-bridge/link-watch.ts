import type { Clock } from './clock.ts';

export type LinkWatchPorts = {
  clock: Clock;
  /** Silence that is unusual for a firmware that lives. */
  silenceLimitMs: number;
  /** Bytes that make a living firmware answer, and how often they are written. */
  keepAlive?: { bytes: Uint8Array; everyMs: number } | undefined;
  write(bytes: Uint8Array): void;
  /** Nothing was understood within the limit; `false` when something is again. */
  deaf(isDeaf: boolean): void;
  reopen(): void;
};

export type LinkWatch = {
  opened(): void;
  closed(): void;
  /** A whole frame was understood. Noise does not count: a receiver with a broken aerial hears it too. */
  understood(): void;
  isDeaf(): boolean;
};

const longestPauseMs = 3_600_000;

/**
 * Knows a radio that has gone deaf by its silence, and tries what a technician would: it closes the line and opens
 * it again, after the first silence and then more and more seldom.
 */
export function createLinkWatch(ports: LinkWatchPorts): LinkWatch {
  const { clock, silenceLimitMs, keepAlive } = ports;
  let isDeaf = false;
  let understoodAtMs = 0;
  let reopenings = 0;
  let cancelLook = (): void => undefined;
  let endKeepAlive = (): void => undefined;

  function lookAfter(delayMs: number): void {
    cancelLook();
    cancelLook = clock.after(delayMs, look);
  }

  function look(): void {
    const grownMs = Math.min(silenceLimitMs * 2 ** reopenings, longestPauseMs);
    const leftMs = understoodAtMs + Math.max(silenceLimitMs, grownMs) - clock.monotonic();
    if (leftMs > 0) {
      lookAfter(leftMs);
      return;
    }
    if (reopenings > 0 && grownMs >= longestPauseMs) understoodAtMs = clock.monotonic();
    if (!isDeaf) ports.deaf(true);
    isDeaf = true;
    reopenings += 1;
    ports.reopen();
  }

  return {
    opened() {
      // After a silence of its own the line is given its time again; a deaf one stays deaf until it is understood.
      if (reopenings === 0) understoodAtMs = clock.monotonic();
      lookAfter(silenceLimitMs);
      if (keepAlive === undefined) return;
      const { bytes, everyMs } = keepAlive;
      endKeepAlive = clock.every(everyMs, () => ports.write(bytes));
    },
    closed() {
      cancelLook();
      endKeepAlive();
    },
    understood() {
      understoodAtMs = clock.monotonic();
      reopenings = 0;
      if (isDeaf) {
        isDeaf = false;
        ports.deaf(false);
      }
    },
    isDeaf: () => isDeaf,
  };
}
