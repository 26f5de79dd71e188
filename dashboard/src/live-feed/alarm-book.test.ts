import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlarmBook, BookChange } from './alarm-book.ts';
import { emptyBook, turnPage } from './alarm-book.ts';

function alarm(id: string, version: number, change: Partial<AlarmView> = {}): AlarmView {
  return { ...sample, id, version, cursor: version, ...change };
}

const sample: AlarmView = {
  id: 'a',
  kind: 'help',
  priority: 'emergency',
  phase: 'raised',
  isStored: true,
  isLate: false,
  pressedAt: '2026-03-14T03:00:00Z',
  raisedAt: '2026-03-14T03:00:00Z',
  lastPressedAt: '2026-03-14T03:00:00Z',
  presses: 1,
  cancelledAt: null,
  displayedAt: null,
  acknowledgedAt: null,
  owner: null,
  closedAt: null,
  disposition: null,
  audience: 'station',
  displayDeadlineAt: null,
  residentId: null,
  residentName: null,
  residentPhone: null,
  address: null,
  dwellingId: null,
  deviceId: 'btn-1',
  deviceName: null,
  isDeviceRegistered: true,
  stationId: null,
  stationName: null,
  version: 1,
  cursor: 1,
};

const arrives = (cursor: number, view: AlarmView): BookChange => ({
  type: 'arrived',
  arrived: [{ cursor, alarm: view }],
});

function read(...changes: BookChange[]): AlarmBook {
  return changes.reduce(turnPage, emptyBook);
}

const versionsOf = (book: AlarmBook) =>
  Object.fromEntries([...book.alarms].map(([id, open]) => [id, open.version]));

