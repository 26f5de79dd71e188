import type { AlarmState } from '../alarm/alarm-state.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { Page, PageQuery } from '../http-api/page.ts';
import type { DrillRecord } from './drill-store.ts';

export type DrillRow = DrillRecord & {
  stationName: string;
  plannedByName: string;
  state: AlarmState | null;
  /** The steps of its alarm, in their order. */
  steps: readonly { atMs: number; body: string }[];
};

export type DrillReads = {
  drills(query: PageQuery & { scope: Scope; stationId?: string | undefined }): Promise<Page<DrillRow>>;
  drill(id: string): Promise<DrillRow | undefined>;
  /** Whether one is planned whose time has come. */
  isAnyDue(nowMs: number): Promise<boolean>;
};
