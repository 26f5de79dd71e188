import type { AlarmTimes, DeadLetter, Erasure } from '@carebell/contracts/history.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { Page, PageQuery } from '../http-api/page.ts';
import type { AlarmWay } from './response-times.ts';

type Span = { fromMs: number; toMs: number };

/** What the history's pages need of the journal and the registry, read beside the transactions. */
export type HistoryReads = {
  /** Of alarms that people answer: technical ones are left out. */
  alarmWays(
    query: Span & { scope: Scope; stationId?: string | undefined; limit: number },
  ): Promise<AlarmWay[]>;
  alarmTimes(
    query: Span &
      PageQuery & { scope: Scope; stationId?: string | undefined; residentId?: string | undefined },
  ): Promise<Page<AlarmTimes>>;
  deadLetters(query: PageQuery & { scope: Scope }): Promise<Page<DeadLetter>>;
  erasures(query: PageQuery & { scope: Scope }): Promise<Page<Erasure>>;
};
