import { expect, it } from 'vitest';
import { publishBytes } from '../raw-party.ts';
import { eventStamp } from './event-stamp.ts';

it('is the packet that would have been built for it, byte by byte', () => {
  const stamp = eventStamp('door-1', 'door.opened', 'run');
  const built = (number: string, messageId: number) =>
    publishBytes(
      'carebell/v1/devices/door-1/event',
      `{"id":"run.${number}","kind":"door.opened"}`,
      messageId,
    );
  expect(stamp.packet(0)).toEqual(built('0000000000', 1));
  expect(stamp.packet(65_535)).toEqual(built('0000065535', 1));
  expect(stamp.packet(1_234_567)).toEqual(built('0001234567', (1_234_567 % 65_535) + 1));
  expect(stamp.packet(7, true)[0]).toBe(0x3a);
  expect(stamp.packet(7)[0]).toBe(0x32);
});
