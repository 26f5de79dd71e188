import { covers } from '../care-station/organisation-scope.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { Transaction } from '../journal/transaction.ts';
import { isStation } from '../resident/dwelling-works.ts';
import { refused } from '../resident/registry-outcome.ts';
import type { RegistryRefusal } from '../resident/registry-outcome.ts';
import { dwellingInScope } from '../resident/resident-works.ts';

export type Place = {
  stationId: string | null;
  dwellingId: string | null;
  residentId: string | null;
  gatewayId: string | null;
};

/**
 * Completes where a device belongs: a resident says the dwelling, the dwelling the station, and without either the
 * gateway says the station. What was given must agree with what follows from it, because a device with two places sends
 * help to the wrong one.
 */
export async function completePlace(
  tx: Transaction,
  scope: Scope,
  place: Place,
): Promise<{ ok: true; place: Place } | RegistryRefusal> {
  const { residentId, gatewayId } = place;
  let { stationId, dwellingId } = place;
  if (residentId !== null) {
    const resident = await tx.registry.resident(residentId);
    if (!resident || !(await dwellingInScope(tx, scope, resident.dwellingId))) {
      return refused('reference-unknown', 'residentId');
    }
    if (dwellingId !== null && dwellingId !== resident.dwellingId)
      return refused('reference-mismatch', 'dwellingId');
    dwellingId = resident.dwellingId;
  }
  if (dwellingId !== null) {
    const dwelling = await dwellingInScope(tx, scope, dwellingId);
    if (!dwelling) return refused('reference-unknown', 'dwellingId');
    if (stationId !== null && stationId !== dwelling.stationId)
      return refused('reference-mismatch', 'stationId');
    stationId = dwelling.stationId;
  }
  if (gatewayId !== null) {
    const gateway = await tx.registry.gateway(gatewayId);
    if (!gateway || !covers(scope, gateway.stationId)) return refused('reference-unknown', 'gatewayId');
    stationId ??= gateway.stationId;
  }
  if (stationId !== null && !(await isStation(tx, scope, stationId)))
    return refused('reference-unknown', 'stationId');
  // Without a station only the root would see it, and those who entered it would lose it.
  if (stationId === null && scope !== 'all') return refused('field-missing', 'stationId');
  return { ok: true, place: { stationId, dwellingId, residentId, gatewayId } };
}
