import { z } from 'zod';
import { recordIdSchema } from './ids.ts';
import { channelAddressSchema, notificationLocales, recipientKinds } from './notifications.ts';

/** `POST /alarms/{id}/notifications`: tells one person now, beside what the escalation policy does. */
export const newNotificationSchema = z.strictObject({
  recipient: z.strictObject({
    kind: z.enum(recipientKinds).default('contact'),
    id: z.string().min(1).max(64).optional(),
    displayName: z.string().trim().min(1).max(120),
    /** `null` for the hub's own. */
    locale: z.enum(notificationLocales).nullable().default(null),
    /** Asked to go there: gets the address and the link to the responder's page. */
    isResponder: z.boolean().default(true),
  }),
  channels: z.array(channelAddressSchema.strict()).min(1).max(10),
});
export type NewNotification = z.input<typeof newNotificationSchema>;

const userAddressSchema = z.strictObject({
  kind: z.enum(['e-mail', 'sms', 'web-push']),
  address: z.string().trim().min(3).max(2_000),
  /** Of a push subscription the channel whose key it was made with: no other can use it. */
  channelId: recordIdSchema.optional(),
});

/** `GET /users/{id}/addresses`: where, how and of what a user is told. */
export const userAddressesSchema = z.strictObject({
  /** In the order in which they are tried. */
  addresses: z.array(userAddressSchema).max(10),
  /** `null` for the hub's own. */
  locale: z.enum(notificationLocales).nullable(),
  /** Wants an e-mail when the reports of a month are there. */
  wantsReports: z.boolean(),
  /** Changes with what stands here. Given with a change, it is refused if somebody else changed it meanwhile. */
  version: z.string(),
});
export type UserAddresses = z.infer<typeof userAddressesSchema>;

/** `PATCH /users/{id}/addresses`: what is left out stays as it is. */
export const userAddressesPatchSchema = userAddressesSchema.partial();
export type UserAddressesPatch = z.infer<typeof userAddressesPatchSchema>;

/** `GET /users/me/push-key`: what a browser subscribes with; `null` where nobody has set up browser push. */
export const pushKeySchema = z.object({
  key: z.object({ channelId: recordIdSchema, publicKey: z.string() }).nullable(),
});
export type PushKey = z.infer<typeof pushKeySchema>;

/** `POST /users/me/addresses/test`: a message to one of one's own addresses that says it is a test. */
export const addressTestSchema = userAddressSchema;
