import type { UnknownDevice } from '@carebell/contracts/unknown-devices.ts';
import { describe, expect, it } from 'vitest';
import { justHeard, signalWord } from './just-heard.ts';

const since = '2026-03-14T08:00:10Z';

function heard(code: string, of: Partial<UnknownDevice> = {}): UnknownDevice {
  return {
    gatewayId: 'g1',
    gatewayName: '',
    code,
    stationId: 'a',
    stationName: null,
    address: null,
    rssi: null,
    battery: null,
    times: 1,
    firstAt: '2026-03-14T08:00:11Z',
    lastAt: '2026-03-14T08:00:11Z',
    said: [],
    dismissed: null,
    openAlarmId: null,
    ...of,
  };
}
const before = { firstAt: '2026-03-14T07:00:00Z' };
const codes = (list: UnknownDevice[]) => justHeard(list, since).map(({ code }) => code);

describe('what was just heard', () => {
  it('leaves out what was heard before somebody said now', () => {
    expect(codes([heard('old', { ...before, lastAt: '2026-03-14T08:00:09Z' }), heard('fresh')])).toEqual([
      'fresh',
    ]);
  });

  it('has a code that nobody had heard before above a strong one that talks all day', () => {
    const chatty = heard('chatty', { ...before, rssi: -40, times: 900 });
    expect(codes([chatty, heard('fresh', { rssi: -80 })])).toEqual(['fresh', 'chatty']);
  });

  it('has the strongest of the new ones first, and one without a signal last', () => {
    const list = [heard('silent'), heard('far', { rssi: -88 }), heard('near', { rssi: -51 })];
    expect(codes(list)).toEqual(['near', 'far', 'silent']);
  });

  it('has the one that was heard least often first where nothing else tells them apart', () => {
    expect(codes([heard('b', { ...before, times: 40 }), heard('a', { ...before, times: 2 })])).toEqual([
      'a',
      'b',
    ]);
  });
});

it.each([
  [-50, 'good'],
  [-75, 'good'],
  [-80, 'fair'],
  [-91, 'weak'],
] as const)('a signal of %i dBm is %s', (rssi, word) => {
  expect(signalWord(rssi)).toBe(word);
});
