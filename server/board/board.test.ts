import type { BoardNumbers } from '@carebell/contracts/boards.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrganisationEntry } from '../device/directory.ts';
import { noFacts } from './board-facts.ts';
import type { BoardFacts } from './board-facts.ts';
import { boardNumbers } from './board-numbers.ts';
import { casesToLookAt, childrenOf } from './board.ts';

const nowMs = Date.UTC(2026, 2, 14, 12);
const organisation = (
  id: string,
  level: OrganisationEntry['level'],
  parentId: string,
): OrganisationEntry => ({
  id,
  level,
  parentId,
  name: id,
});
/** A station may stand below a district or the root. */
const organisations = [
  organisation('north', 'district', 'root'),
  organisation('south', 'district', 'root'),
  organisation('n1', 'street', 'north'),
  organisation('n2', 'street', 'north'),
  organisation('a', 'station', 'n1'),
  organisation('b', 'station', 'n1'),
  organisation('c', 'station', 'n2'),
  organisation('d', 'station', 'north'),
  organisation('alone', 'station', 'root'),
];
const byId = new Map(organisations.map((one) => [one.id, one]));
function lineage(id: string | null): OrganisationEntry[] {
  const one = id === null ? undefined : byId.get(id);
  return one === undefined ? [] : [one, ...lineage(one.parentId)];
}
const tree = { organisations, lineage };

const count = fc.nat(20);
const stationPlace = fc.record({
  organisationId: fc.constantFrom('a', 'b', 'c', 'd', 'alone', null),
  grid: fc.constantFrom('1', '2', null),
});
const ago = fc.option(fc.integer({ min: 0, max: 400_000 }), { nil: null });
const facts: fc.Arbitrary<BoardFacts> = fc.record({
  cases: fc.array(
    fc
      .record({
        place: stationPlace,
        pressedAgoMs: fc.integer({ min: 0, max: 600_000 }),
        answeredAfterMs: ago,
        onSiteAfterMs: ago,
        isClosed: fc.boolean(),
        disposition: fc.constantFrom('false-alarm', 'test', 'helped-by-phone', 'responder-helped'),
        missed: fc.subarray(['answer', 'on-site', 'closing']),
        isDrill: fc.boolean(),
        isTestMode: fc.boolean(),
        isReviewed: fc.boolean(),
        score: fc.option(fc.integer({ min: 1, max: 5 }), { nil: null }),
      })
      .map(({ place, ...one }) => {
        const pressedAtMs = nowMs - one.pressedAgoMs;
        const after = (ms: number | null) => (ms === null ? null : pressedAtMs + ms);
        return {
          ...place,
          alarmId: `${pressedAtMs}`,
          stationId: place.organisationId,
          kind: 'help',
          priority: 'emergency',
          deviceId: 'b1',
          pressedAtMs,
          receivedAtMs: pressedAtMs,
          storedAtMs: pressedAtMs,
          displayedAtMs: pressedAtMs,
          acknowledgedAtMs: after(one.answeredAfterMs),
          onSiteAtMs: after(one.onSiteAfterMs),
          closedAtMs: one.isClosed ? nowMs : null,
          disposition: one.isClosed ? one.disposition : null,
          missed: one.missed.map((deadline) => ({ deadline, reason: 'nobody-answered' })),
          asked: { score: one.score },
          isDrill: one.isDrill,
          isTestMode: one.isTestMode,
          isReviewed: one.isReviewed,
        } as unknown as BoardFacts['cases'][number];
      }),
    { maxLength: 30 },
  ),
  devices: fc.array(
    fc
      .record({
        place: stationPlace,
        all: count,
        expected: count,
        heard: count,
        notYet: count,
        lowBattery: count,
        buttons: count,
        tested: count,
      })
      .map(({ place, ...tally }) => ({ ...place, ...tally })),
    { maxLength: 12 },
  ),
  residents: fc.array(
    fc.record({ place: stationPlace, count }).map(({ place, ...one }) => ({ ...place, ...one })),
    { maxLength: 12 },
  ),
  users: fc.array(
    fc.record({
      organisationId: fc.constantFrom('root', 'north', 'n1', 'a', 'd', 'alone'),
      grid: fc.constant(null),
      all: count,
      loggedIn: count,
      lastLogInMs: fc.option(fc.nat(nowMs), { nil: null }),
    }),
    { maxLength: 8 },
  ),
  requests: fc.array(
    fc
      .record({
        place: stationPlace,
        kind: fc.constantFrom('taxi', 'meal'),
        askedBy: fc.constantFrom('press', 'phone'),
        phase: fc.constantFrom('asked', 'taken', 'arranged', 'done', 'refused', 'cancelled'),
        missed: fc.subarray(['taken', 'arranged']),
        isTaken: fc.boolean(),
        isArranged: fc.boolean(),
        score: fc.option(fc.integer({ min: 1, max: 5 }), { nil: null }),
      })
      .map(({ place, ...one }) => ({ ...place, ...one }) as unknown as BoardFacts['requests'][number]),
    { maxLength: 12 },
  ),
  visits: fc.array(
    fc
      .record({
        place: stationPlace,
        phase: fc.constantFrom('open', 'done', 'missed', 'excused'),
        kind: fc.constantFrom('in-person', 'phone', 'sensor'),
        isCheckedIn: fc.boolean(),
        settledAtMs: fc.constantFrom(null, 5),
        tier: fc.constantFrom('station', 'street', 'district'),
        whyNot: fc.constantFrom(null, 'nobody-home', 'refused'),
        signAtMs: fc.constantFrom(null, 5),
      })
      .map(({ place, ...one }) => ({ ...place, ...one }) as unknown as BoardFacts['visits'][number]),
    { maxLength: 12 },
  ),
  stations: fc.array(
    fc.record({
      organisationId: fc.constantFrom('a', 'b', 'c', 'd', 'alone'),
      grid: fc.constant(null),
      hasScreen: fc.boolean(),
      lastHandOverMs: fc.option(fc.nat(nowMs), { nil: null }),
    }),
    { maxLength: 5 },
  ),
});

