import type { Person } from '@carebell/contracts/alarm-view.ts';
import type { CloseRestoredBody, KeptOpenReason } from '@carebell/contracts/restored.ts';
import { dispositionsThatNeedANote } from '@carebell/contracts/dispositions.ts';
import type { Transaction } from '../journal/transaction.ts';
import { applyTo } from './alarm-service.ts';
import type { AlarmRecord } from './alarm-store.ts';

export type ClosedTogether = {
  closed: string[];
  kept: { alarmId: string; reason: KeptOpenReason }[];
};

type Call = CloseRestoredBody & { user: Person; mayCloseForOthers: boolean };

/** A press waits for no more than these closings: 20 are about 5 ms. */
export const closedAtOnce = 20;

/**
 * Closes each of these alarms that is about equipment and well again: as if somebody had acknowledged and closed it alone, so
 * that its time line, its missed deadlines and its outcome are its own.
 */
export async function closeRestored(
  tx: Transaction,
  { alarms, note, user, mayCloseForOthers }: Call,
): Promise<ClosedTogether> {
  const closed: string[] = [];
  const kept: ClosedTogether['kept'] = [];
  for (const { alarmId, disposition } of alarms) {
    const alarm = await tx.alarms.load(alarmId);
    const reason = obstacle(alarm, { user, mayCloseForOthers });
    if (reason !== null || !alarm) kept.push({ alarmId, reason: reason ?? 'not-found' });
    else if (note === '' && dispositionsThatNeedANote.has(disposition))
      kept.push({ alarmId, reason: 'note-missing' });
    else {
      if (alarm.state.phase === 'raised') await applyTo(tx, alarm, { type: 'acknowledge', user });
      await applyTo(tx, alarm, { type: 'close', user, mayCloseForOthers, disposition, note });
      closed.push(alarmId);
    }
  }
  return { closed, kept };
}

function obstacle(
  alarm: AlarmRecord | undefined,
  { user, mayCloseForOthers }: Pick<Call, 'user' | 'mayCloseForOthers'>,
): KeptOpenReason | null {
  if (!alarm) return 'not-found';
  const { state } = alarm;
  if (state.phase === 'closed') return 'already-closed';
  const isWell = state.cancelledAtMs !== null && state.cancelledAtMs >= state.lastPressedAtMs;
  if (state.priority !== 'technical' || !isWell) return 'not-restored';
  if (state.phase === 'acknowledged' && state.owner.id !== user.id && !mayCloseForOthers) return 'not-owner';
  return null;
}
