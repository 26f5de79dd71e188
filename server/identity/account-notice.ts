import type { ChannelAddress } from '@carebell/contracts/notifications.ts';
import { userCallee } from '../escalation/recipients.ts';
import type { Transaction } from '../journal/transaction.ts';
import { queueNotification } from '../notification/notification-service.ts';
import type { NotificationStep } from '../notification/notification-step.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';

/** What decides how somebody logs in, or where they are told of it. */
const accountChanges = [
  'password',
  'second-factor-enrolled',
  'second-factor-removed',
  'second-factor-reset',
  'recovery-code-used',
  'addresses',
] as const;
export type AccountChange = (typeof accountChanges)[number];

/** What a person is told about their own account (ASVS 2.2.3). */
export type AccountNotice = {
  userId: string;
  change: AccountChange;
  isOwnDoing: boolean;
  atMs: number;
};

/** A day: whoever could not be told until then has found out. */
const livesMs = 24 * 3_600_000;

/** The identifier of a notice says all of it. */
function noticeId({ change, isOwnDoing, atMs, userId }: AccountNotice): string {
  return ['account', change, isOwnDoing ? 'own' : 'other', atMs, userId].join('.');
}

/** `undefined` of what is no identifier of a notice. */
export function noticeOf(id: string): AccountNotice | undefined {
  const [word, named, by, at, userId] = id.split('.');
  const change = accountChanges.find((known) => known === named);
  if (word !== 'account' || change === undefined || userId === undefined) return undefined;
  return { userId, change, isOwnDoing: by === 'own', atMs: Number(at) };
}

/**
 * Tells a person that their account was changed, by everything through which they can be reached, in the transaction of the
 * change. `channels`: where they were told before, if that is what has changed.
 */
export async function tellOfAccount(
  tx: Transaction,
  { userId, actorId, change }: { userId: string; actorId: string; change: AccountChange },
  channels?: readonly ChannelAddress[],
): Promise<void> {
  const [user, member] = [await tx.identity.user(userId), await tx.escalation.staffMember(userId)];
  if (!user || !member) return;
  const id = noticeId({ userId, change, isOwnDoing: actorId === userId, atMs: tx.nowMs });
  for (const [index, channel] of (channels ?? member.channels).entries()) {
    const step = await queueNotification(tx, {
      alarmId: id,
      priority: 'service',
      stationId: user.organisationId,
      // Whoever has taken over one of their addresses does not keep it from the others.
      stepKey: `account-${index}`,
      purpose: 'account-changed',
      recipient: userCallee(member, false),
      channels: [channel],
      livesMs,
    });
    if (step) await noteAccountNotice(tx, id, step);
  }
}

/** What became of a notice stands in the journal, without the address. */
export async function noteAccountNotice(tx: Transaction, id: string, step: NotificationStep): Promise<void> {
  const notice = noticeOf(id);
  if (!notice) return;
  const ways = step.step === 'notification-queued' ? step.channels : 'channel' in step ? [step.channel] : [];
  const why = 'reason' in step ? [step.reason] : [];
  await appendRegistryEntry(tx, {
    kind: `account-notice-${step.step.slice('notification-'.length)}`,
    id: notice.userId,
    actorId: 'hub',
    fields: [notice.change, ...ways, ...why],
  });
}
