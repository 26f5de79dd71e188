import type { AlarmKind } from '@carebell/contracts/alarm-kinds.ts';
import type { AlarmState } from './alarm-state.ts';

/** An alarm as it is kept: the machine's state, whose case it is, and where its chain of steps ends. */
export type AlarmRecord = {
  id: string;
  subject: string;
  deviceId: string;
  residentId: string | null;
  dwellingId: string | null;
  stationId: string | null;
  state: AlarmState;
  version: number;
  lastSeq: number;
  lastHash: string;
};

export type AlarmStore = {
  /** Read to be changed: on PostgreSQL the row is locked until the transaction ends. */
  load(alarmId: string): Promise<AlarmRecord | undefined>;
  /** The open alarm of this subject that an event of this kind joins. */
  findOpen(subject: string, kind: AlarmKind): Promise<AlarmRecord | undefined>;
  /** The open alarms of these subjects and groups. */
  findOpenOf(subjects: readonly string[], groups: readonly string[]): Promise<AlarmRecord[]>;
  /** The open alarms of these groups whose subjects lie between these texts. */
  findOpenBetween(subjects: { from: string; to: string }, groups: readonly string[]): Promise<AlarmRecord[]>;
  insert(alarm: AlarmRecord): Promise<void>;
  update(alarm: AlarmRecord): Promise<void>;
  /** Open alarms of which something is due, the longest overdue first, at most so many. */
  deadlinePassed(nowMs: number, atMost: number): Promise<AlarmRecord[]>;
};
