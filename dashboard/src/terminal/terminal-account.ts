import { z } from 'zod';
import { deviceIdSchema } from '@carebell/contracts/ids.ts';
import type { OutboxStore } from '../device-link/outbox.ts';

const accountSchema = z.object({
  id: deviceIdSchema,
  secret: z.string().min(1).max(200),
  /** The station's number, as a last way; empty where nobody entered one. */
  phone: z.string().max(32),
});
export type TerminalAccount = z.infer<typeof accountSchema>;

const accountKey = 'carebell.terminal';
const outboxKey = 'carebell.terminal.outbox';

/** Which device this tablet is. It stays here until somebody takes it off: whoever holds the tablet can call with it. */
export function readAccount(storage: Pick<Storage, 'getItem'>): TerminalAccount | undefined {
  try {
    return accountSchema.parse(JSON.parse(storage.getItem(accountKey) ?? 'null'));
  } catch {
    return undefined;
  }
}

export function keepAccount(storage: Pick<Storage, 'setItem'>, account: TerminalAccount): void {
  storage.setItem(accountKey, JSON.stringify(account));
}

export function forgetAccount(storage: Pick<Storage, 'removeItem'>): void {
  storage.removeItem(accountKey);
  storage.removeItem(outboxKey);
}

export function outboxIn(storage: Pick<Storage, 'getItem' | 'setItem'>): OutboxStore {
  return {
    read: () => storage.getItem(outboxKey),
    write: (text) => storage.setItem(outboxKey, text),
  };
}
