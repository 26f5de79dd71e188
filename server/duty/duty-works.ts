import type { DutyShift } from '@carebell/contracts/duty.ts';
import { covers } from '../care-station/organisation-scope.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { Transaction } from '../journal/transaction.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';
import { isOutdated, refused, withChange } from '../resident/registry-outcome.ts';
import type { RegistryOutcome, RegistryRefusal } from '../resident/registry-outcome.ts';
import { dayNumber, dayOf, localDay, overlapOf, takesPlace, turnsOf } from './rota.ts';

type Call = { actorId: string; scope: Scope; organisationId: string; timeZone: string };
type ShiftContents = Omit<DutyShift, 'id' | 'version'>;

/** Far enough that a hub which is off for a month still knows on its first alarm whose shift it is. */
const turnsAheadDays = 40;

/** Enters a shift, and in the same transaction leaves out the day of the one whose place it takes. */
export async function createDutyShift(
  tx: Transaction,
  call: Call & { shift: ShiftContents; insteadOf?: { shiftId: string; day: string } | undefined },
): Promise<RegistryOutcome> {
  const { organisationId, insteadOf } = call;
  if (!(await isKnown(tx, call))) return refused('not-found', 'id');
  const shift = { ...call.shift, id: tx.newId(), version: 1 };
  let others = await tx.duty.shifts(organisationId);
  const replaced = insteadOf && others.find(({ id }) => id === insteadOf.shiftId);
  if (insteadOf && !replaced) return refused('reference-unknown', 'insteadOf');
  const left = insteadOf && replaced && without(replaced, insteadOf.day);
  if (left) others = others.map((other) => (other.id === left.id ? left : other));
  const fault = await faultOf(tx, { organisationId, shift, others });
  if (fault) return fault;
  if (left && takesPlace(left)) await tx.duty.updateShift(left);
  else if (left) await tx.duty.deleteShift(left.id);
  await tx.duty.insertShift(organisationId, shift);
  await changed(tx, call, 'shift-entered');
  return { ok: true, id: shift.id };
}

export async function changeDutyShift(
  tx: Transaction,
  call: Call & {
    id: string;
    change: { [K in keyof ShiftContents]?: ShiftContents[K] | undefined };
    version?: number | undefined;
  },
): Promise<RegistryOutcome> {
  const { organisationId, id, change } = call;
  if (!(await isKnown(tx, call))) return refused('not-found', 'id');
  const before = await shiftOf(tx, organisationId, id);
  if (!before) return refused('not-found', 'id');
  if (isOutdated(before, call)) return refused('changed-meanwhile', 'version');
  const shift = { ...withChange(before, change), version: before.version + 1 };
  const fault = await faultOf(tx, { organisationId, shift, others: await tx.duty.shifts(organisationId) });
  if (fault) return fault;
  await tx.duty.updateShift(shift);
  await changed(tx, call, 'shift-changed');
  return { ok: true, id };
}

export async function deleteDutyShift(
  tx: Transaction,
  call: Call & { id: string },
): Promise<RegistryOutcome> {
  const { organisationId, id } = call;
  if (!(await isKnown(tx, call))) return refused('not-found', 'id');
  if (!(await shiftOf(tx, organisationId, id))) return refused('not-found', 'id');
  await tx.duty.deleteShift(id);
  await changed(tx, call, 'shift-removed');
  return { ok: true, id };
}

/**
 * Writes the coming turns of the next organisation after this one, so that whoever raises an alarm reads a time and
 * works out no calendar. Returns that organisation, `null` when there is none left.
 */
export async function renewDutyTurns(
  tx: Transaction,
  { afterId, timeZone }: { afterId: string; timeZone: string },
): Promise<string | null> {
  const organisationId = await tx.duty.nextWithRota(afterId);
  if (organisationId === undefined) return null;
  await writeTurns(tx, organisationId, timeZone);
  return organisationId;
}

export const dutyWorks = { createDutyShift, changeDutyShift, deleteDutyShift, renewDutyTurns };

async function isKnown(tx: Transaction, { scope, organisationId }: Call): Promise<boolean> {
  if (!covers(scope, organisationId)) return false;
  return (await tx.registry.organisation(organisationId)) !== undefined;
}

async function shiftOf(tx: Transaction, organisationId: string, id: string): Promise<DutyShift | undefined> {
  const shift = await tx.duty.shift(id);
  if (shift?.organisationId !== organisationId) return undefined;
  const { organisationId: _, ...own } = shift;
  return own;
}

/** Who is entered must see the organisation's alarms, and nobody is on duty twice at one time. */
async function faultOf(
  tx: Transaction,
  { organisationId, shift, others }: { organisationId: string; shift: DutyShift; others: DutyShift[] },
): Promise<RegistryRefusal | undefined> {
  const members = await tx.escalation.staffOf([organisationId], tx.nowMs);
  if (!members.some(({ id }) => id === shift.userId)) return refused('reference-unknown', 'userId');
  if (shift.lastDay !== null && shift.weekdays.length === 0) return refused('reference-mismatch', 'lastDay');
  if (shift.lastDay !== null && dayNumber(shift.lastDay) < dayNumber(shift.firstDay))
    return refused('reference-mismatch', 'lastDay');
  if (!takesPlace(shift)) return refused('reference-mismatch', 'weekdays');
  const overlap = overlapOf(shift, others);
  if (!overlap) return undefined;
  const { begins, ends } = overlap.with;
  return refused('shift-overlaps', 'begins', { takenBy: `${overlap.day} ${begins}–${ends}` });
}

function without(shift: DutyShift, day: string): DutyShift {
  const exceptDays = [...new Set([...shift.exceptDays, day])].toSorted();
  return { ...shift, exceptDays, version: shift.version + 1 };
}

async function changed(tx: Transaction, call: Call, field: string): Promise<void> {
  const { organisationId: id, actorId } = call;
  await writeTurns(tx, id, call.timeZone);
  await appendRegistryEntry(tx, { kind: 'duty-changed', id, actorId, fields: [field] });
}

async function writeTurns(tx: Transaction, organisationId: string, timeZone: string): Promise<void> {
  const today = localDay(tx.nowMs, timeZone);
  // From yesterday: a shift of the night before is still on.
  const range = { fromDay: today - 1, toDay: today + turnsAheadDays, timeZone };
  await tx.duty.putTurns(organisationId, turnsOf(await tx.duty.shifts(organisationId), range));
}

/** The Monday of the week in which an instant lies. */
export function mondayOf(atMs: number, timeZone: string): string {
  const today = localDay(atMs, timeZone);
  return dayOf(today - ((today + 3) % 7));
}
