import { gatewayDevicesSchema } from '@carebell/contracts/messages.ts';
import { describe, expect, it } from 'vitest';
import { largestListBytes, payloadFor } from './device-lists.ts';

const listed = (count: number, gatewayOf: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => ({
    id: `device-${index}`,
    type: 'button',
    heardAs: `rf433.ev1527.${index.toString(16).padStart(5, '0')}`,
    signals: { 'key.4': { kind: 'button.pressed', key: 'help' } } as const,
    gatewayId: gatewayOf(index),
  }));
const read = (text: string) => gatewayDevicesSchema.parse(JSON.parse(text)).devices;

describe('the list for a gateway', () => {
  it('holds every device of a large station', () => {
    const { text, leftOut } = payloadFor(
      'g1',
      listed(500, () => 'g2'),
    );
    expect(leftOut).toBe(0);
    expect(read(text)).toHaveLength(500);
    expect(text).not.toContain('g2');
    expect(JSON.parse(payloadFor('g1', []).text)).toEqual({ devices: [] });
  });

  it('beyond the largest packet holds its own devices, those of others as far as there is room, and says how many not', () => {
    const everyTenth = (index: number): string => (index % 10 === 0 ? 'g1' : 'g2');
    const { text, leftOut } = payloadFor('g1', listed(5_000, everyTenth));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(largestListBytes);
    const devices = read(text);
    expect(leftOut).toBe(5_000 - devices.length);
    expect(leftOut).toBeGreaterThan(0);
    const own = devices.filter(({ id }) => Number(id.slice('device-'.length)) % 10 === 0);
    expect(own).toHaveLength(500);
  });
});
