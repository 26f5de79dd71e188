import type { AlarmTimes, DeadLetter, Erasure } from '@carebell/contracts/history.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { Page, PageQuery } from '../http-api/page.ts';
import type { ErasurePorts } from './erasures.ts';
import type { AlarmWay } from './response-times.ts';

export type JournalLine = {
  seq: number;
  at: string;
  type: string;
  deviceId: string | null;
  kind: string | null;
  body: unknown;
};

/** What is held about a resident besides alarms, journal and history. */
export const copyParts = [
  'dwelling',
  'absences',
  'careBeds',
  'requests',
  'visits',
  'visitsOwed',
  'visitFollowUps',
  'visitPlan',
  'campaignCalls',
  'rules',
  'drills',
] as const;
export type CopyPart = (typeof copyParts)[number];

type Span = { fromMs: number; toMs: number };

/** What the history's pages need of the journal and the registry, read beside the transactions. */
export type HistoryReads = ErasurePorts['reads'] & {
  /** Of alarms that people answer: technical ones are left out. */
  alarmWays(
    query: Span & { scope: Scope; stationId?: string | undefined; limit: number },
  ): Promise<AlarmWay[]>;
  alarmTimes(
    query: Span &
      PageQuery & { scope: Scope; stationId?: string | undefined; residentId?: string | undefined },
  ): Promise<Page<AlarmTimes>>;
  deadLetters(query: PageQuery & { scope: Scope }): Promise<Page<DeadLetter>>;
  /** What stands in the journal about a resident, part by part, as it was written. */
  journalOf(residentId: string): AsyncIterable<JournalLine[]>;
  /** One part of the copy that a resident may ask for, some at a time. */
  copyOf(part: CopyPart, residentId: string): AsyncIterable<object[]>;
  erasures(query: PageQuery & { scope: Scope }): Promise<Page<Erasure>>;
};
