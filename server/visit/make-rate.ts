import type { VisitRate } from '@carebell/contracts/visit-rate.ts';
import type { VisitCause } from '@carebell/contracts/visit-frequencies.ts';
import { covers } from '../care-station/organisation-scope.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import { instant, instantOrNull } from '../clock.ts';
import type { Directory } from '../device/directory.ts';
import { dayNumber, dayOf, localDay } from '../duty/rota.ts';
import { periodAround } from './period.ts';
import type { Period } from './period.ts';
import { visitNumbersOf, whyNotOf } from './rate.ts';
import type { RateRow, VisitReads } from './visit-reads.ts';

export type RatePorts = {
  reads: Pick<VisitReads, 'owedBetween' | 'countsBetween'>;
  directory: Pick<Directory, 'organisations' | 'lineage'>;
  timeZone: string;
};

const periodsBefore = 7;
const shownAtMost = 2_000;

/** The visit rate of one period for a part of the organisation: in total, by organisation, by grid, and who is missing. */
export async function visitRate(
  { reads, directory, timeZone }: RatePorts,
  call: { cause: VisitCause; day: string | undefined; scope: Scope; nowMs: number },
): Promise<VisitRate> {
  const { cause, scope, nowMs } = call;
  const day = call.day === undefined ? localDay(nowMs, timeZone) : dayNumber(call.day);
  const around = (at: number): Period =>
    periodAround(cause === 'after-event' ? 'weekly' : cause, at, timeZone);
  const period = around(day);
  const { fromMs, untilMs } = period;
  const rows = await reads.owedBetween({ cause, fromMs, untilMs, scope });
  const organisations = [...directory.organisations()]
    .filter(({ id }) => covers(scope, id))
    .map(({ id, name, level, parentId }) => {
      const own = rows.filter(({ stationId }) =>
        directory.lineage(stationId).some((above) => above.id === id),
      );
      return { id, name, level, parentId, numbers: visitNumbersOf(own) };
    });
  const before: VisitRate['before'] = [];
  for (let at = period; before.length < periodsBefore;) {
    at = around(at.firstDay - 1);
    const counts = await reads.countsBetween({ cause, fromMs: at.fromMs, untilMs: at.untilMs, scope });
    const share = counts.due === 0 ? null : counts.done / counts.due;
    before.unshift({ firstDay: dayOf(at.firstDay), ...counts, share });
  }
  return {
    cause,
    firstDay: dayOf(period.firstDay),
    lastDay: dayOf(period.untilDay - 1),
    from: instant(fromMs),
    to: instant(untilMs),
    madeAt: instant(nowMs),
    timeZone,
    all: visitNumbersOf(rows),
    organisations,
    grids: gridsOf(rows),
    notVisited: notVisitedOf(rows),
    before,
  };
}

function gridsOf(rows: readonly RateRow[]): VisitRate['grids'] {
  const groups = new Map<string, RateRow[]>();
  for (const row of rows) {
    const key = `${row.stationId}\n${row.grid ?? ''}`;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()]
    .flatMap(([first, ...rest]) =>
      first
        ? [{ stationId: first.stationId, grid: first.grid, numbers: visitNumbersOf([first, ...rest]) }]
        : [],
    )
    .toSorted((a, b) => a.stationId.localeCompare(b.stationId) || (a.grid ?? '').localeCompare(b.grid ?? ''));
}

const order = ['missed', 'open', 'excused'] as const;

function notVisitedOf(rows: readonly RateRow[]): VisitRate['notVisited'] {
  return order
    .flatMap((phase) =>
      rows
        .filter((row) => row.phase === phase)
        .map((row) => ({
          residentId: row.residentId,
          residentName: row.residentName,
          address: row.address,
          stationId: row.stationId,
          grid: row.grid,
          phase,
          until: instant(row.untilMs),
          absence: row.absence,
          whyNot: whyNotOf(row),
          tries: row.tries,
          lastSignAt: instantOrNull(row.signAtMs),
          escalatedTo: row.settledAtMs === null ? row.tier : null,
        })),
    )
    .slice(0, shownAtMost);
}
