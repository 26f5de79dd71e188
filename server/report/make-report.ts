import type { Report } from '@carebell/contracts/report.ts';
import { covers } from '../care-station/organisation-scope.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import { instant } from '../clock.ts';
import type { Directory } from '../device/directory.ts';
import { careOf } from './care.ts';
import type { CareFacts } from './care.ts';
import type { CaseFacts } from './case-facts.ts';
import { reportOf } from './report.ts';
import { spanOf } from './report-span.ts';

type Place = {
  directory: Pick<Directory, 'organisation' | 'organisations' | 'lineage' | 'device'>;
  timeZone: string;
};

/** The report of one part of the organisation from the facts of its cases, as it is counted at this instant. */
export function makeReport(
  facts: readonly CaseFacts[],
  { month, scope, nowMs }: { month: string | undefined; scope: Scope; nowMs: number },
  { directory, timeZone }: Place,
  /** Left out of a report of one priority. */
  care?: CareFacts,
): Report {
  const span = spanOf(month, nowMs, timeZone);
  const place = {
    organisations: [...directory.organisations()].filter(({ id }) => covers(scope, id)),
    lineageOf: (id: string) =>
      directory.lineage(id).flatMap((above) => directory.organisation(above.id) ?? []),
    deviceName: (id: string) => directory.device(id)?.name ?? '',
  };
  return {
    month: month ?? null,
    from: instant(span.fromMs),
    to: instant(span.toMs),
    madeAt: instant(nowMs),
    timeZone,
    ...reportOf(facts, place, nowMs),
    ...(care === undefined ? {} : { care: careOf(care, place) }),
  };
}
