import type { Priority } from '@carebell/contracts/alarm-kinds.ts';
import type { AlarmPhase } from '@carebell/contracts/alarm-view.ts';
import { describe, expect, it } from 'vitest';
import { alarmToAcknowledge, heldOrder, mostUrgent, neighbourOf, urgencyOrder } from './queue-order.ts';

type Row = {
  id: string;
  priority: Priority;
  phase: AlarmPhase;
  pressedAt: string;
  drillId?: string;
  cancelledAt?: string;
  lastPressedAt?: string;
};

function row(id: string, priority: Priority, minute: number, phase: AlarmPhase = 'raised'): Row {
  return { id, priority, phase, pressedAt: `2026-03-14T03:${String(minute).padStart(2, '0')}:00Z` };
}

const byId = (...rows: Row[]) => new Map(rows.map((one) => [one.id, one]));
const ids = (rows: Row[]) => rows.map(({ id }) => id);

describe('the order on the wall', () => {
  it('has the same first alarm, of those that count, when only that one is looked for', () => {
    const priorities = ['technical', 'urgent', 'emergency', 'service'] as const;
    const rows = Array.from({ length: 60 }, (_, n) =>
      row(`row-${n}`, priorities[n % 4] ?? 'urgent', (n * 37) % 60, n % 3 === 0 ? 'acknowledged' : 'raised'),
    );
    const isUrgent = ({ priority }: Row) => priority === 'urgent';
    expect(mostUrgent(byId(...rows), isUrgent)).toBe(rows.filter(isUrgent).toSorted(urgencyOrder)[0]);
    expect(mostUrgent(byId(...rows), () => true)).toBe(rows.toSorted(urgencyOrder)[0]);
    expect(mostUrgent(byId(...rows), () => false)).toBeUndefined();
  });

  it('puts the graver first, then who waits for someone, then who waits longest, and service requests below all alarms', () => {
    const rows = [
      row('technical', 'technical', 0),
      row('in-hand', 'emergency', 1, 'acknowledged'),
      row('later', 'emergency', 3),
      row('service', 'service', 0),
      row('urgent', 'urgent', 0),
      row('first', 'emergency', 2),
    ];
    expect(ids(rows.toSorted(urgencyOrder))).toEqual([
      'first',
      'later',
      'in-hand',
      'urgent',
      'technical',
      'service',
    ]);
  });

  it('puts a drill below what is real and grave, and above the rest', () => {
    const rows = [
      { ...row('drill', 'emergency', 0), drillId: 'd' },
      row('service', 'service', 1),
      row('urgent', 'urgent', 2),
      row('help', 'emergency', 3),
    ];
    expect(ids(rows.toSorted(urgencyOrder))).toEqual(['help', 'urgent', 'drill', 'service']);
  });

  it('puts equipment that is well again below what is broken, until it fails anew', () => {
    const well = { cancelledAt: '2026-03-14T03:05:00Z', lastPressedAt: '2026-03-14T03:01:00Z' };
    const rows = [
      { ...row('well-again', 'technical', 1), ...well },
      { ...row('failed-anew', 'technical', 2), ...well, lastPressedAt: '2026-03-14T03:06:00Z' },
      row('broken', 'technical', 3),
    ];
    expect(ids(rows.toSorted(urgencyOrder))).toEqual(['failed-anew', 'broken', 'well-again']);
  });

  it('moves no row while a hand is on its way: ended ones stay, new ones come last', () => {
    const now = byId(row('new', 'emergency', 9), row('b', 'service', 1), row('a', 'service', 2));
    expect(heldOrder(['a', 'ended', 'b'], now)).toEqual(['a', 'ended', 'b', 'new']);
  });
});

describe('the selection', () => {
  it.each([
    [undefined, 1, 'a'],
    [undefined, -1, 'c'],
    ['a', 1, 'b'],
    ['c', 1, 'c'],
    ['a', -1, 'a'],
    ['gone', 1, 'a'],
  ] as const)('leads from %s by %d to %s', (selected, step, to) => {
    expect(neighbourOf(['a', 'b', 'c'], selected, step)).toBe(to);
  });

  it('leads nowhere on an empty wall', () => {
    expect(neighbourOf([], undefined, 1)).toBeUndefined();
  });
});

describe('the alarm that A acknowledges', () => {
  const alarms = byId(
    row('service', 'service', 0),
    row('help', 'emergency', 5),
    row('done', 'emergency', 1, 'acknowledged'),
  );

  it('is the selected one, whatever else waits', () => {
    expect(alarmToAcknowledge(alarms, 'service')).toMatchObject({ ok: true, alarm: { id: 'service' } });
  });

  it('is the most urgent that waits when none is selected', () => {
    expect(alarmToAcknowledge(alarms, undefined)).toMatchObject({ ok: true, alarm: { id: 'help' } });
  });

  it('is none when the selected one has just ended: the press was not meant for another', () => {
    expect(alarmToAcknowledge(alarms, 'ended')).toEqual({ ok: false, reason: 'selected-gone' });
  });

  it('is none when nothing waits', () => {
    expect(alarmToAcknowledge(new Map(), undefined)).toEqual({ ok: false, reason: 'none-waiting' });
  });
});
