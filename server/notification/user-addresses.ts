import { createHash } from 'node:crypto';
import type { ChannelAddress } from '@carebell/contracts/notifications.ts';
import type { UserAddressesPatch } from '@carebell/contracts/user-addresses.ts';
import { tellOfAccount } from '../identity/account-notice.ts';
import type { Transaction } from '../journal/transaction.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';
import { changedFields, withChange } from '../resident/registry-outcome.ts';
import type { UserWishes } from './notification-store.ts';

/** Where, in which language and of what a user is told from now on. What is already queued goes where it was meant to. */
export async function setUserWishes(
  tx: Transaction,
  { actorId, userId, change: asked }: { actorId: string; userId: string; change: UserAddressesPatch },
): Promise<{ ok: true } | { ok: false; reason: 'changed-meanwhile' }> {
  const before = await tx.notifications.userWishes(userId);
  const { version, ...change } = asked;
  if (version !== undefined && version !== wishesVersion(before))
    return { ok: false, reason: 'changed-meanwhile' };
  await tx.notifications.putUserWishes(userId, withChange(before, change));
  const fields = [
    ...(change.addresses ?? []).map(({ kind }) => kind),
    ...changedFields(change).filter((field) => field !== 'addresses'),
  ];
  await appendRegistryEntry(tx, { kind: 'user-addresses-changed', id: userId, actorId, fields });
  // Told where they were told until now: whoever puts another address in the place of theirs cannot hide it.
  if (change.addresses && !isSameList(before.addresses, change.addresses))
    await tellOfAccount(tx, { userId, actorId, change: 'addresses' }, before.addresses);
  return { ok: true };
}

function isSameList(one: readonly ChannelAddress[], other: readonly ChannelAddress[]): boolean {
  return JSON.stringify(one.map(placeOf)) === JSON.stringify(other.map(placeOf));
}

const placeOf = ({ kind, address, channelId }: ChannelAddress) => [kind, address, channelId ?? null];

/** Tells contents apart: who changes what they have read changes it only while it still says the same. */
export function wishesVersion({ addresses, locale, wantsReports }: UserWishes): string {
  return createHash('sha256')
    .update(JSON.stringify([addresses.map(placeOf), locale, wantsReports]))
    .digest('base64url')
    .slice(0, 16);
}

/** A push service says that nobody is behind this subscription any more: it would only cost every alarm an attempt. */
export async function forgetAddress(
  tx: Transaction,
  { userId, address }: { userId: string; address: ChannelAddress },
): Promise<void> {
  const wishes = await tx.notifications.userWishes(userId);
  const addresses = wishes.addresses.filter(
    (own) => own.kind !== address.kind || own.address !== address.address,
  );
  if (addresses.length === wishes.addresses.length) return;
  await tx.notifications.putUserWishes(userId, { ...wishes, addresses });
  const fields = [address.kind];
  await appendRegistryEntry(tx, { kind: 'user-addresses-changed', id: userId, actorId: 'hub', fields });
}
