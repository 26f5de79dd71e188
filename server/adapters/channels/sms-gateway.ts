import type { ChannelSecrets, ChannelSettings } from '@carebell/contracts/channels.ts';
import type { Channel } from '../../notification/channel.ts';
import { valueAt } from '../../notification/json-path.ts';
import { exchange, probeUrl, refused } from './http-exchange.ts';

type Escape = (value: string) => string;

const inUrl: Escape = encodeURIComponent;
const inJson: Escape = (value) => JSON.stringify(value).slice(1, -1);
// A header cannot carry line ends, and nothing but Latin-1.
const inHeader: Escape = (value) => value.replaceAll(/[^\x20-\x7e]/g, '');
const asItIs: Escape = (value) => value;

/** A gateway of any provider, spoken to by HTTP as its settings say. */
export function openSmsGateway(settings: ChannelSettings<'sms'>, secrets: ChannelSecrets<'sms'>): Channel {
  const { url, ca, report } = settings;
  return {
    async send(message, signal) {
      const phone = message.address.replaceAll(/[^\d+]/g, '');
      if (phone.length < 3) return refused('address-refused', 'no telephone number');
      const values: Record<string, string> = {
        phone,
        text: message.short,
        id: message.id,
        link: message.link ?? '',
        ...Object.fromEntries(Object.entries(secrets).map(([name, value]) => [`secret.${name}`, value])),
      };
      const headers = Object.fromEntries(
        Object.entries(settings.headers).map(([name, value]) => [
          name.toLowerCase(),
          fill(value, values, inHeader),
        ]),
      );
      const isBodySent = settings.method !== 'GET' && settings.body !== '';
      const contentType = headers['content-type'] ?? guessedType(settings.body);
      const answer = await exchange(
        {
          method: settings.method,
          url: fill(url, values, inUrl),
          ca,
          headers: { ...headers, ...(isBodySent ? { 'content-type': contentType } : {}) },
          ...(isBodySent ? { body: fill(settings.body, values, escapeFor(contentType)) } : {}),
        },
        signal,
      );
      if (!('ok' in answer)) return answer;
      const { success, receiptPath } = settings;
      const said = success ? valueAt(answer.text, success.path) : undefined;
      if (success && said === undefined) return refused('answer-not-understood', answer.text);
      if (success && said !== undefined && !success.equals.includes(said))
        return refused('message-refused', answer.text);
      return {
        is: 'accepted',
        receiptId: (receiptPath === undefined ? undefined : valueAt(answer.text, receiptPath)) ?? message.id,
        reportWithinMs: report ? report.withinSeconds * 1_000 : null,
        answer: answer.text.slice(0, 500),
      };
    },
    probe: (signal) => probeUrl(url.replace(/\{.*$/s, ''), ca, signal),
  };
}

function fill(template: string, values: Readonly<Record<string, string>>, escape: Escape): string {
  return template.replaceAll(/\{(phone|text|id|link|secret\.\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : escape(value);
  });
}

function guessedType(body: string): string {
  return /^\s*[[{]/.test(body) ? 'application/json' : 'application/x-www-form-urlencoded';
}

function escapeFor(contentType: string): Escape {
  if (contentType.includes('json')) return inJson;
  return contentType.includes('urlencoded') ? inUrl : asItIs;
}
