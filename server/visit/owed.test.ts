import { visitDefaults } from '@carebell/contracts/visit-frequencies.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideOwed, isUnsettled, owedAfter } from './owed.ts';
import type { MadeVisit, Owed, ResidentWorld } from './owed.ts';
import { periodAt } from './period.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** Monday 2026-03-09 00:00 in Shanghai. */
const monday = Date.UTC(2026, 2, 8, 16);
const timeZone = 'Asia/Shanghai';

function world(more: Partial<ResidentWorld>): ResidentWorld {
  return {
    nowMs: monday,
    timeZone,
    frequency: 'weekly',
    settings: visitDefaults,
    lookedAtMs: monday - day,
    absences: [],
    visits: [],
    signAtMs: null,
    owed: [],
    ...more,
  };
}
const visit = (atMs: number, more: Partial<MadeVisit> = {}): MadeVisit => ({
  id: `v${atMs}`,
  kind: 'in-person',
  isMet: true,
  reason: null,
  isCheckedIn: false,
  atMs,
  ...more,
});
const away = (fromMs: number, untilMs: number, kind: 'in-hospital' | 'away' | 'carer-present' = 'away') => ({
  id: `a${fromMs}`,
  kind,
  fromMs,
  untilMs,
});

/** Looks whenever the last decision asked to, and at the end. */
function live(start: ResidentWorld, untilMs: number, change: (nowMs: number) => Partial<ResidentWorld>) {
  let now = start;
  for (;;) {
    const { owed, nextAtMs } = decideOwed(now);
    if (now.nowMs >= untilMs) return owed;
    const nowMs = Math.min(nextAtMs ?? untilMs, untilMs);
    now = { ...now, ...change(nowMs), owed, lookedAtMs: now.nowMs, nowMs };
  }
}
const of = (owed: readonly Owed[], ref: string) => owed.find((one) => one.ref === ref);

describe('a weekly visit', () => {
  it('is owed from Monday to Monday by the clock on the wall, and at the end it is missed', () => {
    const { owed, nextAtMs } = decideOwed(world({}));
    expect(owed).toMatchObject([
      { cause: 'weekly', ref: '2026-03-09', fromMs: monday, untilMs: monday + 7 * day, phase: 'open' },
    ]);
    expect(nextAtMs).toBe(monday + 7 * day - 60_000);
    const later = decideOwed(world({ owed, nowMs: monday + 7 * day, lookedAtMs: monday - hour }));
    expect(later.owed).toMatchObject([
      { ref: '2026-03-09', phase: 'missed', tier: 'station' },
      { ref: '2026-03-16', phase: 'open' },
    ]);
  });
  it('is done by the first visit in person or by telephone, and not by a sensor alone', () => {
    const made = [visit(monday + day, { kind: 'sensor' }), visit(monday + 3 * day, { kind: 'phone' })];
    const { owed } = decideOwed(world({ nowMs: monday + 4 * day, visits: made }));
    expect(owed).toMatchObject([{ phase: 'done', kind: 'phone', visitId: made[1]?.id }]);
    const settings = {
      ...visitDefaults,
      fulfilledBy: { ...visitDefaults.fulfilledBy, weekly: ['in-person' as const] },
    };
    expect(decideOwed(world({ nowMs: monday + 4 * day, visits: made, settings })).owed).toMatchObject([
      { phase: 'open' },
    ]);
  });
  it('is done by a sign of life where that is the setting', () => {
    const fulfilledBy = { ...visitDefaults.fulfilledBy, weekly: ['in-person' as const, 'sensor' as const] };
    const settings = { ...visitDefaults, fulfilledBy };
    const { owed } = decideOwed(world({ nowMs: monday + day, settings, signAtMs: monday + hour }));
    expect(owed).toMatchObject([{ phase: 'done', kind: 'sensor', visitId: null }]);
  });
  it('remembers what a try met, and stays owed', () => {
    const tried = [visit(monday + hour, { isMet: false, reason: 'nobody-home' })];
    expect(decideOwed(world({ nowMs: monday + day, visits: tried })).owed).toMatchObject([
      { phase: 'open', tries: 1, whyNot: 'nobody-home' },
    ]);
  });
  it('is done after all when the visitor was without network and tells it after the week', () => {
    const { owed } = decideOwed(world({ nowMs: monday + 7 * day, lookedAtMs: monday - hour }));
    expect(of(owed, '2026-03-09')?.phase).toBe('missed');
    const told = decideOwed(
      world({
        owed,
        nowMs: monday + 8 * day,
        lookedAtMs: monday + 7 * day,
        visits: [visit(monday + 6 * day)],
      }),
    );
    expect(of(told.owed, '2026-03-09')).toMatchObject({ phase: 'done', tier: null });
  });
  it('goes up from the station to the street and the district until somebody makes up for it', () => {
    const end = monday + 7 * day;
    const tiers = [end, end + 24 * hour, end + 72 * hour].map((nowMs) => {
      const { owed } = decideOwed(world({ nowMs, lookedAtMs: monday - hour }));
      return of(owed, '2026-03-09')?.tier;
    });
    expect(tiers).toEqual(['station', 'street', 'district']);
    const made = decideOwed(
      world({ nowMs: end + 80 * hour, lookedAtMs: monday - hour, visits: [visit(end + 79 * hour)] }),
    );
    expect(of(made.owed, '2026-03-09')).toMatchObject({ phase: 'missed', tier: null });
    expect(made.owed.filter(isUnsettled)).toEqual([]);
  });
});

