import { deviceIdSchema } from '@carebell/contracts/ids.ts';
import { expect, test } from 'vitest';
import { heardIdOf } from './heard-id.ts';

const here = { gatewayId: 'gw-1', portName: 'radio' };

test('a code that every receiver hears alike keeps its address; a number of one network gets gateway and port', () => {
  expect(heardIdOf('rf433.ev1527.0f749', { scope: 'world', ...here })).toBe('rf433.ev1527.0f749');
  expect(heardIdOf('node.5', { scope: 'port', ...here })).toBe('gw-1.radio.node.5');
});

test('what is too long for a device identifier is cut, and still differs from its neighbours', () => {
  const where = { scope: 'port', gatewayId: 'g'.repeat(64), portName: 'radio' } as const;
  const ids = ['node.1', 'node.2', 'n'.repeat(48)].map((address) => heardIdOf(address, where));
  expect(new Set(ids).size).toBe(3);
  for (const id of ids) {
    expect(id).toHaveLength(64);
    expect(deviceIdSchema.safeParse(id).success).toBe(true);
  }
});
