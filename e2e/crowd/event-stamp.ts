import { buildTopic } from '@carebell/contracts/topics.ts';
import { publishBytes } from '../raw-party.ts';

const digits = 10;
/** A packet of QoS 1 whose type byte says that it may have come before [MQTT-3.3.1-1]. */
const repeated = 0x3a;

/** Writes PUBLISH packets that are encoded already but for message identifier and event identifier. */
export type EventStamp = {
  /** The packet of this number; no two numbers have the same event identifier. Good until the next call. */
  packet(number: number, isRepeated?: boolean): Buffer;
};

/** Never 0 [MQTT-2.3.1-1]. */
export const messageIdOf = (number: number): number => (number % 65_535) + 1;

export function eventStamp(deviceId: string, kind: string, run: string): EventStamp {
  const topic = buildTopic({ of: 'device', deviceId, kind: 'event' });
  const blank = '0'.repeat(digits);
  const bytes = publishBytes(topic, `{"id":"${run}.${blank}","kind":"${kind}"}`, 1);
  const first = bytes[0] ?? 0;
  const messageIdAt = bytes.indexOf(topic) + topic.length;
  const lastDigitAt = bytes.indexOf(blank, messageIdAt) + digits - 1;
  return {
    packet(number, isRepeated = false) {
      bytes[0] = isRepeated ? repeated : first;
      bytes.writeUInt16BE(messageIdOf(number), messageIdAt);
      let rest = number;
      for (let place = lastDigitAt; place > lastDigitAt - digits; place -= 1) {
        bytes[place] = 48 + (rest % 10);
        rest = Math.floor(rest / 10);
      }
      return bytes;
    },
  };
}
