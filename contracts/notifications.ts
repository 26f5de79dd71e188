import { z } from 'zod';
import { instantSchema } from './ids.ts';

/** The ways by which a notification can reach a person, or a group of them. */
export const channelKinds = ['e-mail', 'web-push', 'webhook', 'wecom', 'dingtalk', 'feishu', 'sms'] as const;
export type ChannelKind = (typeof channelKinds)[number];

/** The languages in which notifications are written. */
export const notificationLocales = ['zh-CN', 'en'] as const;
export type NotificationLocale = (typeof notificationLocales)[number];

/** A user of the hub, a contact of the resident, or an organisation whose channel itself is the receiver (a group's robot, a webhook). */
export const recipientKinds = ['user', 'contact', 'organisation'] as const;
/** A provider of services is told by the hub alone, of what it is offered. */
export type RecipientKind = (typeof recipientKinds)[number] | 'provider';

/**
 * Where one channel finds the recipient: an e-mail address, a telephone number, a push subscription as JSON; empty
 * for a robot and a webhook, whose address is the channel's own. `channelId` names one channel instead of the nearest
 * of its kind, going from the alarm's station upwards.
 */
export const channelAddressSchema = z.object({
  kind: z.enum(channelKinds),
  address: z.string().max(2_000),
  channelId: z.string().optional(),
});
export type ChannelAddress = z.infer<typeof channelAddressSchema>;

/**
 * `help-needed` and `reminder` are pointless once the alarm is closed, and end with it; `all-clear` says that it is. The others
 * are about service requests: a provider is asked, or need not come after all; something is overdue. `visits-overdue` is the
 * digest of overdue visits, `account-changed` tells somebody that their own account was changed.
 */
export const notificationPurposes = [
  'help-needed',
  'reminder',
  'all-clear',
  'service-offered',
  'service-withdrawn',
  'service-overdue',
  'visits-overdue',
  'account-changed',
] as const;
export type NotificationPurpose = (typeof notificationPurposes)[number];

/**
 * Why a notification, or one attempt at it, came to nothing. `channel-…`: what the hub itself found; the others are
 * what the other end did.
 */
export const notificationReasons = [
  'channel-missing',
  'channel-suspended',
  'channel-unusable',
  'unreachable',
  'timed-out',
  'tls-failed',
  'redirected',
  'answer-too-large',
  'answer-not-understood',
  'digest-mismatch',
  'server-failed',
  'rate-limited',
  'credentials-refused',
  'address-refused',
  'message-refused',
  'recipient-gone',
  'no-delivery-report',
  'alarm-closed',
  'link-withdrawn',
  'expired',
] as const;
export type NotificationReason = (typeof notificationReasons)[number];

/** What a responder says from the phone page, in the order of an answered call. */
export const responderReports = ['taken', 'on-the-way', 'on-site', 'help-needed', 'done'] as const;
export type ResponderReport = (typeof responderReports)[number];

const personSchema = z.object({ id: z.string(), displayName: z.string() });
const at = { seq: z.number().int(), at: instantSchema };
const ofNotification = { notificationId: z.string(), recipient: personSchema };
const byChannel = {
  ...ofNotification,
  channel: z.enum(channelKinds),
  /** Counts from 1, over all channels. */
  attempt: z.number().int(),
};

/** What becomes of notifications, as lines of the alarm's time line. */
export const notificationStepSchemas = [
  z.object({
    ...at,
    ...ofNotification,
    step: z.literal('notification-queued'),
    stepKey: z.string(),
    purpose: z.enum(notificationPurposes),
    /** In the order in which they are tried. */
    channels: z.array(z.enum(channelKinds)),
  }),
  /** The provider has it; that it reached the person only `notification-delivered` says. */
  z.object({ ...at, ...byChannel, step: z.literal('notification-accepted') }),
  z.object({ ...at, ...byChannel, step: z.literal('notification-delivered') }),
  /** One attempt came to nothing. `waits`: the last channel left is suspended, and the notification waits for it. */
  z.object({
    ...at,
    ...byChannel,
    step: z.literal('notification-failed'),
    reason: z.enum(notificationReasons),
    next: z.enum(['again', 'next-channel', 'waits', 'gives-up']),
  }),
  /** Nobody was reached by it, and no further attempt is made. */
  z.object({
    ...at,
    ...ofNotification,
    step: z.literal('notification-gave-up'),
    reason: z.enum(notificationReasons),
    attempts: z.number().int(),
  }),
  z.object({
    ...at,
    step: z.literal('responder-reported'),
    report: z.enum(responderReports),
    responder: personSchema,
    notificationId: z.string(),
  }),
] as const;

/** How far a responder has come. The same person by two links is one responder. */
export const responderSchema = z.object({
  id: z.string(),
  displayName: z.string(),
  report: z.enum(responderReports),
  at: instantSchema,
});
export type Responder = z.infer<typeof responderSchema>;
