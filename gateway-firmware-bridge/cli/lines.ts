import { isEventKind } from '@carebell/contracts/event-kinds.ts';
import { buildTopic } from '@carebell/contracts/topics.ts';
import type { Overheard } from '../dry-run.ts';
import type { Texts } from './texts.ts';

/** What was heard, for a person: what it is, then the message as the hub would get it. */
export function linesOf(item: Overheard, texts: Texts): string[] {
  switch (item.of) {
    case 'event': {
      const { event, deviceId, heardId } = item;
      const word = isEventKind(event.kind) ? texts.kinds[event.kind] : texts.unknownKind;
      const key = typeof event.data?.['key'] === 'string' ? ` ${event.data['key']}` : '';
      const origin = heardId === deviceId ? '' : ` (${texts.heardAs(heardId)})`;
      return [`${word}${key}  ${senderOf(item, texts)}${origin}`, message(deviceId, 'event', event)];
    }
    case 'reading':
      return [`${texts.reading}  ${senderOf(item, texts)}`, message(item.deviceId, 'reading', item.reading)];
    case 'line':
      return lineNews(item, texts);
    case 'firmware': {
      const version = item.version ?? '';
      return [item.says === 'started' ? texts.started(version) : texts.alive(version)];
    }
    case 'confirmation':
      return [texts.confirmation(item.token, item.ok, item.reason ?? '')];
    case 'rejected':
      return [texts.rejected(texts.rejections[item.reason], item.length, readable(item.bytes))];
  }
}

function lineNews({ event, reason = '' }: Extract<Overheard, { of: 'line' }>, texts: Texts): string[] {
  switch (event) {
    case 'link.opened':
      return [texts.opened];
    case 'link.closed':
      return [texts.closed(reason)];
    case 'link.not-opened':
      return [texts.notOpened(reason)];
    case 'link.deaf':
      return [texts.deaf];
    case 'link.heard-again':
      return [texts.heardAgain];
    // The firmware's own words stand in a line of their own.
    case 'firmware.started':
      return [];
    default:
      return [reason === '' ? event : `${event}: ${reason}`];
  }
}

function senderOf({ deviceId, isMapped }: { deviceId: string; isMapped: boolean }, texts: Texts): string {
  return isMapped ? deviceId : `${deviceId} (${texts.unregistered})`;
}

function message(deviceId: string, kind: 'event' | 'reading', body: object): string {
  return `→ ${buildTopic({ of: 'device', deviceId, kind })} ${JSON.stringify(body)}`;
}

/** Bytes as text where they are printable, else in hexadecimal; control characters never reach the terminal. */
function readable(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isText = bytes.every((byte) => (byte >= 0x20 && byte < 0x7f) || byte === 0x0d || byte === 0x0a);
  return isText ? JSON.stringify(buffer.toString('latin1')) : buffer.toString('hex');
}