describe('a resident who is away', () => {
  it('is not due meanwhile, is due again when back, and is excused if away at the end', () => {
    const absences = [away(monday + day, monday + 3 * day, 'away')];
    const at = (nowMs: number) => decideOwed(world({ nowMs, absences })).owed[0]?.phase;
    expect([hour, 2 * day, 3 * day, 6 * day].map((ms) => at(monday + ms))).toEqual([
      'open',
      'excused',
      'open',
      'open',
    ]);
    const long = [away(monday + day, monday + 9 * day)];
    const { owed } = decideOwed(
      world({ nowMs: monday + 7 * day, lookedAtMs: monday - hour, absences: long }),
    );
    expect(owed).toMatchObject([
      { phase: 'excused', excuse: 'away' },
      { phase: 'excused', excuse: 'away' },
    ]);
  });
  it('is not missed in a week of which less than a day was left after the return', () => {
    const absences = [away(monday - day, monday + 6 * day + hour, 'in-hospital')];
    const { owed } = decideOwed(world({ nowMs: monday + 7 * day, lookedAtMs: monday - hour, absences }));
    expect(of(owed, '2026-03-09')).toMatchObject({ phase: 'excused', excuse: 'in-hospital' });
  });
  it('is due as ever while a carer is there', () => {
    const absences = [away(monday, monday + 9 * day, 'carer-present')];
    expect(decideOwed(world({ absences })).owed).toMatchObject([{ phase: 'open' }]);
  });
  it('is owed a visit within a day of coming back from hospital, once', () => {
    const absences = [away(monday + day, monday + 3 * day, 'in-hospital')];
    const owed = live(world({}), monday + 4 * day - 1, () => ({ absences }));
    expect(owed.filter(({ cause }) => cause === 'after-event')).toMatchObject([
      { fromMs: monday + 3 * day, untilMs: monday + 4 * day, phase: 'open' },
    ]);
  });
});

describe('a visit after a serious event', () => {
  it('is owed for a day, whatever the frequency, and excused while the resident lies in hospital', () => {
    const owed = [owedAfter('alarm:x', monday + hour, 24)];
    const later = monday + hour + day;
    expect(decideOwed(world({ owed, frequency: 'none', nowMs: later })).owed).toMatchObject([
      { cause: 'after-event', untilMs: later, phase: 'missed' },
    ]);
    const absences = [away(monday + 2 * hour, monday + 5 * day, 'in-hospital')];
    expect(decideOwed(world({ owed, absences, nowMs: later, frequency: 'none' })).owed).toMatchObject([
      { phase: 'excused', excuse: 'in-hospital' },
    ]);
  });
});

