import type {
  CommissioningLine,
  CommissioningPoint,
  CommissioningRecord as Signed,
  Retest,
} from '@carebell/contracts/commissioning.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { Page, PageQuery } from '../http-api/page.ts';
import type { CheckRecord, CommissioningRecord, PointRecord, RetestRecord } from './commissioning-record.ts';
import type { Heard } from './evaluate.ts';
import type { ChangeLine } from './retest.ts';
import type { DeviceFacts } from './settled.ts';

type Of = {
  scope: Scope;
  stationId?: string | undefined;
  dwellingId?: string | undefined;
  deviceId?: string | undefined;
};

/** A commissioning with everything that stands in it, as it was entered. */
export type CommissioningFile = {
  record: CommissioningRecord;
  line: CommissioningLine;
  checks: CheckRecord[];
  devices: DeviceFacts[];
  points: PointRecord[];
  /** The names of the people in it, by their identifiers. */
  names: Record<string, string>;
  test: { id: string; endsAtMs: number } | null;
};

export type CommissioningReads = {
  commissionings(
    query: PageQuery & Of & { state: CommissioningRecord['state'] | 'all'; startedBy?: string | undefined },
  ): Promise<Page<CommissioningLine>>;
  file(id: string): Promise<CommissioningFile | undefined>;
  openIds(): Promise<string[]>;
  /** What was heard of a device since the journal stood there. */
  heard(
    deviceId: string,
    since: { seq: number; atMs: number; exceptUserId: string },
  ): Promise<Omit<Heard, 'feedMs'>>;
  signed(id: string): Promise<(Omit<Signed, 'holds'> & { stationId: string }) | undefined>;
  points(query: PageQuery & Of & { state: 'open' | 'done' }): Promise<Page<CommissioningPoint>>;
  point(id: string): Promise<CommissioningPoint | undefined>;
  retests(query: PageQuery & Of): Promise<Page<Retest>>;
  /** Lines after the place up to which they were read, and up to where these go; none the first time. */
  changes(): Promise<{ lines: ChangeLine[]; fromSeq: number | null; untilSeq: number }>;
  marked(): Promise<RetestRecord[]>;
  /** Whether a device said what it has to since its mark. */
  saidSince(retest: RetestRecord): Promise<boolean>;
};
