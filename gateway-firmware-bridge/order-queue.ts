import type { Clock } from './clock.ts';
import type { Driver, DriverOptions, Order, Poller } from './drivers/driver.ts';

export type OrderOutcome = { ok: true } | { ok: false; reason: string };

export type OrderQueuePorts = {
  driver: Driver;
  options: DriverOptions;
  clock: Clock;
  /** `false` while the line is not open. */
  write(bytes: Uint8Array): boolean;
  poller(): Poller | undefined;
};

export type OrderQueue = {
  /** `undefined`: this firmware cannot show such a command. */
  add(order: Omit<Order, 'ordinal'>): Promise<OrderOutcome> | undefined;
  confirmed(token: string, ok: boolean, reason?: string): void;
  opened(): void;
};

const openWithinMs = 30_000;
const confirmedWithinMs = 5_000;

/** Orders to one line, one after another, because a radio that sends cannot be told the next thing. */
export function createOrderQueue({ driver, options, clock, write, poller }: OrderQueuePorts): OrderQueue {
  let ordinal = 0;
  let last: Promise<unknown> = Promise.resolve();
  let waitingFor: { token: string; done: (outcome: OrderOutcome) => void } | undefined;
  const openings = new Set<() => void>();

  async function written(bytes: Uint8Array): Promise<boolean> {
    if (write(bytes)) return true;
    // A cable that is being plugged in again, or a line that is reopened, is worth waiting for.
    const opened = Promise.withResolvers<boolean>();
    const cancel = clock.after(openWithinMs, () => opened.resolve(false));
    const tell = () => opened.resolve(true);
    openings.add(tell);
    const isOpen = await opened.promise;
    openings.delete(tell);
    cancel();
    return isOpen && write(bytes);
  }

  async function carryOut(bytes: Uint8Array, token: string | undefined): Promise<OrderOutcome> {
    const confirmation = Promise.withResolvers<OrderOutcome>();
    if (token !== undefined) waitingFor = { token, done: confirmation.resolve };
    if (!(await written(bytes))) {
      waitingFor = undefined;
      return { ok: false, reason: 'line-not-open' };
    }
    if (token === undefined) return { ok: true };
    const cancel = clock.after(confirmedWithinMs, () =>
      confirmation.resolve({ ok: false, reason: 'not-confirmed' }),
    );
    const outcome = await confirmation.promise;
    cancel();
    waitingFor = undefined;
    return outcome;
  }

  function queued(run: () => Promise<OrderOutcome>): Promise<OrderOutcome> {
    const outcome = last.then(run).catch((error: unknown): OrderOutcome => {
      return { ok: false, reason: error instanceof Error ? error.message : String(error) };
    });
    last = outcome;
    return outcome;
  }

  return {
    add(given) {
      const order: Order = { ...given, ordinal: ordinal + 1 };
      if (driver.mode === 'polled') {
        const current = poller();
        if (current !== undefined && current.order === undefined) return undefined;
        ordinal += 1;
        return queued(async () => {
          const outcome = await poller()?.order?.(order);
          if (outcome === undefined) return { ok: false, reason: 'line-not-open' };
          return outcome.ok ? { ok: true } : { ok: false, reason: outcome.reason ?? 'refused-by-firmware' };
        });
      }
      const encoded = driver.encode?.(order, options);
      if (encoded === undefined) return undefined;
      ordinal += 1;
      return queued(() => carryOut(encoded.bytes, encoded.token));
    },
    confirmed(token, ok, reason) {
      if (waitingFor?.token !== token) return;
      waitingFor.done(ok ? { ok: true } : { ok: false, reason: reason ?? 'refused-by-firmware' });
    },
    opened() {
      for (const tell of openings) tell();
    },
  };
}