it('whoever comes on the last evening of a week is not missed in it', () => {
  const nowMs = monday + 7 * day - hour;
  const { owed } = decideOwed(world({ nowMs, lookedAtMs: null }));
  expect(owed).toMatchObject([{ phase: 'open' }]);
  const end = decideOwed(world({ owed, nowMs: monday + 7 * day, lookedAtMs: nowMs }));
  expect(of(end.owed, '2026-03-09')).toMatchObject({ phase: 'excused', excuse: 'new' });
});

it('weeks begin on Monday also where the clocks are changed', () => {
  const spring = Date.UTC(2026, 2, 29, 12);
  const week = periodAt('weekly', spring, 'Europe/Berlin');
  expect(new Date(week.fromMs).toISOString()).toBe('2026-03-22T23:00:00.000Z');
  expect(new Date(week.untilMs).toISOString()).toBe('2026-03-29T22:00:00.000Z');
  const quarter = periodAt('quarterly', spring, 'Europe/Berlin');
  expect([quarter.fromMs, quarter.untilMs].map((ms) => new Date(ms).toISOString())).toEqual([
    '2025-12-31T23:00:00.000Z',
    '2026-03-31T22:00:00.000Z',
  ]);
});

const frequencies = ['weekly', 'monthly', 'quarterly', 'none'] as const;
const happenings = fc.array(
  fc.oneof(
    fc.record({ is: fc.constant('frequency' as const), to: fc.constantFrom(...frequencies) }),
    fc.record({ is: fc.constant('visit' as const), isMet: fc.boolean() }),
    fc.record({ is: fc.constant('absence' as const), hours: fc.integer({ min: 1, max: 400 }) }),
    fc.record({ is: fc.constant('off' as const) }),
    fc.record({ is: fc.constant('nothing' as const) }),
  ),
  { minLength: 5, maxLength: 40 },
);

it('whoever is due has one visit of each period, whatever happens in between', () => {
  fc.assert(
    fc.property(happenings, fc.infiniteStream(fc.integer({ min: 1, max: 12 * 24 })), (list, steps) => {
      let now = world({ lookedAtMs: null });
      for (const happening of list) {
        const step = Number(steps.next().value) * hour;
        const untilMs = now.nowMs + step;
        // A hub that is off looks at nothing until it is back.
        let owed = [...now.owed];
        if (happening.is === 'off') {
          const { owed: before } = decideOwed(now);
          now = { ...now, owed: before, lookedAtMs: now.nowMs, nowMs: untilMs };
        } else {
          owed = live(now, untilMs, () => ({}));
          now = { ...now, owed, lookedAtMs: untilMs, nowMs: untilMs };
        }
        if (happening.is === 'frequency') now = { ...now, frequency: happening.to };
        if (happening.is === 'visit')
          now = { ...now, visits: [...now.visits, visit(untilMs, { isMet: happening.isMet })] };
        if (happening.is === 'absence')
          now = {
            ...now,
            absences: [...now.absences, away(untilMs, untilMs + happening.hours * hour, 'in-hospital')],
          };
        owed = decideOwed(now).owed;
        now = { ...now, owed };
        const { frequency } = now;
        const names = owed.map(({ cause, ref }) => `${cause} ${ref}`);
        expect(new Set(names).size).toBe(names.length);
        const current = owed.filter(
          ({ cause, fromMs, untilMs: end, phase }) =>
            cause !== 'after-event' && fromMs <= now.nowMs && now.nowMs < end && phase !== 'dropped',
        );
        const undone = current.filter(({ phase }) => phase !== 'done');
        expect(undone.every(({ cause }) => cause === frequency)).toBe(true);
        expect(current.filter(({ cause }) => cause === frequency)).toHaveLength(frequency === 'none' ? 0 : 1);
        // What is over is decided.
        for (const one of owed)
          if (one.untilMs <= now.nowMs) expect(['done', 'missed', 'excused', 'dropped']).toContain(one.phase);
      }
    }),
    { numRuns: 200 },
  );
});
