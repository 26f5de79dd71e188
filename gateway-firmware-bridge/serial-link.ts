import type { Clock } from './clock.ts';
import type { LineSettings } from './drivers/driver.ts';
import { WireFailure } from './wire.ts';
import type { OpenWire, Wire } from './wire.ts';

export type SerialLinkPorts = {
  path: string;
  line: LineSettings;
  clock: Clock;
  openWire: OpenWire;
  /** Each change of state once, however often it is tried in between. */
  told(event: 'link.opened' | 'link.closed' | 'link.not-opened', details: { reason?: string }): void;
  opened(): void;
  bytes(bytes: Uint8Array): void;
  closed(): void;
};

export type LinkCounts = { isOpen: boolean; opened: number; bytesIn: number; bytesOut: number };

export type SerialLink = {
  start(): void;
  stop(): Promise<void>;
  /** `false`: the line is not open, nothing was written. */
  write(bytes: Uint8Array): boolean;
  /** Closes the line and opens it again at once, for a firmware that has gone silent. */
  reopen(reason: string): void;
  counts(): LinkCounts;
};

/** A device that is plugged in should be heard within half a second. */
const missingMs = 500;
const firstPauseMs = 500;
const longestPauseMs = 15_000;

/** Keeps one line open: whenever its device is there, it is opened; when it goes, it is waited for. */
export function createSerialLink(ports: SerialLinkPorts): SerialLink {
  const { path, line, clock } = ports;
  const counts = { opened: 0, bytesIn: 0, bytesOut: 0 };
  let wire: Wire | undefined;
  let attempt = 0;
  let isStopped = true;
  let failures = 0;
  let lastReason: string | undefined;
  let cancelRetry = (): void => undefined;
  let opening: Promise<void> = Promise.resolve();

  async function open(): Promise<void> {
    attempt += 1;
    const own = attempt;
    const isCurrent = () => own === attempt && !isStopped;
    try {
      const opened = await ports.openWire(path, line, {
        bytes(bytes) {
          if (!isCurrent()) return;
          counts.bytesIn += bytes.byteLength;
          ports.bytes(bytes);
        },
        closed(reason) {
          if (isCurrent()) lost(reason);
        },
      });
      if (!isCurrent()) {
        await opened.close();
        return;
      }
      wire = opened;
      failures = 0;
      lastReason = undefined;
      counts.opened += 1;
      ports.told('link.opened', {});
      ports.opened();
    } catch (error) {
      const opened = wire;
      wire = undefined;
      if (isCurrent()) notOpened(error);
      await opened?.close();
    }
  }

  function lost(reason: string): void {
    const was = wire;
    wire = undefined;
    attempt += 1;
    if (was !== undefined) {
      ports.told('link.closed', { reason });
      ports.closed();
    }
    retryAfter(missingMs);
  }

  function notOpened(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    if (reason !== lastReason) ports.told('link.not-opened', { reason });
    lastReason = reason;
    const isMissing = error instanceof WireFailure && error.code === 'missing';
    failures = isMissing ? 0 : failures + 1;
    retryAfter(isMissing ? missingMs : Math.min(firstPauseMs * 2 ** Math.min(failures, 10), longestPauseMs));
  }

  function retryAfter(delayMs: number): void {
    cancelRetry();
    cancelRetry = clock.after(delayMs, () => {
      opening = open();
    });
  }

  return {
    start() {
      isStopped = false;
      opening = open();
    },
    async stop() {
      isStopped = true;
      cancelRetry();
      await opening;
      await wire?.close();
      if (wire !== undefined) ports.closed();
      wire = undefined;
    },
    write(bytes) {
      if (wire === undefined) return false;
      counts.bytesOut += bytes.byteLength;
      wire.write(bytes);
      return true;
    },
    reopen(reason) {
      const was = wire;
      if (was === undefined) return;
      wire = undefined;
      attempt += 1;
      ports.told('link.closed', { reason });
      ports.closed();
      opening = was.close().then(open);
    },
    counts: () => ({ ...counts, isOpen: wire !== undefined }),
  };
}
