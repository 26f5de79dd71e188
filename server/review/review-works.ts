import type { Person } from '@carebell/contracts/alarm-view.ts';
import { applyTo } from '../alarm/alarm-service.ts';
import { covers } from '../care-station/organisation-scope.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { Transaction } from '../journal/transaction.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';

type ReviewOutcome =
  { ok: true } | { ok: false; reason: 'not-found' | 'not-closed' | 'nothing-missed' | 'already-reviewed' };

/**
 * Enters that a supervisor has looked at why an alarm missed its deadlines. Once: what was found stays as it was found.
 * What was found stands on the case's time line as well; the registry's journal says only that it was.
 */
async function reviewMiss(
  tx: Transaction,
  call: { user: Person; scope: Scope; alarmId: string; note: string },
): Promise<ReviewOutcome> {
  const { user, scope, alarmId, note } = call;
  const { id: actorId } = user;
  const alarm = await tx.alarms.load(alarmId);
  if (!alarm || !covers(scope, alarm.stationId)) return { ok: false, reason: 'not-found' };
  const { state, residentId, stationId } = alarm;
  if (state.drill || state.test || (state.escalation?.missed.length ?? 0) === 0)
    return { ok: false, reason: 'nothing-missed' };
  if (state.phase !== 'closed') return { ok: false, reason: 'not-closed' };
  if (!(await tx.reviews.insert({ alarmId, reviewedAtMs: tx.nowMs, userId: actorId, note })))
    return { ok: false, reason: 'already-reviewed' };
  await applyTo(tx, alarm, { type: 'miss-reviewed', user, note });
  await appendRegistryEntry(tx, { kind: 'miss-reviewed', id: alarmId, actorId, residentId, stationId });
  return { ok: true };
}

export const reviewWorks = { reviewMiss };
