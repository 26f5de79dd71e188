import type { Person } from '@carebell/contracts/alarm-view.ts';
import type { TestScope } from '@carebell/contracts/test-mode.ts';
import { apply } from '../alarm/alarm-service.ts';
import type { AlarmOutcome } from '../alarm/alarm-service.ts';
import { covers } from '../care-station/organisation-scope.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { Transaction } from '../journal/transaction.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';
import { refused } from '../resident/registry-outcome.ts';
import type { RegistryOutcome } from '../resident/registry-outcome.ts';
import type { TestModeRecord } from './test-mode.ts';

type Call = { actorId: string; scope: Scope };

/** Who acts when a test ends because its time is over. */
const hubItself = 'hub';

/** Puts a device, a dwelling or a station under test. One that is under test already goes on by the longer of the two. */
export async function beginTest(
  tx: Transaction,
  call: Call & {
    of: TestScope;
    id: string;
    minutes: number;
    reason: string;
    commissioningId?: string | undefined;
  },
): Promise<RegistryOutcome> {
  const { actorId, scope, of, id, minutes, reason } = call;
  const place = await placeOf(tx, of, id);
  if (!place || !covers(scope, place.stationId)) return refused('reference-unknown', 'id');
  const endsAtMs = tx.nowMs + minutes * 60_000;
  const same = (await tx.testModes.running()).find(
    (test) => test.of === of && test.subjectId === id && tx.nowMs < test.endsAtMs,
  );
  const commissioningId = call.commissioningId ?? null;
  if (same && commissioningId === null) {
    await prolong(tx, same, Math.max(same.endsAtMs, endsAtMs), actorId);
    return { ok: true, id: same.id };
  }
  const test: TestModeRecord = {
    id: tx.newId(),
    of,
    subjectId: id,
    ...place,
    startedBy: actorId,
    startedAtMs: tx.nowMs,
    endsAtMs,
    endedAtMs: null,
    endedBy: null,
    reason,
    commissioningId,
  };
  await tx.testModes.insert(test);
  await record(tx, 'test-mode-begun', test, actorId, [of, String(minutes)]);
  return { ok: true, id: test.id };
}

/** It ends so many minutes from now, sooner or later than it would have. */
export async function prolongTest(
  tx: Transaction,
  { actorId, scope, id, minutes }: Call & { id: string; minutes: number },
): Promise<RegistryOutcome> {
  const test = await runningTest(tx, scope, id);
  if (!test.ok) return test;
  await prolong(tx, test.test, tx.nowMs + minutes * 60_000, actorId);
  return { ok: true, id };
}

export async function endTest(
  tx: Transaction,
  { actorId, scope, id }: Call & { id: string },
): Promise<RegistryOutcome> {
  const test = await runningTest(tx, scope, id);
  if (!test.ok) return test;
  await end(tx, test.test, actorId);
  return { ok: true, id };
}

/** Enters the end of those whose time is over. They have had no effect since that time, whenever this runs. */
export async function endTestsInTime(tx: Transaction, _: null): Promise<number> {
  const over = (await tx.testModes.running()).filter(({ endsAtMs }) => endsAtMs <= tx.nowMs);
  for (const test of over) await end(tx, test, null);
  return over.length;
}

/** Somebody has found out that a test alarm is none. */
export async function takeAsReal(
  tx: Transaction,
  { alarmId, user }: { alarmId: string; user: Person },
): Promise<AlarmOutcome> {
  return apply(tx, alarmId, { type: 'take-as-real', user });
}

/** The end of a test, for what ran under it as well. */
export async function end(tx: Transaction, test: TestModeRecord, actorId: string | null): Promise<void> {
  const endedAtMs = actorId === null ? test.endsAtMs : tx.nowMs;
  await tx.testModes.update({ ...test, endedAtMs, endedBy: actorId });
  await record(tx, 'test-mode-ended', test, actorId ?? hubItself, [test.of]);
}

async function runningTest(
  tx: Transaction,
  scope: Scope,
  id: string,
): Promise<{ ok: true; test: TestModeRecord } | Extract<RegistryOutcome, { ok: false }>> {
  const test = await tx.testModes.load(id);
  if (!test || !covers(scope, test.stationId)) return refused('not-found', 'id');
  if (test.endedAtMs !== null || test.endsAtMs <= tx.nowMs) return refused('changed-meanwhile', 'endsAt');
  return { ok: true, test };
}

async function prolong(tx: Transaction, test: TestModeRecord, endsAtMs: number, actorId: string) {
  if (endsAtMs === test.endsAtMs) return;
  await tx.testModes.update({ ...test, endsAtMs });
  const minutes = Math.round((endsAtMs - tx.nowMs) / 60_000);
  await record(tx, 'test-mode-prolonged', test, actorId, [test.of, String(minutes)]);
}

async function placeOf(
  tx: Transaction,
  of: TestScope,
  id: string,
): Promise<{ stationId: string; dwellingId: string | null } | undefined> {
  switch (of) {
    case 'device': {
      const device = await tx.registry.device(id);
      return device?.stationId == null
        ? undefined
        : { stationId: device.stationId, dwellingId: device.dwellingId };
    }
    case 'dwelling': {
      const dwelling = await tx.registry.dwelling(id);
      return dwelling && { stationId: dwelling.stationId, dwellingId: id };
    }
    case 'station': {
      const station = await tx.registry.organisation(id);
      return station?.level === 'station' ? { stationId: id, dwellingId: null } : undefined;
    }
  }
}

async function record(
  tx: Transaction,
  kind: string,
  { id, of, subjectId, stationId }: TestModeRecord,
  actorId: string,
  fields: string[],
): Promise<void> {
  await appendRegistryEntry(tx, {
    kind,
    id,
    actorId,
    stationId,
    fields,
    ...(of === 'device' ? { deviceId: subjectId } : {}),
  });
}

export const testModeWorks = { beginTest, prolongTest, endTest, endTestsInTime, takeAsReal };
