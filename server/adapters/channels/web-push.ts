import type { ChannelSecrets, ChannelSettings } from '@carebell/contracts/channels.ts';
import { z } from 'zod';
import type { Channel, ChannelMessage } from '../../notification/channel.ts';
import { exchange, refused } from './http-exchange.ts';
import { encryptPush, newOneTime, vapidHeader } from './web-push-encryption.ts';

const bytes = (length: number) =>
  z
    .string()
    .transform((text) => Buffer.from(text, 'base64url'))
    .refine((buffer) => buffer.length === length);
const subscriptionSchema = z.object({
  endpoint: z.url({ protocol: /^https$/ }),
  keys: z.object({ p256dh: bytes(65), auth: bytes(16) }),
});

/** RFC 8030 names how urgent a message is by words; a phone that saves power waits with all but `high`. */
const urgencies = ['high', 'high', 'normal', 'low'] as const;

/** Half an hour: after it a push service need not keep a message for a phone that is switched off. */
const keepSeconds = 1_800;

/** Browser push by RFC 8030, encrypted for the subscriber (RFC 8291) and signed by the hub (RFC 8292). */
export function openWebPush(
  settings: ChannelSettings<'web-push'>,
  secrets: ChannelSecrets<'web-push'>,
  now: () => number,
): Channel {
  const { subject, ca } = settings;
  const { privateKey } = secrets;
  return {
    async send(message, signal) {
      if (privateKey === undefined) return refused('channel-unusable', 'no private key');
      const subscription = subscriptionSchema.safeParse(parsed(message.address));
      if (!subscription.success) return refused('address-refused', 'not a push subscription');
      const { endpoint, keys } = subscription.data;
      let body: Buffer;
      try {
        body = encryptPush(contentOf(message), keys, newOneTime());
      } catch (error) {
        // The key has the right length and is no point of the curve.
        return refused('address-refused', String(error));
      }
      const answer = await exchange(
        {
          method: 'POST',
          url: endpoint,
          ca,
          body,
          headers: {
            authorization: vapidHeader({ endpoint, subject, privateKey }, now()),
            'content-encoding': 'aes128gcm',
            'content-type': 'application/octet-stream',
            ttl: String(keepSeconds),
            urgency: urgencies[message.urgency] ?? 'normal',
            // A repeat replaces the message that the phone has not fetched yet; 32 characters at most.
            topic: message.id.slice(0, 32),
          },
        },
        signal,
      );
      if ('ok' in answer) {
        const { location } = answer.headers;
        return {
          is: 'accepted',
          receiptId: location ?? message.id,
          reportWithinMs: null,
          answer: String(answer.status),
        };
      }
      return /^(?:404|410) /.test(answer.answer) ? refused('recipient-gone', answer.answer) : answer;
    },
    // Every browser has a push service of its own; whether one answers only a message can tell.
    probe: () => Promise.resolve({ is: 'accepted', receiptId: '', reportWithinMs: null, answer: '' }),
  };
}

/** 4,096 octets less 103 of the coding; the link and title fit always, the text is cut. */
function contentOf({ id, title, text, link, urgency, locale, alarm }: ChannelMessage): Buffer {
  let short = text;
  for (;;) {
    const content = Buffer.from(
      JSON.stringify({ id, title, text: short, link, urgency, locale, alarmId: alarm.id }),
    );
    if (content.length <= 3_993 || short === '') return content;
    short = short.slice(0, Math.max(0, short.length - 100));
  }
}

function parsed(address: string): unknown {
  try {
    return JSON.parse(address) as unknown;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}
