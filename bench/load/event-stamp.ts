import { buildTopic } from '@carebell/contracts/topics.ts';
import { generate } from 'mqtt-packet';

const digits = 8;

/** Writes PUBLISH packets that are encoded already but for message identifier and event identifier. */
export type EventStamp = {
  /** Bytes of one packet. */
  length: number;
  /** Writes the packet of this number; no two numbers have the same event identifier. */
  write(number: number, into: Buffer, at: number): void;
};

/** The message identifier of a packet [MQTT-2.3.1-1]: never 0. */
export const messageIdOf = (number: number): number => (number % 65_535) + 1;

export function eventStamp(deviceId: string): EventStamp {
  const topic = buildTopic({ of: 'device', deviceId, kind: 'event' });
  const blank = '0'.repeat(digits);
  const payload = JSON.stringify({ id: `${deviceId.slice(0, 40)}.${blank}`, kind: 'door.opened', ageMs: 0 });
  const packet = generate({
    cmd: 'publish',
    topic,
    payload,
    qos: 1,
    messageId: 1,
    dup: false,
    retain: false,
  });
  const messageIdAt = packet.indexOf(topic) + Buffer.byteLength(topic);
  const numberAt = packet.indexOf(blank, messageIdAt + 2);
  return {
    length: packet.length,
    write(number, into, at) {
      packet.copy(into, at);
      into.writeUInt16BE(messageIdOf(number), at + messageIdAt);
      let rest = number;
      for (let place = at + numberAt + digits - 1; rest > 0; place--) {
        into[place] = 48 + (rest % 10);
        rest = Math.floor(rest / 10);
      }
    },
  };
}