/** Every number that counts something, by where it stands; shares, means and percentiles are no counts. */
function countsIn(numbers: object, path = ''): [string, number][] {
  return Object.entries(numbers).flatMap(([key, value]: [string, unknown]) => {
    const here = `${path}${key}`;
    if (/share|mean|Ms$|At$/.test(key)) return [];
    if (typeof value === 'number') return [[here, value] as [string, number]];
    if (Array.isArray(value))
      return (value as { count?: number; numbers?: object }[]).flatMap(({ count: n, numbers, ...named }) =>
        countsIn(numbers === undefined ? { n } : { numbers }, `${here}.${JSON.stringify(named)}.`),
      );
    return value === null || typeof value !== 'object' ? [] : countsIn(value, `${here}.`);
  });
}

function total(parts: readonly BoardNumbers[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [name, value] of parts.flatMap((part) => countsIn(part)))
    sums.set(name, (sums.get(name) ?? 0) + value);
  return new Map([...sums].filter(([, sum]) => sum !== 0));
}

/** Those of one organisation and all below it, as the reads answer them. */
function within(all: BoardFacts, id: string): BoardFacts {
  const isWithin = ({ organisationId }: { organisationId: string | null }): boolean =>
    id === 'root' || lineage(organisationId).some((above) => above.id === id);
  return {
    cases: all.cases.filter(isWithin),
    devices: all.devices.filter(isWithin),
    residents: all.residents.filter(isWithin),
    users: all.users.filter(isWithin),
    requests: all.requests.filter(isWithin),
    visits: all.visits.filter(isWithin),
    stations: all.stations.filter(isWithin),
  };
}

describe('the numbers of a board', () => {
  it('are at every level the sum of those of its children and the rest', () => {
    fc.assert(
      fc.property(facts, fc.constantFrom('root', 'north', 'n1', 'n2', 'south', 'a', 'alone'), (all, id) => {
        const own = within(all, id);
        const isStation = byId.get(id)?.level === 'station';
        const children = childrenOf({ id, isStation }, own, tree, nowMs);
        const parent = boardNumbers(own, { nowMs, hasUse: !isStation });
        expect(total(children.map(({ numbers }) => numbers))).toEqual(total([parent]));
        for (const child of children)
          if (child.of === 'organisation')
            expect(child.numbers).toEqual(boardNumbers(within(all, child.id ?? ''), { nowMs, hasUse: true }));
      }),
      { numRuns: 300 },
    );
  });

  it('show every child, also one in which nothing happened, in the order of their names', () => {
    const children = childrenOf({ id: 'north', isStation: false }, noFacts, tree, nowMs);
    expect(children.map(({ id, numbers }) => [id, numbers.cases.cases])).toEqual([
      ['d', 0],
      ['n1', 0],
      ['n2', 0],
    ]);
  });

  it('name the open alarms first, then those that missed a deadline, and no others', () => {
    const samples = fc.sample(facts, { numRuns: 50, seed: 7 });
    const sample = { ...samples[0]!, cases: samples.flatMap(({ cases }) => cases) };
    const shown = casesToLookAt(sample);
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.every(({ isOpen, missed }) => isOpen || missed > 0)).toBe(true);
    expect(shown.findLastIndex(({ isOpen }) => isOpen)).toBeLessThan(
      shown.findIndex(({ isOpen }) => !isOpen),
    );
  });
});
