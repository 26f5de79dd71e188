import { commissioningChecks } from '@carebell/contracts/commissioning-checks.ts';
import type { CheckKey } from '@carebell/contracts/commissioning-checks.ts';
import type { CheckEvidence } from '@carebell/contracts/commissioning.ts';
import { covers } from '../care-station/organisation-scope.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { Transaction } from '../journal/transaction.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';
import { refused } from '../resident/registry-outcome.ts';
import type { RegistryOutcome } from '../resident/registry-outcome.ts';
import { beginTest } from '../test-mode/test-mode-works.ts';
import type { CheckRecord, CommissioningRecord } from './commissioning-record.ts';
import { endTestOf, openCheck, openOne } from './open-one.ts';
import type { CheckCall } from './open-one.ts';
import { pointWorks } from './point-works.ts';
import { retestWorks } from './retest-works.ts';
import { signCommissioning } from './sign-works.ts';

type Call = { actorId: string; scope: Scope };

/** How long the dwelling is under test to begin with; whoever needs longer prolongs it. */
const testMinutes = 60;

/** Begins to commission a dwelling, under test; one that is open goes on instead, on whichever telephone. */
export async function beginCommissioning(
  tx: Transaction,
  { actorId, scope, dwellingId }: Call & { dwellingId: string },
): Promise<RegistryOutcome> {
  const dwelling = await tx.registry.dwelling(dwellingId);
  if (!dwelling || !covers(scope, dwelling.stationId)) return refused('reference-unknown', 'dwellingId');
  const open = await tx.commissionings.openAt(dwellingId);
  if (open) return { ok: true, id: open.id };
  const { stationId } = dwelling;
  const id = tx.newId();
  const begun: CommissioningRecord = {
    id,
    dwellingId,
    stationId,
    state: 'open',
    startedBy: actorId,
    startedAtMs: tx.nowMs,
    startedSeq: await record(tx, 'commissioning-begun', { id, stationId, actorId }),
    endedAtMs: null,
    testModeId: null,
    abandonedBecause: null,
    content: null,
    previousSha256: null,
    sha256: null,
  };
  await tx.commissionings.insert(begun);
  await testUnder(tx, begun, { actorId, scope, minutes: testMinutes });
  await addDevices(tx, begun);
  return { ok: true, id };
}

/** Its dwelling is under test for so many minutes from now, whether the test before is over or not. */
export async function testCommissioning(
  tx: Transaction,
  call: Call & { id: string; minutes: number },
): Promise<RegistryOutcome> {
  const found = await openOne(tx, call);
  if (!found.ok) return found;
  await testUnder(tx, found.commissioning, call);
  return { ok: true, id: call.id };
}

/** What was found out of an open one, and devices that were registered meanwhile. A check that was begun anew since stays. */
export async function recordChecks(
  tx: Transaction,
  call: {
    id: string;
    passed: readonly { deviceId: string; key: CheckKey; sinceMs: number; evidence: CheckEvidence }[];
  },
): Promise<number> {
  const commissioning = await tx.commissionings.load(call.id);
  if (commissioning?.state !== 'open') return 0;
  await addDevices(tx, commissioning);
  const records = await tx.commissionings.checks(call.id);
  let count = 0;
  for (const { deviceId, key, sinceMs, evidence } of call.passed) {
    const check = records.find((one) => one.deviceId === deviceId && one.key === key);
    if (!check || check.passedAtMs !== null || check.sinceMs !== sinceMs) continue;
    await tx.commissionings.updateCheck({ ...check, passedAtMs: tx.nowMs, evidence });
    // What could not be done was done after all.
    if (check.pointId !== null) await dropPoint(tx, { ...check, passedAtMs: tx.nowMs, evidence });
    count += 1;
  }
  return count;
}

/** Begins a check anew, passed or skipped; only what is heard from now on counts. */
export async function beginCheckAnew(tx: Transaction, call: CheckCall): Promise<RegistryOutcome> {
  const found = await openCheck(tx, call);
  if (!found.ok) return found;
  const { check } = found;
  await dropPoint(tx, { ...check, sinceMs: tx.nowMs, passedAtMs: null, evidence: {}, confirmedAtMs: null });
  return { ok: true, id: call.id };
}

/** Whoever installs has asked: the resident saw or heard what the device told. */
export async function confirmCheck(tx: Transaction, call: CheckCall): Promise<RegistryOutcome> {
  const found = await openCheck(tx, call);
  if (!found.ok) return found;
  await tx.commissionings.updateCheck({ ...found.check, confirmedAtMs: tx.nowMs });
  return { ok: true, id: call.id };
}

export async function abandonCommissioning(
  tx: Transaction,
  call: Call & { id: string; reason: string },
): Promise<RegistryOutcome> {
  const found = await openOne(tx, call);
  if (!found.ok) return found;
  const { commissioning } = found;
  await tx.commissionings.update({
    ...commissioning,
    state: 'abandoned',
    endedAtMs: tx.nowMs,
    abandonedBecause: call.reason,
  });
  await endTestOf(tx, commissioning, call.actorId);
  const { id, stationId } = commissioning;
  await record(tx, 'commissioning-abandoned', { id, stationId, actorId: call.actorId });
  return { ok: true, id };
}

async function testUnder(
  tx: Transaction,
  commissioning: CommissioningRecord,
  { actorId, scope, minutes }: Call & { minutes: number },
): Promise<void> {
  await endTestOf(tx, commissioning, actorId);
  const { id: commissioningId, dwellingId } = commissioning;
  const begun = await beginTest(tx, {
    actorId,
    scope,
    of: 'dwelling',
    id: dwellingId,
    minutes,
    reason: '',
    commissioningId,
  });
  if (begun.ok) await tx.commissionings.update({ ...commissioning, testModeId: begun.id });
}

async function addDevices(tx: Transaction, { id, dwellingId, startedAtMs }: CommissioningRecord) {
  const known = await tx.commissionings.checks(id);
  for (const device of await tx.registry.devicesOf({ dwellingId })) {
    if (!device.isRegistered) continue;
    for (const [position, { key }] of commissioningChecks[device.type].entries()) {
      if (known.some((check) => check.deviceId === device.id && check.key === key)) continue;
      await tx.commissionings.insertCheck({
        commissioningId: id,
        deviceId: device.id,
        key,
        position,
        sinceMs: startedAtMs,
        passedAtMs: null,
        evidence: {},
        confirmedAtMs: null,
        pointId: null,
      });
    }
  }
}

async function dropPoint(tx: Transaction, check: CheckRecord): Promise<void> {
  await tx.commissionings.updateCheck({ ...check, pointId: null });
  if (check.pointId !== null) await tx.commissionings.deletePoint(check.pointId);
}

/** Returns where it stands in the journal. */
async function record(
  tx: Transaction,
  kind: string,
  { id, stationId, actorId }: { id: string; stationId: string; actorId: string },
): Promise<number> {
  return appendRegistryEntry(tx, { kind, id, actorId, stationId });
}

export const commissioningWorks = {
  beginCommissioning,
  testCommissioning,
  recordChecks,
  beginCheckAnew,
  confirmCheck,
  abandonCommissioning,
  signCommissioning,
  ...pointWorks,
  ...retestWorks,
};
