import type { Person } from '@carebell/contracts/alarm-view.ts';
import type { Disposition } from '@carebell/contracts/dispositions.ts';
import type { ClosingClaim } from '../handling/closing-proof.ts';
import type { Transaction } from '../journal/transaction.ts';
import { oweVisitAfter } from '../visit/after-event.ts';
import { passedAtOnce } from '../escalation/deadline-watch.ts';
import { apply, applyTo } from './alarm-service.ts';
import type { AlarmOutcome } from './alarm-service.ts';

export async function acknowledgeAlarm(
  tx: Transaction,
  { alarmId, user, takeOver }: { alarmId: string; user: Person; takeOver: boolean },
): Promise<AlarmOutcome> {
  return apply(tx, alarmId, { type: takeOver ? 'take-over' : 'acknowledge', user });
}

export async function closeAlarm(
  tx: Transaction,
  call: {
    alarmId: string;
    user: Person;
    mayCloseForOthers: boolean;
    disposition: Disposition;
    note: string;
  } & ClosingClaim,
): Promise<AlarmOutcome> {
  const { alarmId, ...close } = call;
  const outcome = await apply(tx, alarmId, { type: 'close', ...close });
  if (outcome.ok) await oweVisitAfter(tx, alarmId);
  return outcome;
}

/** Takes a closing back, unless a newer press of the same subject has an alarm of its own by now. */
export async function reopenAlarm(
  tx: Transaction,
  call: {
    alarmId: string;
    user: Person;
    mayCloseForOthers: boolean;
    closedAtMs: number | null;
    note: string;
  },
): Promise<AlarmOutcome> {
  const { alarmId, ...reopen } = call;
  const alarm = await tx.alarms.load(alarmId);
  if (!alarm) return { ok: false, reason: 'not-found' };
  const open = await tx.alarms.findOpen(alarm.subject, alarm.state.kind);
  const isAnotherOpen = open !== undefined && open.id !== alarmId;
  return apply(tx, alarmId, { type: 'reopen', isAnotherOpen, ...reopen });
}

/** A screen has painted these alarms on a visible page. Returns how many of them exist. */
export async function recordDisplayed(
  tx: Transaction,
  { alarmIds, user, screenId }: { alarmIds: readonly string[]; user: Person; screenId: string },
): Promise<number> {
  let accepted = 0;
  for (const alarmId of alarmIds) {
    const outcome = await apply(tx, alarmId, { type: 'displayed', user, screenId });
    if (outcome.ok) accepted += 1;
  }
  return accepted;
}

/**
 * Carries out what is due of the alarms that are longest overdue; the deadlines are columns, so a restart keeps them.
 * Returns how many alarms, {@link passedAtOnce} if there may be more.
 */
export async function passDeadlines(tx: Transaction, _: null): Promise<number> {
  const due = await tx.alarms.deadlinePassed(tx.nowMs, passedAtOnce);
  for (const alarm of due) await applyTo(tx, alarm, { type: 'deadline-passed' });
  return due.length;
}
