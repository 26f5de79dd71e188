import { rootOrganisationId } from '@carebell/contracts/roles.ts';
import { covers, scopeOf } from '../care-station/organisation-scope.ts';
import type { Clock } from '../clock.ts';
import type { Directory } from '../device/directory.ts';
import type { Gate } from '../journal/gate.ts';
import { lookEvery } from '../journal/recurring-look.ts';
import { careWithin, gatherCare } from './care.ts';
import type { CareReads } from './care.ts';
import { gatherFacts } from './gather.ts';
import { makeReport } from './make-report.ts';
import { monthAfter, monthOf, monthsDue } from './months.ts';
import type { MonthlyReads } from './monthly-store.ts';
import type { ReportReads } from './report-reads.ts';
import type { VisitReads } from '../visit/visit-reads.ts';
import { spanOf } from './report-span.ts';

export type MonthlyWatchPorts = {
  gate: Pick<Gate, 'commit' | 'store'>;
  clock: Pick<Clock, 'now' | 'every'>;
  directory: Pick<Directory, 'organisation' | 'organisations' | 'lineage' | 'device'>;
  reads: CareReads & {
    visits: Pick<VisitReads, 'isAnyToLookAt'>;
    report: ReportReads;
    monthly: MonthlyReads;
  };
  timeZone: string;
  troubled(event: string, error: unknown): void;
};

/** Nobody waits for a report at midnight. */
const lookEveryMs = 60_000;

/** Makes the reports of a month when it is over, or when the hub is there again. What is half made is gone on with. */
export function watchMonths(ports: MonthlyWatchPorts): { look(): Promise<void>; stop(): void } {
  const { gate, clock, directory, reads, timeZone } = ports;
  async function look(isStopped = () => false): Promise<void> {
    const months = monthsDue({
      nowMs: clock.now(),
      timeZone,
      firstAtMs: await reads.monthly.firstAtMs(),
      stored: await reads.monthly.storedMonths(),
    });
    for (const month of months) {
      // A hub that was off while the month ended must first see which visits were missed until then.
      if (await reads.visits.isAnyToLookAt(spanOf(month, clock.now(), timeZone).toMs)) return;
      await makeAll(month, isStopped);
    }
  }

  async function makeAll(month: string, isStopped: () => boolean): Promise<void> {
    const nowMs = clock.now();
    const everything = { ...spanOf(month, nowMs, timeZone), scope: 'all' } as const;
    const facts = await gatherFacts(reads.report, everything);
    const care = await gatherCare(reads, everything);
    const isLatest = month === monthAfter(monthOf(nowMs, timeZone), -1);
    const ids = [...directory.organisations()].map(({ id }) => id);
    for (const organisationId of [...ids, rootOrganisationId]) {
      if (isStopped()) return;
      const scope = scopeOf(organisationId, directory.organisations());
      const own = scope === 'all' ? facts : facts.filter(({ stationId }) => covers(scope, stationId));
      const ownCare = scope === 'all' ? care : careWithin(care, (stationId) => covers(scope, stationId));
      const report = makeReport(own, { month, scope, nowMs }, { directory, timeZone }, ownCare);
      // Each in a transaction of its own, so that what devices say comes between.
      await gate.commit('storeMonthlyReport', {
        month,
        organisationId,
        report: JSON.stringify(report),
        isLatest,
      });
    }
  }

  const failed = (error: unknown): void => ports.troubled('report.month-failed', error);
  return { look, ...lookEvery({ gate, clock, everyMs: lookEveryMs, look, failed }) };
}
