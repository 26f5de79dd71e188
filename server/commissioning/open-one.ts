import type { CheckKey } from '@carebell/contracts/commissioning-checks.ts';
import { covers } from '../care-station/organisation-scope.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { Transaction } from '../journal/transaction.ts';
import { refused } from '../resident/registry-outcome.ts';
import type { RegistryRefusal } from '../resident/registry-outcome.ts';
import { end as endTestMode } from '../test-mode/test-mode-works.ts';
import type { CheckRecord, CommissioningRecord } from './commissioning-record.ts';

/** A check of a device in a commissioning. */
export type CheckCall = { actorId: string; scope: Scope; id: string; deviceId: string; key: CheckKey };

/** An open one that whoever calls may see. */
export async function openOne(
  tx: Transaction,
  { id, scope }: { id: string; scope: Scope },
): Promise<{ ok: true; commissioning: CommissioningRecord } | RegistryRefusal> {
  const commissioning = await tx.commissionings.load(id);
  if (!commissioning || !covers(scope, commissioning.stationId)) return refused('not-found', 'id');
  if (commissioning.state !== 'open') return refused('changed-meanwhile', 'state');
  return { ok: true, commissioning };
}

export async function openCheck(
  tx: Transaction,
  call: CheckCall,
): Promise<{ ok: true; commissioning: CommissioningRecord; check: CheckRecord } | RegistryRefusal> {
  const found = await openOne(tx, call);
  if (!found.ok) return found;
  const checks = await tx.commissionings.checks(call.id);
  const check = checks.find(({ deviceId, key }) => deviceId === call.deviceId && key === call.key);
  return check ? { ...found, check } : refused('reference-unknown', 'key');
}

export async function endTestOf(
  tx: Transaction,
  { testModeId }: CommissioningRecord,
  actorId: string,
): Promise<void> {
  const test = testModeId === null ? undefined : await tx.testModes.load(testModeId);
  if (test && test.endedAtMs === null && test.endsAtMs > tx.nowMs) await endTestMode(tx, test, actorId);
}
