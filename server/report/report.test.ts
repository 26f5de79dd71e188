import { describe, expect, it } from 'vitest';
import type { OrganisationEntry } from '../device/directory.ts';
import type { CaseFacts } from './case-facts.ts';
import { reportOf } from './report.ts';
import { spanOf } from './report-span.ts';

const nowMs = Date.UTC(2026, 2, 14, 12);
const place = (id: string, level: OrganisationEntry['level'], parentId: string): OrganisationEntry => ({
  id,
  level,
  parentId,
  name: id,
});
const organisations = [
  place('a', 'station', 'street'),
  place('b', 'station', 'street'),
  place('street', 'street', 'district'),
  place('district', 'district', 'root'),
];
const above = { a: ['a', 'street', 'district'], b: ['b', 'street', 'district'] };
const lineageOf = (id: string) =>
  above[id as 'a'].map((one) => organisations.find((organisation) => organisation.id === one)!);

let made = 0;
function fact(changes: Partial<CaseFacts> & { answeredMs?: number | null; agoMs?: number }): CaseFacts {
  made += 1;
  const { answeredMs = 20_000, agoMs = 3_600_000, ...rest } = changes;
  const pressedAtMs = nowMs - agoMs;
  return {
    alarmId: `alarm-${made}`,
    stationId: 'a',
    kind: 'help',
    priority: 'emergency',
    deviceId: 'b1',
    pressedAtMs,
    receivedAtMs: pressedAtMs,
    storedAtMs: pressedAtMs,
    displayedAtMs: pressedAtMs,
    acknowledgedAtMs: answeredMs === null ? null : pressedAtMs + answeredMs,
    onSiteAtMs: null,
    closedAtMs: nowMs,
    disposition: 'helped-by-phone',
    missed: [],
    asked: null,
    isDrill: false,
    isTestMode: false,
    isReviewed: false,
    ...rest,
  };
}

const report = (facts: readonly CaseFacts[]) =>
  reportOf(facts, { organisations, lineageOf, deviceName: (id) => `name of ${id}` }, nowMs);

describe('the numbers', () => {
  it('count at each organisation what happened at and below it', () => {
    const { all, organisations: places } = report([
      fact({ stationId: 'a' }),
      fact({ stationId: 'b', answeredMs: 90_000 }),
      fact({ stationId: null }),
    ]);
    expect(all.cases).toBe(3);
    expect(places.map(({ id, numbers }) => [id, numbers.cases, numbers.within60s.met])).toEqual([
      ['district', 2, 1],
      ['street', 2, 1],
      ['a', 1, 1],
      ['b', 1, 0],
    ]);
  });

  it('leave out drills, tests and equipment, and say how many tests there were', () => {
    const { all } = report([
      fact({}),
      fact({ isDrill: true, answeredMs: 500_000 }),
      fact({ isTestMode: true, disposition: 'false-alarm' }),
      fact({ disposition: 'test', answeredMs: 500_000 }),
      fact({ kind: 'battery-low', priority: 'technical', answeredMs: null }),
    ]);
    expect(all).toMatchObject({ cases: 1, tests: 2, within60s: { of: 1, met: 1, share: 1 } });
  });

  it('hold nobody to a time that has not passed yet, and count who still waits after it', () => {
    const waiting = { answeredMs: null, closedAtMs: null, disposition: null };
    const { all, slow } = report([
      fact({ ...waiting, agoMs: 30_000 }),
      fact({ ...waiting, agoMs: 100_000 }),
      fact({ ...waiting, agoMs: 200_000 }),
      fact({ answeredMs: 181_000 }),
    ]);
    expect(all.within60s).toEqual({ of: 3, met: 0, share: 0 });
    expect(all.within180s).toEqual({ of: 2, met: 0, share: 0 });
    expect(all.open).toBe(3);
    expect(slow.map(({ answeredAfterMs }) => answeredAfterMs)).toEqual([null, 181_000]);
  });

  it('take a second too late as too late, and an answer before the press as at once', () => {
    const { all } = report([
      fact({ answeredMs: 60_000 }),
      fact({ answeredMs: 60_001 }),
      fact({ answeredMs: -5_000 }),
    ]);
    expect(all.within60s).toMatchObject({ of: 3, met: 2 });
    expect(all.hops.answered).toMatchObject({ count: 3, p50Ms: 60_000, maxMs: 60_001 });
  });

  it('name the devices that raised false alarms, the worst first', () => {
    const wrong = { disposition: 'false-alarm' } as const;
    const { devices, all } = report([
      fact({ deviceId: 'b1', ...wrong }),
      fact({ deviceId: 'b2', ...wrong }),
      fact({ deviceId: 'b2', ...wrong }),
      fact({ deviceId: 'b3' }),
    ]);
    expect(all.falseAlarms).toBe(3);
    expect(devices).toMatchObject([
      { deviceId: 'b2', name: 'name of b2', cases: 2, falseAlarms: 2 },
      { deviceId: 'b1', falseAlarms: 1 },
    ]);
  });

  it('say nothing of shares that nobody could have', () => {
    expect(report([]).all).toMatchObject({ within60s: { share: null }, onSite: { share: null }, hops: {} });
  });
});

describe('the time of a report', () => {
  it('is a month by the clock on the wall', () => {
    const { fromMs, toMs } = spanOf('2026-02', nowMs, 'Asia/Shanghai');
    expect([fromMs, toMs].map((ms) => new Date(ms).toISOString())).toEqual([
      '2026-01-31T16:00:00.000Z',
      '2026-02-28T16:00:00.000Z',
    ]);
    expect(spanOf('2026-12', nowMs, 'UTC').toMs).toBe(Date.UTC(2027, 0));
  });

  it('is the last 24 hours without one', () => {
    expect(spanOf(undefined, nowMs, 'Asia/Shanghai')).toEqual({
      fromMs: nowMs - 86_400_000,
      toMs: nowMs + 1,
    });
  });
});
