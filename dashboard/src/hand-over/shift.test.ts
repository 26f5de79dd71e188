import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { describe, expect, it } from 'vitest';
import { closedSince, shiftBegan, toLocalInput } from './shift.ts';

describe('the shift', () => {
  it.each([
    [3, 0],
    [8, 8],
    [15, 8],
    [23, 16],
  ])('that runs at %d o’clock began at %d', (now, began) => {
    expect(shiftBegan(new Date(2026, 2, 14, now, 30)).getHours()).toBe(began);
  });

  it('is written as the field for it wants', () => {
    expect(toLocalInput(new Date(2026, 2, 4, 8, 5))).toBe('2026-03-04T08:05');
  });

  it('shows what was closed in it, the latest first, and nothing open', () => {
    const closed = (id: string, closedAt: string | null) => ({ id, closedAt }) as AlarmView;
    const alarms = [
      closed('early', '2026-03-14T07:59:59Z'),
      closed('first', '2026-03-14T08:00:00Z'),
      closed('open', null),
      closed('last', '2026-03-14T09:00:00+00:00'),
    ];
    const shown = closedSince(alarms, Date.parse('2026-03-14T08:00:00Z'));
    expect(shown.map(({ id }) => id)).toEqual(['last', 'first']);
  });
});
