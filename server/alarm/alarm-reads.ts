import type { AlarmPhase, AlarmView, TimelineEntry } from '@carebell/contracts/alarm-view.ts';

export type AlarmListQuery = {
  phase: AlarmPhase | 'open' | 'all';
  /** Stations whose alarms are wanted. */
  stationIds: readonly string[] | 'all';
  residentId?: string | undefined;
  deviceId?: string | undefined;
  /** Only alarms that missed a deadline. */
  isMissed?: boolean | undefined;
  /** Only alarms whose latest step stands before this sequence number. */
  beforeSeq?: number | undefined;
  limit: number;
};

/** Alarms as screens and lists show them, read beside the transactions. */
export type AlarmReads = {
  view(alarmId: string): Promise<AlarmView | undefined>;
  /** The one that changed last comes first. */
  list(query: AlarmListQuery): Promise<AlarmView[]>;
  /** Alarms with a step after `cursor`, in the order of their latest step. */
  changedSince(cursor: number, limit: number): Promise<AlarmView[]>;
  timeline(alarmId: string): Promise<TimelineEntry[]>;
  /** The sequence number of the journal's latest line. */
  lastSeq(): Promise<number>;
};
