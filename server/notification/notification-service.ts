import { priorities } from '@carebell/contracts/alarm-kinds.ts';
import type { Priority } from '@carebell/contracts/alarm-kinds.ts';
import type { ChannelAddress, NotificationPurpose } from '@carebell/contracts/notifications.ts';
import type { Transaction } from '../journal/transaction.ts';
import type { QueuedStep } from './notification-step.ts';
import type { Recipient } from './notification-store.ts';

/** A call for help that arrives later than this, two hours, would send people after something long past. */
export const notificationLivesMs = 2 * 3_600_000;

export type NotificationRequest = {
  /** Given where something refers to it before it is queued. */
  id?: string | undefined;
  alarmId: string;
  priority: Priority;
  stationId: string | null;
  /** The step of the escalation policy, unique within the alarm: the same key never tells the same recipient twice. */
  stepKey: string;
  purpose: NotificationPurpose;
  recipient: Recipient;
  /** In the order of preference; the next one is tried when one fails or is suspended. */
  channels: readonly ChannelAddress[];
  /** How long it makes sense to try; two hours unless told. */
  livesMs?: number;
};

/**
 * Puts a notification into the outbox, in the transaction of what it tells of: either both are on disk or neither.
 * Returns the step for the alarm's time line, which the caller appends together with its own (an alarm has one
 * writer in a transaction, or its chain breaks), and `null` when this step has told this recipient already.
 */
export async function queueNotification(
  tx: Pick<Transaction, 'notifications' | 'nowMs' | 'newId'>,
  request: NotificationRequest,
): Promise<QueuedStep | null> {
  const { alarmId, stationId, stepKey, purpose, recipient, channels } = request;
  const id = request.id ?? tx.newId();
  const isNew = await tx.notifications.insert({
    id,
    alarmId,
    stationId,
    stepKey,
    purpose,
    recipient,
    channels,
    urgency: priorities.indexOf(request.priority),
    createdAtMs: tx.nowMs,
    expiresAtMs: tx.nowMs + (request.livesMs ?? notificationLivesMs),
    isLinkRevoked: false,
    state: {
      is: 'queued',
      dueAtMs: tx.nowMs,
      channelId: null,
      isWaiting: false,
      attempt: 0,
      spent: channels.map(() => 0),
      channelIndex: 0,
    },
  });
  if (!isNew) return null;
  return {
    step: 'notification-queued',
    notificationId: id,
    recipient: { id: recipient.id, displayName: recipient.displayName },
    stepKey,
    purpose,
    channels: channels.map(({ kind }) => kind),
  };
}
