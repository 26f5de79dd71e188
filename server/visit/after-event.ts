import { alarmKinds } from '@carebell/contracts/alarm-kinds.ts';
import type { Disposition } from '@carebell/contracts/dispositions.ts';
import type { Transaction } from '../journal/transaction.ts';
import { isOwedAfterEventAt, owedAfter } from './owed.ts';
import { settingsOf } from './visit-look.ts';

/** Nothing had happened, or nothing that a visit is owed for. */
const harmless: ReadonlySet<Disposition> = new Set<Disposition>([
  'false-alarm',
  'test',
  'equipment-repaired',
  'service-arranged',
]);

/** An emergency or a fall was closed: whom it was about is visited within a day. */
export async function oweVisitAfter(tx: Transaction, alarmId: string): Promise<void> {
  const alarm = await tx.alarms.load(alarmId);
  if (alarm?.state.phase !== 'closed') return;
  const { state, dwellingId } = alarm;
  if (state.drill || state.test) return;
  if (alarmKinds[state.kind].priority !== 'emergency' && alarmKinds[state.kind].group !== 'fall') return;
  const isSerious = !harmless.has(state.disposition);
  const residentIds =
    alarm.residentId !== null
      ? [alarm.residentId]
      : dwellingId === null
        ? []
        : await tx.visits.residentsIn(dwellingId);
  for (const residentId of residentIds) {
    const visited = await tx.visits.visited(residentId, tx.nowMs);
    if (!visited) continue;
    const ref = `alarm:${alarmId}`;
    const known = visited.owed.find((one) => one.cause === 'after-event' && one.ref === ref);
    const afterEventHours = settingsOf(visited).afterEventHours;
    if (known && (known.phase === 'open' || known.phase === 'dropped'))
      // Closed again after it was reopened: what was found then is what holds.
      await tx.visits.putOwed(visited, [{ ...known, phase: isSerious ? 'open' : 'dropped' }]);
    else if (!known && isSerious && !isOwedAfterEventAt(visited.owed, tx.nowMs))
      await tx.visits.putOwed(visited, [{ ...owedAfter(ref, tx.nowMs, afterEventHours), id: tx.newId() }]);
    await tx.visits.lookAgain(residentId);
  }
}