describe('the alarm book', () => {
  it('holds nothing and knows no cursor before the first snapshot', () => {
    expect(emptyBook.isFilled).toBe(false);
    expect(emptyBook.cursor).toBeUndefined();
  });

  it.each<[what: string, stored: Partial<AlarmView>, left: string[]]>([
    ['its device', {}, ['b']],
    ['another device of its resident', { deviceId: 'btn-2' }, ['b']],
    ['another resident', { deviceId: 'btn-2', residentId: 'r2' }, ['not-stored', 'b']],
    ['another kind', { kind: 'fall' }, ['not-stored', 'b']],
    ['a press before it', { lastPressedAt: '2026-03-14T02:59:59Z' }, ['not-stored', 'b']],
    ['its device, closed', { phase: 'closed' }, ['not-stored']],
  ])(
    'what a hub that was killed could not store stands until an alarm of its repeat: %s',
    (_, stored, left) => {
      const notStored = alarm('not-stored', 0, { isStored: false, residentId: 'r1', cursor: 0 });
      const book = read(
        { type: 'snapshot', cursor: 5, alarms: [notStored] },
        arrives(6, alarm('b', 6, { residentId: 'r1', ...stored })),
        { type: 'caught-up', cursor: 6 },
      );
      expect([...book.alarms.keys()]).toEqual(left);
    },
  );

  it('is replaced by a snapshot', () => {
    const book = read(
      { type: 'snapshot', cursor: 5, alarms: [alarm('a', 1), alarm('b', 2)] },
      { type: 'snapshot', cursor: 9, alarms: [alarm('b', 4)] },
    );
    expect(versionsOf(book)).toEqual({ b: 4 });
    expect(book.cursor).toBe(9);
    expect(book.isFilled).toBe(true);
  });

  it('takes a change once: a repeat leaves the very same book', () => {
    const book = read(arrives(3, alarm('a', 3)));
    expect(turnPage(book, arrives(3, alarm('a', 3)))).toBe(book);
  });

  it('passes over an older version, but remembers its cursor', () => {
    const book = read(arrives(8, alarm('a', 3)), arrives(9, alarm('a', 2)));
    expect(versionsOf(book)).toEqual({ a: 3 });
    expect(book.cursor).toBe(9);
  });

  it('follows the new name of a resident, which comes under the same version', () => {
    const book = read(
      arrives(3, alarm('a', 3, { residentName: '周秀兰' })),
      arrives(4, alarm('a', 3, { residentName: '周秀蘭' })),
      arrives(4, alarm('a', 2, { residentName: '周秀兰' })),
    );
    expect(book.alarms.get('a')?.residentName).toBe('周秀蘭');
    expect(book.cursor).toBe(4);
  });

  it('takes a closed alarm down and confirms it', () => {
    const book = read(arrives(1, alarm('a', 1)), arrives(2, alarm('a', 2, { phase: 'closed' })));
    expect(book.alarms.size).toBe(0);
    expect(book.closed.map(({ id }) => id)).toEqual(['a']);
  });

  it('does not put a closed alarm back when an older version is replayed', () => {
    const book = read(arrives(2, alarm('a', 2, { phase: 'closed' })), arrives(2, alarm('a', 1)), {
      type: 'snapshot',
      cursor: 3,
      alarms: [alarm('a', 1)],
    });
    expect(book.alarms.size).toBe(0);
  });

  it('comes through a replay after a snapshot with the newest of each', () => {
    const book = read(
      { type: 'snapshot', cursor: 4, alarms: [alarm('a', 2), alarm('b', 1)] },
      arrives(3, alarm('a', 1)),
      arrives(5, alarm('b', 2, { phase: 'closed' })),
      arrives(6, alarm('c', 1)),
      { type: 'caught-up', cursor: 7 },
    );
    expect(versionsOf(book)).toEqual({ a: 2, c: 1 });
    expect(book.cursor).toBe(7);
  });

  it('shows the answer to a call at once without skipping changes that the feed still owes', () => {
    const book = read(
      { type: 'snapshot', cursor: 4, alarms: [alarm('a', 1)] },
      { type: 'answered', alarm: alarm('a', 2, { phase: 'acknowledged', cursor: 9 }) },
    );
    expect(versionsOf(book)).toEqual({ a: 2 });
    expect(book.cursor).toBe(4);
  });

  it('keeps an answer that is newer than a snapshot made before it', () => {
    const book = read(
      { type: 'answered', alarm: alarm('a', 2, { phase: 'acknowledged' }) },
      { type: 'snapshot', cursor: 4, alarms: [alarm('a', 1)] },
    );
    expect(versionsOf(book)).toEqual({ a: 2 });
  });

  it('believes the snapshot of a hub whose journal was put back', () => {
    const book = read(arrives(90, alarm('a', 7)), arrives(91, alarm('b', 5, { phase: 'closed' })), {
      type: 'snapshot',
      cursor: 40,
      alarms: [alarm('a', 2), alarm('b', 1)],
    });
    expect(versionsOf(book)).toEqual({ a: 2, b: 1 });
    expect(book.cursor).toBe(40);
  });

  it('shows a not-stored alarm, and its stored form in its place', () => {
    const provisional = alarm('a', 0, { isStored: false, cursor: 0 });
    const book = read(arrives(0, provisional), arrives(1, alarm('a', 1)), arrives(0, provisional));
    expect(book.alarms.get('a')?.isStored).toBe(true);
  });

  it('takes a not-stored alarm down when it ended, and never a stored one', () => {
    const book = read(arrives(0, alarm('a', 0, { isStored: false })), arrives(1, alarm('b', 1)), {
      type: 'arrived',
      arrived: [{ notStoredEnded: 'a' }, { notStoredEnded: 'b' }],
    });
    expect([...book.alarms.keys()]).toEqual(['b']);
    expect(book.cursor).toBe(1);
  });

  it('takes a not-stored alarm down that came and ended before anything was painted', () => {
    const arrived = [
      { cursor: 0, alarm: alarm('a', 0, { isStored: false }) },
      { notStoredEnded: 'a' },
      { cursor: 7, alarm: alarm('stored', 1, { deviceId: 'btn-2' }) },
    ];
    expect([...read({ type: 'arrived', arrived }).alarms.keys()]).toEqual(['stored']);
  });

  it('puts an alarm whose closing was taken back on the wall again, and confirms the closing no longer', () => {
    const closed = alarm('a', 3, { phase: 'closed' });
    const reopened = alarm('a', 5, { phase: 'acknowledged' });
    const book = read(arrives(3, closed), { type: 'answered', alarm: reopened }, arrives(3, closed));
    expect(versionsOf(book)).toEqual({ a: 5 });
    expect(book.closed).toEqual([]);
  });

  it('ends the same however changes are repeated and shuffled', () => {
    const history = [
      alarm('a', 1),
      alarm('a', 2, { phase: 'acknowledged' }),
      alarm('a', 3, { phase: 'closed' }),
      alarm('b', 1),
      alarm('b', 2),
      alarm('c', 1),
      alarm('c', 2, { phase: 'closed' }),
    ];
    const everyOne = fc.shuffledSubarray([...history, ...history], { minLength: history.length * 2 });
    fc.assert(
      fc.property(everyOne, (messages) => {
        const book = read(...messages.map((view) => arrives(view.cursor, view)));
        expect(versionsOf(book)).toEqual({ b: 2 });
        const arrived = messages.map((view) => ({ cursor: view.cursor, alarm: view }));
        expect(read({ type: 'arrived', arrived })).toEqual(book);
      }),
    );
  });
});
