import type { ChannelAddress, NotificationPurpose } from '@carebell/contracts/notifications.ts';
import { apply } from '../alarm/alarm-service.ts';
import type { Transaction } from '../journal/transaction.ts';
import type { Receipt } from './channel.ts';
import { signOf, takeSign } from './channel-signs.ts';
import { createChannelLookup } from './channel-lookup.ts';
import {
  claim,
  endIfPointless,
  notificationPolicy,
  takeBack,
  takeReceipt,
  takeReport,
} from './notification-machine.ts';
import type { NotificationDecision, Way } from './notification-machine.ts';
import { queueNotification } from './notification-service.ts';
import type { NotificationRequest } from './notification-service.ts';
import type { ChannelRecord, NotificationRecord, Recipient } from './notification-store.ts';
import { isMessagePointless, noteMessage } from '../service-request/request-messages.ts';
import { noteAccountNotice } from '../identity/account-notice.ts';
import { noteDigest } from '../visit/digest-works.ts';
import { responderWorks } from './responder-works.ts';
import { mayBeTold } from '../drill/drill-audience.ts';
import { forgetAddress, setUserWishes } from './user-addresses.ts';

/** What the main thread needs to make one attempt. */
export type Attempt = {
  notificationId: string;
  alarmId: string;
  purpose: NotificationPurpose;
  recipient: Recipient;
  urgency: number;
  expiresAtMs: number;
  attempt: number;
  address: ChannelAddress;
  channel: Pick<ChannelRecord, 'id' | 'kind' | 'settings' | 'sealed' | 'version'>;
};

/**
 * Queues a notification about an alarm that nothing else of this transaction changes, and enters it on the time line.
 * `null` if this step has told this recipient already, or a drill is not for them.
 */
export async function notify(tx: Transaction, request: NotificationRequest): Promise<string | null> {
  const alarm = await tx.alarms.load(request.alarmId);
  if (alarm && !mayBeTold(alarm.state, request.recipient)) return null;
  const step = await queueNotification(tx, request);
  if (!step) return null;
  await apply(tx, request.alarmId, { type: 'notification-went-on', step });
  return step.notificationId;
}

/**
 * Takes due notifications to be sent now. `free` says how many more each channel takes at the moment, `otherwise` for
 * one that it does not name; a notification whose channel takes no more stays, and remembers whose turn it waits for.
 */
export async function claimNotifications(
  tx: Transaction,
  call: { ids: readonly string[]; free: Readonly<Record<string, number>>; otherwise: number },
): Promise<Attempt[]> {
  const lookUp = createChannelLookup(tx);
  const free = new Map(Object.entries(call.free));
  const attempts: Attempt[] = [];
  for (const id of call.ids) {
    const found = await dueNotification(tx, id);
    if (!found) continue;
    const { notification } = found;
    const channels: (ChannelRecord | undefined)[] = [];
    for (const address of notification.channels) channels.push(await lookUp(notification.stationId, address));
    const ways = channels.map((channel): Way => channel && { channelId: channel.id, health: channel.health });
    const decision = claim(found, ways, tx.nowMs, notificationPolicy);
    const { state } = decision;
    if (state.is !== 'sending') {
      await settle(tx, notification, decision);
      continue;
    }
    const left = free.get(state.channelId) ?? call.otherwise;
    if (left <= 0) {
      notification.state = { ...found.state, channelId: state.channelId };
      await tx.notifications.update(notification);
      continue;
    }
    free.set(state.channelId, left - 1);
    await settle(tx, notification, decision);
    const channel = channels[state.channelIndex];
    const address = notification.channels[state.channelIndex];
    if (!channel || !address) continue;
    // One message is the probe of a suspended channel; the others wait for what becomes of it.
    if (channel.health.suspendedAtMs !== null) await postponeProbe(tx, channel);
    attempts.push(attemptOf(notification, state.attempt, address, channel));
  }
  return attempts;
}

/** What a channel said of an attempt: the notification goes on, and so does what is known of the channel. */
export async function recordReceipt(
  tx: Transaction,
  call: { notificationId: string; attempt: number; channelId: string; receipt: Receipt },
): Promise<void> {
  const channel = await tx.notifications.channel(call.channelId);
  if (channel) await takeSign(tx, channel, signOf(call.receipt));
  const notification = await tx.notifications.load(call.notificationId);
  if (!notification) return;
  await forgetIfGone(tx, notification, call.receipt);
  await settle(tx, notification, takeReceipt(notification, call, tx.nowMs, notificationPolicy));
}

/** A gateway calls back about a message that it accepted. `unknown` if it never did. */
export async function recordDeliveryReport(
  tx: Transaction,
  call: { channelId: string; receiptId: string; report: 'delivered' | 'failed' },
): Promise<'recorded' | 'unknown'> {
  const notification = await tx.notifications.findByReceipt(call.channelId, call.receiptId);
  if (!notification) return 'unknown';
  await settle(tx, notification, takeReport(notification, call.report, tx.nowMs, notificationPolicy));
  return 'recorded';
}

