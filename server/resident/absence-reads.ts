import type { Absence, AbsencePhase } from '@carebell/contracts/absence.ts';
import type { ShownAbsence } from '@carebell/contracts/absence-list.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { Page, PageQuery } from '../http-api/page.ts';

export type AbsenceListQuery = PageQuery & {
  scope: Scope;
  stationId?: string | undefined;
  phase: Exclude<AbsencePhase, 'over'>;
};

export type AbsenceReads = {
  absence(id: string): Promise<Absence | undefined>;
  /** Running and planned ones first, then the past ones, the latest first. */
  absencesOf(residentId: string, limit: number): Promise<Absence[]>;
  /** In the order in which they end. */
  absences(query: AbsenceListQuery): Promise<Page<ShownAbsence>>;
  /** Whether one begins or ends by now. */
  isAnyDue(nowMs: number): Promise<boolean>;
};
