import type { AlarmKind } from '@carebell/contracts/alarm-kinds.ts';
import type { Transaction } from '../journal/transaction.ts';
import type { EscalationPlan } from './escalation-state.ts';
import { planFor } from './plan.ts';

/** The policy by which an alarm of this kind goes, from what is entered about its resident, dwelling and station. */
export async function planOfAlarm(
  tx: Pick<Transaction, 'escalation'>,
  kind: AlarmKind,
  alarm: { residentId: string | null; dwellingId: string | null; stationId: string | null },
): Promise<EscalationPlan> {
  const { riskGroups, area, residents } = await tx.escalation.home(alarm);
  const lineage = alarm.stationId === null ? [] : await tx.escalation.lineage(alarm.stationId);
  const ids = lineage.map(({ id }) => id);
  const entered = ids.length === 0 ? [] : await tx.escalation.policiesOf(ids);
  return planFor({ kind, riskGroups, area, isAlone: residents === 1 }, entered);
}
