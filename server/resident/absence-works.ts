import type { AbsenceKind } from '@carebell/contracts/absence.ts';
import type { Dwelling, Resident } from '@carebell/contracts/registry.ts';
import { covers } from '../care-station/organisation-scope.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { Transaction } from '../journal/transaction.ts';
import { overlaps, phaseAt, spanRefusal, untilRefusal } from './absence.ts';
import type { SpanRefusal } from './absence.ts';
import type { AbsenceOutcome, AbsenceRefusal } from './absence-outcome.ts';
import type { AbsenceRecord } from './absence-store.ts';
import { appendRegistryEntry } from './registry-journal.ts';
import { changedFields, isOutdated, refused } from './registry-outcome.ts';

type Call = { actorId: string; scope: Scope };

/** Who is named in the journal when an absence begins or ends without anybody's doing. */
const byItself = 'hub';

/** Enters that a resident is away, in hospital, on holiday, or has a carer at home. */
export async function setAbsence(
  tx: Transaction,
  call: Call & {
    residentId: string;
    absence: { kind: AbsenceKind; fromMs: number | null; untilMs: number; note: string };
  },
): Promise<AbsenceOutcome> {
  const { actorId, scope, residentId } = call;
  // What ended in this very second makes room for what begins in it.
  await passAbsences(tx, null);
  const home = await homeInScope(tx, scope, residentId);
  if (!home) return refused('not-found', 'residentId');
  const { kind, untilMs, note } = call.absence;
  const fromMs = call.absence.fromMs ?? tx.nowMs;
  const span = { kind, fromMs, untilMs, endedAtMs: null };
  const reason = spanRefusal(span, tx.nowMs);
  if (reason !== null) return refusedSpan(reason);
  const other = (await tx.absences.pending(residentId)).find((pending) => overlaps(pending, span));
  if (other) return { ok: false, reason: 'absence-overlaps', other };
  const id = tx.newId();
  await tx.absences.insert({
    ...span,
    id,
    residentId,
    phase: phaseAt(span, tx.nowMs),
    note,
    setBy: actorId,
    setAtMs: tx.nowMs,
    endedBy: null,
    version: 1,
  });
  await tell(tx, { kind: 'absence-set', id, residentId, actorId, fields: ['kind', 'from', 'until'] }, home);
  return { ok: true, id };
}

/** Prolongs or shortens one that is not over, or changes its note. */
export async function changeAbsence(
  tx: Transaction,
  call: Call & {
    id: string;
    change: { untilMs?: number | undefined; note?: string | undefined };
    version?: number | undefined;
  },
): Promise<AbsenceOutcome> {
  const { actorId, change } = call;
  const found = await openInScope(tx, call);
  if (!found.ok) return found;
  const { absence, home } = found;
  if (isOutdated(absence, call)) return refused('changed-meanwhile', 'version');
  const untilMs = change.untilMs ?? absence.untilMs;
  const changed = { ...absence, untilMs, note: change.note ?? absence.note };
  const reason = change.untilMs === undefined ? null : untilRefusal(changed, tx.nowMs);
  if (reason !== null) return refusedSpan(reason);
  const { id, residentId } = absence;
  const others = (await tx.absences.pending(residentId)).filter((other) => other.id !== id);
  const other = others.find((pending) => overlaps(pending, changed));
  if (other) return { ok: false, reason: 'absence-overlaps', other };
  await tx.absences.update(changed);
  const kind =
    untilMs > absence.untilMs
      ? 'absence-prolonged'
      : untilMs < absence.untilMs
        ? 'absence-shortened'
        : 'absence-changed';
  const fields = changedFields({ until: change.untilMs, note: change.note });
  await tell(tx, { kind, id, residentId, actorId, fields }, home);
  return { ok: true, id };
}

/** The resident is back early, or does not go after all. */
export async function endAbsence(tx: Transaction, call: Call & { id: string }): Promise<AbsenceOutcome> {
  const found = await openInScope(tx, call);
  if (!found.ok) return found;
  const { absence, home } = found;
  const { id, residentId } = absence;
  const { actorId } = call;
  await tx.absences.update({ ...absence, phase: 'over', endedAtMs: tx.nowMs, endedBy: actorId });
  await tell(tx, { kind: 'absence-ended-early', id, residentId, actorId }, home);
  return { ok: true, id };
}

/** Begins and ends the absences whose time has come; returns how many. Those that passed while the hub was down too. */
export async function passAbsences(tx: Transaction, _: null): Promise<number> {
  const due = await tx.absences.due(tx.nowMs);
  for (const absence of due) {
    const { id, residentId, untilMs } = absence;
    const home = await homeInScope(tx, 'all', residentId);
    const phase = phaseAt(absence, tx.nowMs);
    const entry = { id, residentId, actorId: byItself };
    if (absence.phase === 'planned') await tell(tx, { ...entry, kind: 'absence-began' }, home);
    await tx.absences.update({ ...absence, phase, endedAtMs: phase === 'over' ? untilMs : null });
    if (phase === 'over') await tell(tx, { ...entry, kind: 'absence-ended' }, home);
  }
  return due.length;
}

export const absenceWorks = { setAbsence, changeAbsence, endAbsence, passAbsences };

type Home = { resident: Resident; dwelling: Dwelling };

async function homeInScope(tx: Transaction, scope: Scope, residentId: string): Promise<Home | undefined> {
  const resident = await tx.registry.resident(residentId);
  const dwelling = resident && (await tx.registry.dwelling(resident.dwellingId));
  return resident && dwelling && covers(scope, dwelling.stationId) ? { resident, dwelling } : undefined;
}

async function openInScope(
  tx: Transaction,
  { scope, id }: { scope: Scope; id: string },
): Promise<{ ok: true; absence: AbsenceRecord; home: Home } | AbsenceRefusal> {
  await passAbsences(tx, null);
  const absence = await tx.absences.load(id);
  const home = absence && (await homeInScope(tx, scope, absence.residentId));
  if (!absence || !home) return refused('not-found', 'id');
  return absence.phase === 'over' ? { ok: false, reason: 'absence-over' } : { ok: true, absence, home };
}

function refusedSpan(reason: SpanRefusal): AbsenceRefusal {
  return { ok: false, reason, field: reason === 'from-too-early' ? 'from' : 'until' };
}

/** Enters it in the journal, and has the resident's open alarms shown anew: what they say of the absence, and nothing else. */
async function tell(
  tx: Transaction,
  entry: { kind: string; id: string; residentId: string; actorId: string; fields?: readonly string[] },
  home: Home | undefined,
): Promise<void> {
  await appendRegistryEntry(tx, { ...entry, stationId: home?.dwelling.stationId ?? null });
  for (const alarmId of await tx.absences.openAlarmsOf(entry.residentId)) tx.touched.alarms.add(alarmId);
}
