import type { DrillKind, DrillNotifies } from '@carebell/contracts/drill.ts';

export type DrillRecord = {
  id: string;
  stationId: string;
  kind: DrillKind;
  residentId: string | null;
  startsAtMs: number;
  notifies: DrillNotifies;
  /** A random number from 0 to 1, drawn when it was planned: which resident it falls on, if none was chosen. */
  draw: number;
  plannedBy: string;
  phase: 'planned' | 'started' | 'cancelled';
  alarmId: string | null;
};

export type DrillStore = {
  insert(drill: DrillRecord): Promise<void>;
  load(id: string): Promise<DrillRecord | undefined>;
  update(drill: DrillRecord): Promise<void>;
  /** Planned ones whose time has come. */
  due(nowMs: number): Promise<DrillRecord[]>;
  /** The resident who stands at this part, from 0 to 1, of the station's residents; `undefined` if it has none. */
  residentAt(stationId: string, part: number): Promise<string | undefined>;
};
