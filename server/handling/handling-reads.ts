import type { AlarmKind } from '@carebell/contracts/alarm-kinds.ts';
import type { AlarmScript, Scripts } from '@carebell/contracts/handling.ts';
import type { Resident } from '@carebell/contracts/registry.ts';
import type { Scope } from '../care-station/organisation-scope.ts';

/** A resident who is to be asked how the case went. */
export type ToBeAsked = {
  alarmId: string;
  kind: AlarmKind;
  closedAtMs: number;
  /** When the case was closed, or the resident last not reached. */
  sinceMs: number;
  tries: number;
  closedBy: string;
  residentId: string | null;
  residentName: string | null;
  residentPhone: string | null;
  stationName: string | null;
};

export type HandlingReads = {
  scripts(organisationId: string): Promise<Omit<Scripts, 'organisationId'>>;
  scriptOf(
    alarm: { kind: AlarmKind; stationId: string | null },
    resident: Resident | null,
  ): Promise<AlarmScript>;
  /** The longest waiting first. */
  toBeAsked(scope: Scope, limit: number): Promise<ToBeAsked[]>;
};
