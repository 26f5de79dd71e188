import type { AbsencePhase } from '@carebell/contracts/absence.ts';
import type { AbsenceSpan } from './absence.ts';

export type AbsenceRecord = AbsenceSpan & {
  id: string;
  residentId: string;
  phase: AbsencePhase;
  note: string;
  /** Who entered it. */
  setBy: string;
  setAtMs: number;
  /** Who ended it; `null` if nobody did. */
  endedBy: string | null;
  version: number;
};

export type AbsenceStore = {
  insert(absence: AbsenceRecord): Promise<void>;
  load(id: string): Promise<AbsenceRecord | undefined>;
  /** Writes the next version. */
  update(absence: AbsenceRecord): Promise<void>;
  /** Those of a resident that are not over, the earliest first. */
  pending(residentId: string): Promise<AbsenceRecord[]>;
  /** Those that begin or end by now. */
  due(nowMs: number): Promise<AbsenceRecord[]>;
  /** The open alarms on which it stands. */
  openAlarmsOf(residentId: string): Promise<string[]>;
};
