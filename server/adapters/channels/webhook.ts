import { createHash, createHmac } from 'node:crypto';
import type { ChannelSecrets, ChannelSettings } from '@carebell/contracts/channels.ts';
import type { Channel, ChannelMessage } from '../../notification/channel.ts';
import { exchange, probeUrl, refused } from './http-exchange.ts';

/**
 * POSTs JSON, signed: `carebell-signature: v1=` and the hex HMAC-SHA256, under the shared secret, of the header
 * `carebell-timestamp` (milliseconds), a dot and the body. The receiver answers 2xx and, as proof that it has the whole
 * message, the hex SHA-256 of the body: as the answer's text, or in JSON under `sha256`. It knows a repeat by `id`.
 */
export function openWebhook(
  settings: ChannelSettings<'webhook'>,
  secrets: ChannelSecrets<'webhook'>,
  now: () => number,
): Channel {
  const { url, ca } = settings;
  return {
    async send(message, signal) {
      const body = JSON.stringify(bodyOf(message));
      const timestamp = String(now());
      const signature = createHmac('sha256', secrets.signing).update(`${timestamp}.${body}`).digest('hex');
      const answer = await exchange(
        {
          method: 'POST',
          url,
          ca,
          body,
          headers: {
            'content-type': 'application/json',
            'carebell-timestamp': timestamp,
            'carebell-signature': `v1=${signature}`,
          },
        },
        signal,
      );
      if (!('ok' in answer)) return answer;
      const digest = createHash('sha256').update(body).digest('hex');
      if (digestIn(answer.text) !== digest) return refused('digest-mismatch', answer.text);
      return { is: 'delivered', receiptId: null, answer: answer.text.slice(0, 500) };
    },
    probe: (signal) => probeUrl(url, ca, signal),
  };
}

function bodyOf({ id, title, text, link, locale, alarm, request }: ChannelMessage): object {
  return { id, title, text, link, locale, alarm, ...(request ? { request } : {}) };
}

function digestIn(text: string): string {
  try {
    const parsed = JSON.parse(text) as unknown;
    if (typeof parsed === 'object' && parsed !== null && 'sha256' in parsed) return String(parsed.sha256);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return text.trim().toLowerCase();
}
