import { z } from 'zod';
import { instantSchema, recordIdSchema } from './ids.ts';
import { channelKinds, notificationLocales, notificationReasons } from './notifications.ts';
import type { ChannelKind } from './notifications.ts';

const url = z.url({ protocol: /^https?$/ }).max(2_000);
const secret = z.string().min(1).max(2_000);
/** PEM certificates that are trusted besides the well-known ones, for a server of the organisation's own. */
const ca = z.string().max(20_000).optional();
/** A way into a JSON answer: names and list positions, divided by dots (`data.0.state`). */
const jsonPath = z.string().regex(/^[\w$-]+(?:\.[\w$-]+)*$/, 'use names divided by dots');
const robot = {
  settings: z.strictObject({
    /** Say whom the message is for in the group, by the telephone number of the recipient's address. */
    doesMention: z.boolean().default(true),
    ca,
  }),
  /** `url` as the group's settings show it, with its key in it; `signing` if the robot asks for signatures. */
  secrets: z.strictObject({ url, signing: secret.optional() }),
};

/** What a channel of each kind is set to. Secrets are written, and never served back. */
export const channelContents = {
  'e-mail': {
    settings: z.strictObject({
      host: z.string().min(1).max(255),
      port: z.number().int().min(1).max(65_535),
      /** `tls` from the first byte (465), `starttls` before anything is said (587), `none` within a trusted network only. */
      security: z.enum(['tls', 'starttls', 'none']),
      userName: z.string().max(255).default(''),
      from: z.string().min(3).max(320),
      ca,
    }),
    secrets: z.strictObject({ password: secret.optional() }),
  },
  'web-push': {
    settings: z.strictObject({
      /** Whom a push service may ask (`mailto:…` or `https://…`), RFC 8292 §2.1. */
      subject: z.string().regex(/^(?:mailto:|https:\/\/)\S+$/, 'use "mailto:…" or "https://…"'),
      /** The key that browsers subscribe with (base64url); made by the hub. */
      publicKey: z.string().optional(),
      ca,
    }),
    /** Made by the hub when it is left out (base64url, P-256). */
    secrets: z.strictObject({ privateKey: secret.optional() }),
  },
  webhook: {
    settings: z.strictObject({ url, ca }),
    secrets: z.strictObject({ signing: z.string().min(16).max(500) }),
  },
  wecom: robot,
  dingtalk: robot,
  feishu: robot,
  sms: {
    /**
     * A gateway that is spoken to by HTTP. In `url`, `headers` and `body` stand `{phone}`, `{text}`, `{id}`, `{link}`
     * and `{secret.NAME}`; each is escaped as its place asks for (URL, header, form or JSON).
     */
    settings: z.strictObject({
      method: z.enum(['GET', 'POST', 'PUT']).default('POST'),
      url: z
        .string()
        .regex(/^https?:\/\/[^{}]+/, 'begin with "http://" or "https://" and the host')
        .max(2_000),
      headers: z.record(z.string().regex(/^[\w-]+$/), z.string().max(1_000)).default({}),
      body: z.string().max(4_000).default(''),
      /** What of a JSON answer says that the message was taken; without it any 2xx does. */
      success: z.strictObject({ path: jsonPath, equals: z.array(z.string()).min(1) }).optional(),
      /** Where a JSON answer has the gateway's own identifier of the message. */
      receiptPath: jsonPath.optional(),
      /** How the gateway calls back about deliveries, at the address that the channel shows. */
      report: z
        .strictObject({
          idPath: jsonPath,
          statePath: jsonPath,
          delivered: z.array(z.string()).min(1),
          failed: z.array(z.string()).default([]),
          withinSeconds: z.number().int().min(5).max(86_400).default(120),
        })
        .optional(),
      ca,
    }),
    secrets: z.record(z.string().regex(/^\w{1,40}$/), secret),
  },
} as const satisfies Record<ChannelKind, { settings: z.ZodType; secrets: z.ZodType }>;

export type ChannelSettings<K extends ChannelKind> = z.infer<(typeof channelContents)[K]['settings']>;
export type ChannelSecrets<K extends ChannelKind> = z.infer<(typeof channelContents)[K]['secrets']>;

/** `GET|POST /channels`, `GET|PATCH /channels/{id}`. It serves its organisation and all below that have none nearer. */
export const channelSchema = z.object({
  id: recordIdSchema,
  organisationId: recordIdSchema,
  kind: z.enum(channelKinds),
  name: z.string(),
  settings: z.record(z.string(), z.unknown()),
  /** The names of the secrets that are set. */
  secrets: z.array(z.string()),
  isEnabled: z.boolean(),
  version: z.number().int(),
  health: z.object({
    failures: z.number().int(),
    suspendedAt: instantSchema.nullable(),
    /** When a suspended one is tried next. */
    probeAt: instantSchema.nullable(),
    lastReason: z.enum(notificationReasons).nullable(),
  }),
  /** Where an SMS gateway calls back about deliveries; a path of this hub, `null` for other kinds. */
  reportPath: z.string().nullable(),
});
export type ChannelView = z.infer<typeof channelSchema>;

const name = z.string().trim().min(1).max(120);

/** `POST /channels`. `settings` and `secrets` are those of the kind. */
export const newChannelSchema = z.strictObject({
  organisationId: recordIdSchema,
  kind: z.enum(channelKinds),
  name,
  isEnabled: z.boolean().default(true),
  settings: z.record(z.string(), z.unknown()),
  secrets: z.record(z.string(), z.unknown()).default({}),
});
export type NewChannel = z.input<typeof newChannelSchema>;

/** `PATCH /channels/{id}`. `settings` replaces all of them; a secret that is left out stays, `null` removes it. */
export const channelPatchSchema = z.strictObject({
  name: name.optional(),
  isEnabled: z.boolean().optional(),
  settings: z.record(z.string(), z.unknown()).optional(),
  secrets: z.record(z.string(), z.string().nullable()).optional(),
  version: z.number().int().optional(),
});
export type ChannelPatch = z.infer<typeof channelPatchSchema>;

/** `POST /channels/{id}/test`: sends a message that says it is a test. */
export const channelTestSchema = z.strictObject({
  address: z.string().max(2_000).default(''),
  locale: z.enum(notificationLocales).default('zh-CN'),
});
/** What came of it, with what the other end really said. */
export const channelTestResultSchema = z.object({
  result: z.enum(['accepted', 'delivered', 'refused']),
  reason: z.enum(notificationReasons).nullable(),
  receiptId: z.string().nullable(),
  answer: z.string(),
  tookMs: z.number().int(),
});
