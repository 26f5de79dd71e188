import { covers } from '../care-station/organisation-scope.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { Transaction } from '../journal/transaction.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';
import { refused } from '../resident/registry-outcome.ts';
import type { RegistryOutcome } from '../resident/registry-outcome.ts';
import { openCheck } from './open-one.ts';
import type { CheckCall } from './open-one.ts';
import type { PointRecord } from './commissioning-record.ts';

/** It cannot be done now: it is left as an open point, with who does it until when. */
async function skipCheck(
  tx: Transaction,
  call: CheckCall & { reason: string; owner: string; dueAtMs: number },
): Promise<RegistryOutcome> {
  const found = await openCheck(tx, call);
  if (!found.ok) return found;
  const { commissioning, check } = found;
  if (check.passedAtMs !== null) return refused('changed-meanwhile', 'key');
  const { actorId, reason, owner, dueAtMs } = call;
  const { dwellingId, stationId } = commissioning;
  const point: PointRecord = {
    id: check.pointId ?? tx.newId(),
    commissioningId: commissioning.id,
    dwellingId,
    stationId,
    deviceId: check.deviceId,
    check: check.key,
    reason,
    owner,
    dueAtMs,
    createdAtMs: tx.nowMs,
    createdBy: actorId,
    doneAtMs: null,
    doneBy: null,
    note: '',
  };
  if (check.pointId === null) {
    await tx.commissionings.insertPoint(point);
    await tx.commissionings.updateCheck({ ...check, pointId: point.id });
  } else await tx.commissionings.updatePoint(point);
  await appendRegistryEntry(tx, {
    kind: 'commissioning-check-skipped',
    id: point.id,
    actorId,
    stationId,
    deviceId: check.deviceId,
    fields: [check.key],
  });
  return { ok: true, id: point.id };
}

async function finishPoint(
  tx: Transaction,
  { actorId, scope, id, note }: { actorId: string; scope: Scope; id: string; note: string },
): Promise<RegistryOutcome> {
  const point = await tx.commissionings.point(id);
  if (!point || !covers(scope, point.stationId)) return refused('not-found', 'id');
  if (point.doneAtMs !== null) return refused('changed-meanwhile', 'doneAt');
  await tx.commissionings.updatePoint({ ...point, doneAtMs: tx.nowMs, doneBy: actorId, note });
  const { stationId, deviceId } = point;
  await appendRegistryEntry(tx, { kind: 'commissioning-point-done', id, actorId, stationId, deviceId });
  return { ok: true, id };
}

export const pointWorks = { skipCheck, finishPoint };
