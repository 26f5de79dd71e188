import type { DutyShift } from '@carebell/contracts/duty.ts';
import type { Turn } from './rota.ts';

export type DutyStore = {
  shift(id: string): Promise<(DutyShift & { organisationId: string }) | undefined>;
  shifts(organisationId: string): Promise<DutyShift[]>;
  insertShift(organisationId: string, shift: DutyShift): Promise<void>;
  updateShift(shift: DutyShift): Promise<void>;
  deleteShift(id: string): Promise<void>;
  /** What of the rota is near enough to be asked for when an alarm is raised; replaces all that was there. */
  putTurns(organisationId: string, turns: readonly Turn[]): Promise<void>;
  /** The organisation with a rota that comes after this one, in the order of identifiers. */
  nextWithRota(afterId: string): Promise<string | undefined>;
};

/** The rota as people see it, read beside the transactions. */
export type DutyReads = {
  shifts(organisationId: string): Promise<DutyShift[]>;
  /** Users of the organisation who answer alarms. */
  people(organisationId: string): Promise<{ id: string; displayName: string }[]>;
  displayNames(userIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
};
