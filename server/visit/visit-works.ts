import type { VisitKind } from '@carebell/contracts/visit-frequencies.ts';
import type { NotMetReason, Visit, VisitFindings } from '@carebell/contracts/visits.ts';
import { covers } from '../care-station/organisation-scope.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { Transaction } from '../journal/transaction.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';
import { refused } from '../resident/registry-outcome.ts';
import type { RegistryRefusal } from '../resident/registry-outcome.ts';
import { lookAt } from './visit-look.ts';
import type { VisitOutcome } from './visit-outcome.ts';
import type { FollowUpRecord } from './visit-store.ts';

export type Call = { actorId: string; scope: Scope; timeZone: string };
type NewFollowUp = { text: string; dueDay: string; ownerId: string | null };
export type VisitContents = {
  id?: string | undefined;
  residentId: string;
  kind: VisitKind;
  result: Visit['result'];
  reason: NotMetReason | null;
  startedAtMs: number | null;
  atMs: number | null;
  labelDwellingId: string | null;
  findings: VisitFindings;
  followUp: NewFollowUp | null;
  campaignId?: string | undefined;
};

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** A visitor presses at the door before writing down when they came, or when they leave. */
export const pressAroundMs = 10 * minuteMs;
const longestMs = 12 * 60 * minuteMs;
/** What was kept on a phone without network is told within this time; afterwards the numbers stand. */
const toldWithinMs = 14 * dayMs;
/** A phone's clock may be ahead by so much: its visit has just ended. */
const aheadMs = 5 * minuteMs;

/** Enters a visit or a try, with what was found and what is to follow. The same one sent again is entered once. */
export async function recordVisit(
  tx: Transaction,
  call: Call & { visit: VisitContents },
): Promise<VisitOutcome> {
  const { actorId, scope, visit, timeZone } = call;
  const { residentId, findings, followUp } = visit;
  const home = await homeOf(tx, scope, residentId);
  if (!home) return refused('reference-unknown', 'residentId');
  const { dwellingId, stationId } = home;
  if (visit.id !== undefined) {
    const known = await tx.visits.visit(visit.id);
    if (known && (known.visitorId !== actorId || known.residentId !== residentId))
      return refused('already-exists', 'id');
    if (known) return { ok: true, id: known.id };
  }
  if (visit.result === 'not-met' && visit.reason === null) return refused('field-missing', 'reason');
  if (visit.result === 'met' && visit.reason !== null) return refused('reference-mismatch', 'reason');
  const { labelDwellingId } = visit;
  if (labelDwellingId !== null && labelDwellingId !== dwellingId)
    return refused('reference-mismatch', 'labelDwellingId');
  const atMs = Math.min(visit.atMs ?? tx.nowMs, tx.nowMs);
  if ((visit.atMs ?? 0) > tx.nowMs + aheadMs || atMs < tx.nowMs - toldWithinMs)
    return { ok: false, reason: 'visit-time', field: 'at' };
  const startedAtMs = Math.min(visit.startedAtMs ?? atMs, atMs);
  if ((visit.startedAtMs ?? 0) > atMs + aheadMs || startedAtMs < atMs - longestMs)
    return { ok: false, reason: 'visit-time', field: 'startedAt' };
  const fault = followUp && (await ownerFault(tx, scope, followUp));
  if (fault) return fault;
  const isThere = visit.kind === 'in-person';
  const pressedMs = isThere
    ? await tx.visits.pressBetween(dwellingId, startedAtMs - pressAroundMs, atMs + pressAroundMs)
    : null;
  const label = isThere && labelDwellingId !== null ? { way: 'label' as const, atMs: startedAtMs } : null;
  const checkIn = pressedMs === null ? label : { way: 'button' as const, atMs: pressedMs };
  const id = visit.id ?? tx.newId();
  await tx.visits.insertVisit({
    id,
    residentId,
    dwellingId,
    stationId,
    kind: visit.kind,
    result: visit.result,
    reason: visit.reason,
    startedAtMs,
    atMs,
    recordedAtMs: tx.nowMs,
    visitorId: actorId,
    checkIn: checkIn?.way ?? null,
    checkedInAtMs: checkIn?.atMs ?? null,
    findings,
    campaignId: visit.campaignId ?? null,
  });
  const fields = [visit.kind, visit.result, ...(checkIn ? [checkIn.way] : [])];
  await appendRegistryEntry(tx, { kind: 'visit-recorded', id, actorId, residentId, stationId, fields });
  if (followUp) {
    const followUpId = tx.newId();
    await tx.visits.putFollowUp({ ...followUp, id: followUpId, visitId: id, residentId, ...notDone });
    const entry = { kind: 'visit-follow-up-set', id: followUpId, actorId, residentId, stationId };
    await appendRegistryEntry(tx, entry);
  }
  await lookAt(tx, residentId, timeZone);
  return { ok: true, id };
}

/** Somebody has seen to what a visit asked for. */
export async function doneVisitFollowUp(
  tx: Transaction,
  { actorId, scope, id, note }: Omit<Call, 'timeZone'> & { id: string; note: string },
): Promise<VisitOutcome> {
  const followUp = await tx.visits.followUp(id);
  const home = followUp && (await homeOf(tx, scope, followUp.residentId));
  if (!followUp || !home) return refused('not-found', 'id');
  if (followUp.doneAtMs !== null) return { ok: false, reason: 'follow-up-done' };
  await tx.visits.putFollowUp({ ...followUp, doneAtMs: tx.nowMs, doneBy: actorId, doneNote: note });
  const { residentId } = followUp;
  const { stationId } = home;
  await appendRegistryEntry(tx, { kind: 'visit-follow-up-done', id, actorId, residentId, stationId });
  return { ok: true, id };
}

const notDone: Pick<FollowUpRecord, 'doneAtMs' | 'doneBy' | 'doneNote'> = {
  doneAtMs: null,
  doneBy: null,
  doneNote: '',
};

export async function homeOf(
  tx: Transaction,
  scope: Scope,
  residentId: string,
): Promise<{ dwellingId: string; stationId: string } | undefined> {
  const resident = await tx.registry.resident(residentId);
  const dwelling = resident && (await tx.registry.dwelling(resident.dwellingId));
  if (!dwelling || !covers(scope, dwelling.stationId)) return undefined;
  return { dwellingId: dwelling.id, stationId: dwelling.stationId };
}

/** Who is to see to it is a colleague whom the visitor may see. */
async function ownerFault(
  tx: Transaction,
  scope: Scope,
  { ownerId }: NewFollowUp,
): Promise<RegistryRefusal | undefined> {
  if (ownerId === null) return undefined;
  const owner = await tx.identity.user(ownerId);
  const isKnown = owner?.isActive === true && covers(scope, owner.organisationId);
  return isKnown ? undefined : refused('reference-unknown', 'followUp.ownerId');
}
