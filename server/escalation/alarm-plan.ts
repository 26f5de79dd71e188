import type { AlarmKind } from '@carebell/contracts/alarm-kinds.ts';
import type { Transaction } from '../journal/transaction.ts';
import type { EscalationPlan } from './escalation-state.ts';
import type { Place } from './escalation-store.ts';
import { planFor } from './plan.ts';

/** The policy by which an alarm of this kind goes, from what is entered about its resident, dwelling and station. */
export async function planOfAlarm(
  tx: Pick<Transaction, 'escalation'>,
  kind: AlarmKind,
  alarm: { residentId: string | null; dwellingId: string | null },
  lineage: readonly Place[],
): Promise<EscalationPlan> {
  const { riskGroups, area, residents } = await tx.escalation.home(alarm);
  const ids = lineage.map(({ id }) => id);
  const entered = ids.length === 0 ? [] : await tx.escalation.policiesOf(ids);
  return planFor({ kind, riskGroups, area, isAlone: residents === 1 }, entered);
}

/** The station of an alarm and what stands above it; nothing for a stray device. */
export async function lineageOf(
  tx: Pick<Transaction, 'escalation'>,
  { stationId }: { stationId: string | null },
): Promise<Place[]> {
  return stationId === null ? [] : tx.escalation.lineage(stationId);
}
