import type { Scope } from '../care-station/organisation-scope.ts';
import type { JournalStep } from './case-facts.ts';

export type StepsQuery = {
  fromMs: number;
  /** Not included. */
  toMs: number;
  scope: Scope;
  /** The last alarm of the page before. */
  after?: { pressedAtMs: number; alarmId: string } | undefined;
  limit: number;
};

export type ReportReads = {
  /** The counted steps of the next alarms that were pressed in this time, and where the page after goes on. */
  steps(query: StepsQuery): Promise<{
    steps: JournalStep[];
    /** Those of these alarms whose missed deadlines a supervisor has looked at. */
    reviewed: ReadonlySet<string>;
    next: StepsQuery['after'];
  }>;
};
