import { buildTopic } from '@carebell/contracts/topics.ts';
import { generate } from 'mqtt-packet';

/** A help press of this device. `number` tells the presses of one connection apart. */
export function pressPacket(deviceId: string, number: number): Buffer {
  return generate({
    cmd: 'publish',
    topic: buildTopic({ of: 'device', deviceId, kind: 'event' }),
    payload: JSON.stringify({
      id: `${deviceId.slice(0, 40)}.${number}`,
      kind: 'button.pressed',
      ageMs: 0,
      data: { key: 'help', press: 'short' },
    }),
    qos: 1,
    messageId: (number % 65_535) + 1,
    dup: false,
    retain: false,
  });
}
