import { periodOf } from '@carebell/contracts/supervision-classes.ts';
import type { SupervisionSetting } from '@carebell/contracts/supervision.ts';
import { raiseOrJoin, takeBack } from '../alarm/alarm-service.ts';
import type { Transaction } from '../journal/transaction.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';
import { judgeDevicesBehind } from './receiver-works.ts';
import { firstSight, heardAgain, look, unknownAt } from './silence.ts';
import type { SupervisedKey, SupervisedRecord } from './silence-store.ts';

/** A press waits for no more than these, however many are due at once: 16 are about 2 ms, more where alarms are raised. */
export const lookedAtOnce = 16;
/** After a start everybody has this long to come back before a deadline counts. */
const restartGraceMs = 60_000;
const listening = 'listening';

const alarmOf = { device: 'device-silent', gateway: 'gateway-silent' } as const;

export type Looked = { looked: number; silenced: SupervisedKey[]; nextDeadlineMs: number | null };

/** Looks at those whose deadline has passed. Sightings must have been flushed before. */
export async function lookForSilence(tx: Transaction, _: null): Promise<Looked> {
  const due = await tx.supervision.due(tx.nowMs, lookedAtOnce);
  const silenced: SupervisedKey[] = [];
  for (const record of due) if (await lookAt(tx, record)) silenced.push({ of: record.of, id: record.id });
  return { looked: due.length, silenced, nextDeadlineMs: await tx.supervision.nextDeadlineMs() };
}

async function lookAt(tx: Transaction, record: SupervisedRecord): Promise<boolean> {
  const expected = periodOf(record.setting);
  if (expected === null) {
    await tx.supervision.save(record, { ...record.silence, deadlineAtMs: null });
    return false;
  }
  const { lastSeenAtMs, isUnhearable } = record;
  const { silence, verdict } = look(record.silence, expected, {
    lastSeenAtMs,
    isUnhearable,
    nowMs: tx.nowMs,
  });
  const { gatewayId } = record.home;
  if (gatewayId !== null && (verdict === 'fell-silent' || record.silence.isUnknown)) {
    // One alarm about the receiver, and none about each device that it does not hear.
    if (await judgeDevicesBehind(tx, gatewayId, expected.periodMs)) {
      await tx.supervision.save(record, unknownAt(record.silence, tx.nowMs));
      return false;
    }
  }
  await tx.supervision.save(record, silence);
  if (verdict !== 'fell-silent') return false;
  // By when it was noticed: the clocks of its escalation begin with what somebody could have known.
  const times = { pressedAtMs: tx.nowMs, receivedAtMs: tx.nowMs, isLate: false };
  await raiseOrJoin(tx, alarmOf[record.of], record.home, times);
  return true;
}

/** Those that were heard and are not waited for yet. Who has nothing stored of having been heard is not waited for. */
export async function beginSupervision(
  tx: Transaction,
  keys: readonly SupervisedKey[],
): Promise<{ unheard: SupervisedKey[]; nextDeadlineMs: number | null }> {
  const unheard: SupervisedKey[] = [];
  for (const key of keys) {
    const registered = await tx.supervision.registered(key);
    if (registered && registered.lastSeenAtMs !== null)
      await begin(tx, key, registered.setting, registered.lastSeenAtMs);
    else unheard.push(key);
  }
  return { unheard, nextDeadlineMs: await tx.supervision.nextDeadlineMs() };
}

/** Silent ones that were heard: their alarms say so, and somebody closes them. */
export async function endSilence(
  tx: Transaction,
  heard: readonly (SupervisedKey & { seenAtMs: number })[],
): Promise<number | null> {
  for (const { of, id, seenAtMs } of heard) {
    const record = await tx.supervision.find({ of, id });
    if (record?.silence.silentSinceMs == null) continue;
    const { silentSinceMs } = record.silence;
    const again = heardAgain(periodOf(record.setting), seenAtMs, tx.nowMs);
    await tx.supervision.save(record, again);
    await takeBack(tx, record.home, [alarmOf[of]], `${of}.heard`);
    if (of === 'gateway') await tx.supervision.moveDeadlines(Math.max(0, tx.nowMs - silentSinceMs), id);
  }
  return tx.supervision.nextDeadlineMs();
}

export type SettingChange = SupervisedKey & { setting: SupervisionSetting | null };

/** Another class: it has one whole period from now on, and a silence that it no longer is ends. */
export async function setSupervision(
  tx: Transaction,
  { of, id, setting, actorId }: SettingChange & { actorId: string },
): Promise<boolean> {
  const key = { of, id };
  if (!(await tx.supervision.registered(key))) return false;
  await tx.supervision.set(key, setting);
  const registered = await tx.supervision.registered(key);
  if (!registered) return false;
  const { home } = registered;
  await takeBack(tx, home, [alarmOf[of]], 'supervision.changed');
  if (registered.lastSeenAtMs !== null) await begin(tx, key, registered.setting, registered.lastSeenAtMs);
  const { residentId, stationId } = home;
  const fields = ['supervision'];
  const entry = { kind: `${of}-changed`, id, actorId, deviceId: id, residentId, stationId, fields };
  await appendRegistryEntry(tx, entry);
  return true;
}

async function begin(
  tx: Transaction,
  key: SupervisedKey,
  setting: SupervisionSetting,
  lastSeenAtMs: number,
): Promise<void> {
  const expected = periodOf(setting);
  const first = firstSight(lastSeenAtMs, expected ?? { periodMs: 0, missed: 1, of: 1 }, tx.nowMs);
  await tx.supervision.save(
    key,
    expected
      ? { ...first, deadlineAtMs: Math.max(first.deadlineAtMs ?? 0, tx.nowMs + expected.periodMs) }
      : { ...first, deadlineAtMs: null },
  );
}

/** Noted while the hub listens, so that the next start knows for how long it did not. */
export async function noteListening(tx: Transaction, _: null): Promise<void> {
  await tx.supervision.setClock(listening, tx.nowMs, 0);
}

/** The hub was away: what it could not hear is no silence. Returns for how long. */
export async function resumeListening(tx: Transaction, _: null): Promise<number> {
  const until = await tx.supervision.clock(listening);
  const awayMs = until ? Math.max(0, tx.nowMs - until.atMs) : 0;
  if (awayMs > 0) await tx.supervision.moveDeadlines(awayMs);
  await tx.supervision.notBefore(tx.nowMs + restartGraceMs);
  await noteListening(tx, null);
  return awayMs;
}

/** The clock was set, or the process stood still: the deadlines go with it. */
export async function moveSilenceDeadlines(tx: Transaction, byMs: number): Promise<number | null> {
  await tx.supervision.moveDeadlines(byMs);
  await noteListening(tx, null);
  return tx.supervision.nextDeadlineMs();
}

export const silenceWorks = {
  lookForSilence,
  beginSupervision,
  endSilence,
  setSupervision,
  noteListening,
  resumeListening,
  moveSilenceDeadlines,
};
