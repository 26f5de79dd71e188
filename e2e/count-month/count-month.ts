import type { Report } from '@carebell/contracts/report.ts';
import { rootOrganisationId } from '@carebell/contracts/roles.ts';
import { alarmKinds } from '@carebell/contracts/alarm-kinds.ts';
import { casesIn, countCases } from './cases.ts';
import type { Case } from './cases.ts';
import type { Place, Records } from './journal.ts';
import { countRequests, requestsIn } from './requests.ts';
import { countVisits, owedVisits } from './visits.ts';

/** One number that is not the same: where it stands, what the hub says, what was counted. */
export type Difference = { where: string; hub: unknown; counted: unknown };
export type Comparison = { numbers: number; differences: Difference[] };

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Counts the month of an organisation's report anew from the records, as they stood when it was made, and lays both side by side. */
export function compareReport(records: Records, report: Report, ofId: string): Comparison {
  const nowMs = Date.parse(report.madeAt);
  const span = { fromMs: Date.parse(report.from), toMs: Date.parse(report.to) };
  const places = records.places();
  const cases = casesIn(records.entries('alarm', nowMs));
  const pressed = cases.filter(({ pressed: at }) => at >= span.fromMs && at < span.toMs);
  const testAlarms = new Set(cases.filter(({ isTest }) => isTest).map(({ id }) => id));
  const requests = requestsIn(records.entries('request', nowMs), testAlarms).filter(
    ({ askedMs }) => askedMs >= span.fromMs && askedMs < span.toMs,
  );
  const first = Math.min(...cases.map(({ stored }) => stored), nowMs);
  const mondays = mondaysBetween(span, report.timeZone);
  const visits = owedVisits(records, cases, { nowMs, beganMs: first, mondays }).filter(
    ({ fromMs }) => fromMs >= span.fromMs && fromMs < span.toMs,
  );
  const reviewed = records.reviewed(nowMs);

  const found: Comparison = { numbers: 0, differences: [] };
  const isIn = (placeId: string) => (stationId: string | null) =>
    placeId === rootOrganisationId || (stationId !== null && isBelow(stationId, placeId, places));
  const compareCases = (where: string, placeId: string, numbers: unknown): void => {
    const own = pressed.filter(({ stationId }) => isIn(placeId)(stationId));
    compare(found, where, numbers, countCases(own, nowMs, reviewed));
  };
  compareCases('all', ofId, report.all);
  for (const { id, numbers } of report.organisations) compareCases(id, id, numbers);
  for (const care of report.care ?? []) {
    const placeId = care.organisationId ?? ofId;
    const where = care.organisationId ?? 'all';
    const mine = isIn(placeId);
    compare(
      found,
      `${where} requests`,
      care.requests,
      countRequests(requests.filter(({ stationId }) => mine(stationId))),
    );
    const { due, done, missed, open, excused, byKind, checkedIn } = care.visits;
    const { phone: byPhone, 'in-person': inPerson } = byKind;
    const told = { due, done, missed, open, excused, inPerson, byPhone, checkedIn };
    compare(found, `${where} visits`, told, countVisits(visits.filter(({ stationId }) => mine(stationId))));
  }
  compare(
    found,
    'slow',
    report.slow.map(({ alarmId }) => alarmId).toSorted(),
    slowest(
      pressed.filter(({ stationId }) => isIn(ofId)(stationId)),
      nowMs,
    ).toSorted(),
  );
  return found;
}

/** Answered after three minutes, or not yet and pressed longer ago. */
function slowest(cases: readonly Case[], nowMs: number): string[] {
  return cases
    .filter(
      ({ kind, isDrill, isTest, closed }) =>
        alarmKinds[kind].priority !== 'technical' && !isDrill && !isTest && closed?.disposition !== 'test',
    )
    .filter(({ answered, pressed }) => Math.max(0, (answered ?? nowMs) - pressed) > 180_000)
    .map(({ id }) => id);
}

function isBelow(id: string, placeId: string, places: readonly Place[]): boolean {
  for (let at: string | null = id; at !== null;) {
    if (at === placeId) return true;
    const here: string = at;
    at = places.find((place) => place.id === here)?.parentId ?? null;
  }
  return false;
}

/** The midnights with which weeks begin, by the clocks on the wall. */
function mondaysBetween({ fromMs, toMs }: { fromMs: number; toMs: number }, timeZone: string): number[] {
  const wall = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    hourCycle: 'h23',
  });
  const mondays: number[] = [];
  for (let atMs = fromMs; atMs < toMs; atMs += hourMs) {
    const parts = wall.formatToParts(atMs);
    const isMonday = parts.some(({ type, value }) => type === 'weekday' && value === 'Mon');
    const isMidnight = parts.some(({ type, value }) => type === 'hour' && value === '00');
    if (isMonday && isMidnight && atMs - (mondays.at(-1) ?? -Infinity) > dayMs) mondays.push(atMs);
  }
  return mondays;
}

/** Leaf by leaf, so that a difference is named; of a list each entry is one, whatever its place. */
function compare(found: Comparison, where: string, hub: unknown, counted: unknown): void {
  const [left, right] = [leavesOf(hub), leavesOf(counted)];
  for (const key of new Set([...left.keys(), ...right.keys()])) {
    found.numbers += 1;
    const [told, mine] = [left.get(key), right.get(key)];
    const isSame =
      typeof told === 'number' && typeof mine === 'number' ? Math.abs(told - mine) < 1e-9 : told === mine;
    if (!isSame) found.differences.push({ where: `${where} ${key}`, hub: told, counted: mine });
  }
}

function leavesOf(value: unknown, path = ''): Map<string, unknown> {
  if (typeof value !== 'object' || value === null) return new Map([[path, value]]);
  const entries = Array.isArray(value)
    ? value.map((item) => [JSON.stringify(item), true] as const)
    : Object.entries(value);
  return new Map(entries.flatMap(([key, item]) => [...leavesOf(item, path === '' ? key : `${path}.${key}`)]));
}
