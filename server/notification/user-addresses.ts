import type { ChannelAddress } from '@carebell/contracts/notifications.ts';
import type { Transaction } from '../journal/transaction.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';

/** Where a user is notified from now on. What is already queued goes where it was meant to. */
export async function setUserAddresses(
  tx: Transaction,
  { actorId, userId, addresses }: { actorId: string; userId: string; addresses: readonly ChannelAddress[] },
): Promise<void> {
  await tx.notifications.setUserAddresses(userId, addresses);
  const fields = addresses.map(({ kind }) => kind);
  await appendRegistryEntry(tx, { kind: 'user-addresses-changed', id: userId, actorId, fields });
}