/** At the hub's start: whatever was being sent when it ended is sent again. */
export async function requeueInterrupted(tx: Transaction, _: null): Promise<number> {
  const interrupted = await tx.notifications.interrupted();
  for (const notification of interrupted) {
    notification.state = takeBack(notification, tx.nowMs);
    await tx.notifications.update(notification);
  }
  return interrupted.length;
}

/** Where people were told is needed to tell them and no longer; that they were told stays on the time line. */
const addressesLiveMs = 30 * 24 * 3_600_000;

/** Forgets addresses a month after; returns whether more is left. */
export async function forgetAddresses(tx: Transaction, _: null): Promise<boolean> {
  const atMost = 200;
  return (await tx.notifications.forgetAddresses(tx.nowMs - addressesLiveMs, atMost)) === atMost;
}

export const notificationWorks = {
  notify,
  claimNotifications,
  recordReceipt,
  recordDeliveryReport,
  requeueInterrupted,
  ...responderWorks,
  setUserWishes,
  forgetAddresses,
};

type Due = NotificationRecord & { state: Extract<NotificationRecord['state'], { is: 'queued' }> };

/** Loads what is due to be sent, after ending what is pointless and taking back what a sender has lost. */
async function dueNotification(
  tx: Transaction,
  id: string,
): Promise<(Due & { notification: NotificationRecord }) | undefined> {
  const notification = await tx.notifications.load(id);
  if (!notification) return undefined;
  const { state } = notification;
  if (state.is === 'accepted' && state.reportDueAtMs !== null && state.reportDueAtMs <= tx.nowMs) {
    await settle(tx, notification, takeReport(notification, 'overdue', tx.nowMs, notificationPolicy));
  } else if (state.is === 'sending' && state.leaseUntilMs <= tx.nowMs) {
    notification.state = takeBack(notification, tx.nowMs);
  }
  if (notification.state.is !== 'queued' || notification.state.dueAtMs > tx.nowMs) return undefined;
  const ended = endIfPointless(notification, await isCaseOver(tx, notification), tx.nowMs);
  if (ended) {
    await settle(tx, notification, ended);
    return undefined;
  }
  return { ...notification, state: notification.state, notification };
}

async function forgetIfGone(
  tx: Transaction,
  { recipient, channels, state }: NotificationRecord,
  receipt: Receipt,
): Promise<void> {
  if (receipt.is !== 'refused' || receipt.reason !== 'recipient-gone') return;
  const address = state.is === 'sending' ? channels[state.channelIndex] : undefined;
  if (recipient.kind === 'user' && address?.kind === 'web-push')
    await forgetAddress(tx, { userId: recipient.id, address });
}

async function settle(
  tx: Transaction,
  notification: NotificationRecord,
  { state, steps }: NotificationDecision,
): Promise<void> {
  if (state === notification.state && steps.length === 0) return;
  notification.state = state;
  await tx.notifications.update(notification);
  for (const step of steps) {
    const outcome = await apply(tx, notification.alarmId, { type: 'notification-went-on', step });
    if (outcome.ok || outcome.reason !== 'not-found') continue;
    await noteOf(notification.purpose)(tx, notification.alarmId, step);
  }
}

/** Where it stands what became of a message that is about no alarm. */
function noteOf(purpose: NotificationPurpose) {
  switch (purpose) {
    case 'visits-overdue':
      return noteDigest;
    case 'account-changed':
      return noteAccountNotice;
    default:
      return noteMessage;
  }
}

/** Nobody needs to be told any more: the alarm is closed, what was asked of a provider is settled, the visits were made. */
async function isCaseOver(tx: Transaction, notification: NotificationRecord): Promise<boolean> {
  const alarm = await tx.alarms.load(notification.alarmId);
  if (alarm) return alarm.state.phase === 'closed';
  switch (notification.purpose) {
    case 'visits-overdue':
      return !(await tx.digests.isOfUse(notification.alarmId));
    case 'account-changed':
      return false;
    default:
      return isMessagePointless(tx, notification);
  }
}

async function postponeProbe(tx: Transaction, channel: ChannelRecord): Promise<void> {
  channel.health = { ...channel.health, probeAtMs: tx.nowMs + notificationPolicy.leaseMs };
  await tx.notifications.updateHealth(channel.id, channel.health);
}

function attemptOf(
  notification: NotificationRecord,
  attempt: number,
  address: ChannelAddress,
  { id, kind, settings, sealed, version }: ChannelRecord,
): Attempt {
  const { alarmId, purpose, recipient, urgency, expiresAtMs } = notification;
  const channel = { id, kind, settings, sealed, version };
  return {
    notificationId: notification.id,
    alarmId,
    purpose,
    recipient,
    urgency,
    expiresAtMs,
    attempt,
    address,
    channel,
  };
}
