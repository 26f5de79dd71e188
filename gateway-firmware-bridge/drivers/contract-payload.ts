import { isEventKind } from '@carebell/contracts/event-kinds.ts';
import { commandResultSchema, deviceEventSchema, deviceReadingSchema } from '@carebell/contracts/messages.ts';
import type { Decoded, Heard } from './driver.ts';
import { rejected } from './rejection.ts';

const devicePattern = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}$/;

/**
 * What a device of our own makes over a radio that carries bytes: JSON of the contract, as UTF-8 or its hex digits, with
 * `device` where several stand behind one sender. Anything else is a code that the device map gives a meaning.
 * `sender` is the address of the radio, `link` what its receiver measured.
 */
export function payloadOf(data: Uint8Array, sender: string, link: Record<string, number>): Decoded {
  const text = utf8Of(data);
  const json = jsonOf(text);
  if (json === undefined) {
    if (data.length === 0 || text?.startsWith('{') === true) return rejected('bad-field', data);
    return heard({ of: 'signal', address: sender, signal: signalOf(text, data) });
  }
  const { device, ...content } = json;
  if (device !== undefined && (typeof device !== 'string' || !devicePattern.test(device))) {
    return rejected('bad-field', data);
  }
  const address = device === undefined ? sender : `${sender}.${device}`;
  if (typeof content['kind'] === 'string') {
    const { kind, data: details } = content;
    // A device without room for numbers leaves out the identifier; then its repeats are told by their time.
    if (content['id'] === undefined && isEventKind(kind)) {
      const meaning = isRecord(details) ? { kind, data: details } : { kind };
      return heard({ of: 'signal', address, signal: kind, meaning });
    }
    const event = deviceEventSchema.safeParse(content);
    return event.success ? heard({ of: 'event', address, event: event.data }) : rejected('bad-field', data);
  }
  const result = commandResultSchema.safeParse(content);
  if (result.success) {
    const { id, ok, reason } = result.data;
    return { of: 'confirmation', token: id, ok, ...(reason !== undefined && { reason }) };
  }
  const reading = deviceReadingSchema.safeParse({ ...link, ...content });
  return reading.success
    ? heard({ of: 'reading', address, reading: reading.data })
    : rejected('bad-field', data);
}

function signalOf(text: string | undefined, data: Uint8Array): string {
  const word = text?.trim().replaceAll(/[^A-Za-z0-9_.-]+/g, '-') ?? '';
  const isWord = /[A-Za-z0-9]/.test(word);
  return (isWord ? `text.${word}` : `hex.${Buffer.from(data).toString('hex')}`).slice(0, 48);
}

function utf8Of(data: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(data);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function jsonOf(text: string | undefined): Record<string, unknown> | undefined {
  if (text === undefined) return undefined;
  // 7B is the opening brace.
  if (/^7[bB](?:[0-9A-Fa-f]{2})+$/.test(text)) return jsonOf(utf8Of(Buffer.from(text, 'hex')));
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function heard(what: Heard): Decoded {
  return { of: 'heard', heard: what };
}
