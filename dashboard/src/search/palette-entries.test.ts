import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { describe, expect, it } from 'vitest';
import { alarmsFor, hasWords, movedSelection, opensPalette } from './palette-entries.ts';

const key = (
  pressed: string,
  held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', true>> = {},
) => ({
  key: pressed,
  code: pressed === '、' ? 'Slash' : '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  repeat: false,
  ...held,
});

describe('the palette', () => {
  it.each([
    ['Ctrl-K', key('k', { ctrlKey: true }), false, true],
    ['Ctrl-K in a field', key('K', { ctrlKey: true }), true, true],
    ['⌘K', key('k', { metaKey: true }), false, true],
    ['a slash', key('/'), false, true],
    ['the key of the slash under a Chinese input method', key('、'), false, true],
    ['a slash typed into a field', key('/'), true, false],
    ['Ctrl-Shift-K, the browser’s own', key('K', { ctrlKey: true, shiftKey: true }), false, false],
    ['A, which acknowledges', key('a'), false, false],
    ['C, which closes', key('c'), false, false],
    ['K, which moves the selection', key('k'), false, false],
  ] as const)('%s', (_, pressed, isTyping, opens) => {
    expect(opensPalette(pressed, isTyping)).toBe(opens);
  });

  it('moves the selection round at both ends', () => {
    expect([movedSelection(0, -1, 3), movedSelection(2, 1, 3), movedSelection(0, 1, 0)]).toEqual([2, 0, 0]);
  });

  it('finds by all words, in any order and case', () => {
    expect(hasWords('lu 康', '康定路', 'Kangding LU')).toBe(true);
    expect(hasWords('lu x', '康定路', 'Kangding LU')).toBe(false);
    expect(hasWords('', 'anything')).toBe(true);
  });

  it('shows open alarms by whom, where and which device, and the first ones without words', () => {
    const alarm = (id: string, residentName: string | null) =>
      ({
        id,
        residentName,
        address: '康定路',
        deviceId: `dev-${id}`,
        deviceName: null,
        residentPhone: null,
      }) as AlarmView;
    const alarms = [alarm('1', '王秀英'), alarm('2', null), alarm('3', '李伟')];
    expect(alarmsFor('李', alarms).map(({ id }) => id)).toEqual(['3']);
    expect(alarmsFor('dev-2', alarms).map(({ id }) => id)).toEqual(['2']);
    expect(alarmsFor('', alarms)).toHaveLength(3);
  });
});
