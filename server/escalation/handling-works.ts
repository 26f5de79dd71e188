import type { Person } from '@carebell/contracts/alarm-view.ts';
import type { ContactOutcome } from '@carebell/contracts/contact-outcomes.ts';
import { apply } from '../alarm/alarm-service.ts';
import type { AlarmOutcome } from '../alarm/alarm-service.ts';
import type { Transaction } from '../journal/transaction.ts';
import { contactId, digitsOf } from './contact-group.ts';

export async function noteAlarm(
  tx: Transaction,
  { alarmId, user, note }: { alarmId: string; user: Person; note: string },
): Promise<AlarmOutcome> {
  return apply(tx, alarmId, { type: 'note', user, note });
}

/** Enters what came of a telephone call to one of the resident's contacts, or to the resident. */
export async function tryContact(
  tx: Transaction,
  call: { alarmId: string; user: Person; phone: string; outcome: ContactOutcome; note: string },
): Promise<AlarmOutcome | { ok: false; reason: 'contact-unknown' }> {
  const { alarmId, user, phone, outcome, note } = call;
  const alarm = await tx.alarms.load(alarmId);
  if (!alarm) return { ok: false, reason: 'not-found' };
  const contact = alarm.residentId === null ? undefined : await findContact(tx, alarm.residentId, phone);
  if (!contact) return { ok: false, reason: 'contact-unknown' };
  return apply(tx, alarmId, { type: 'contact-tried', user, ...contact, outcome, note });
}

export type HandOver = { user: Person; to: Person; mayHandOverForOthers: boolean; note: string };

export async function handOverAlarm(
  tx: Transaction,
  { alarmId, ...call }: HandOver & { alarmId: string },
): Promise<AlarmOutcome> {
  return apply(tx, alarmId, { type: 'hand-over', ...call });
}

/** Of these alarms, those that `from` still has go to another. Returns which. */
export async function handOverAlarms(
  tx: Transaction,
  { alarmIds, from, ...call }: HandOver & { alarmIds: readonly string[]; from: string },
): Promise<string[]> {
  const handedOver: string[] = [];
  for (const alarmId of alarmIds) {
    const alarm = await tx.alarms.load(alarmId);
    if (alarm?.state.phase !== 'acknowledged' || alarm.state.owner.id !== from) continue;
    const outcome = await apply(tx, alarmId, { type: 'hand-over', ...call });
    if (outcome.ok) handedOver.push(alarmId);
  }
  return handedOver;
}

/** Movement in a dwelling where somebody may have fallen. Returns how many alarms it was looked at for. */
export async function seeMovement(
  tx: Transaction,
  { dwellingId, deviceId, movedAtMs }: { dwellingId: string; deviceId: string; movedAtMs: number },
): Promise<number> {
  const alarmIds = await tx.escalation.openFalls(dwellingId);
  for (const alarmId of alarmIds) await apply(tx, alarmId, { type: 'moved', deviceId, movedAtMs });
  return alarmIds.length;
}

async function findContact(
  tx: Transaction,
  residentId: string,
  phone: string,
): Promise<{ contact: Person; isResident: boolean } | undefined> {
  const resident = await tx.registry.resident(residentId);
  if (!resident) return undefined;
  const named = [{ name: resident.name, phone: resident.phone ?? '' }, ...resident.contacts];
  const found = named.find((one) => one.phone !== '' && digitsOf(one.phone) === digitsOf(phone));
  if (!found) return undefined;
  return {
    contact: { id: contactId(residentId, found.phone), displayName: found.name },
    isResident: found === named[0],
  };
}
