import { sql } from 'kysely';
import type { RawBuilder, Selectable } from 'kysely';
import type { Resident } from '@carebell/contracts/registry.ts';
import type { VisitFindings } from '@carebell/contracts/visits.ts';
import { latestSign } from '../../detection/watch.ts';
import type { Watch } from '../../detection/watch.ts';
import type { Owed } from '../../visit/owed.ts';
import type { CallRecord, CampaignRecord, FollowUpRecord, VisitRecord } from '../../visit/visit-store.ts';
import { opened, sealed } from './sealed-texts.ts';
import type { Tables } from './tables.ts';

/** To be selected after all of the row, in whose place they come. */
export const openedFindings = opened('visits.findings').as('findings');
export const openedFollowUp = [
  opened('visit_follow_ups.text').as('text'),
  opened('visit_follow_ups.done_note').as('done_note'),
] as const;

/** Nobody is sent to an empty home, however long ago the visit was missed. */
export function isAwayAt(nowMs: number): RawBuilder<unknown> {
  return sql`EXISTS (SELECT 1 FROM absences WHERE absences.resident_id = owed_visits.resident_id
    AND absences.phase = 'running' AND absences.kind <> 'carer-present'
    AND absences.from_at <= ${nowMs} AND absences.until_at > ${nowMs})`;
}

/** A sensor that has reported for a day without a pause confirms nothing. */
const stuckAfterMs = 86_400_000;

/** The latest sign of life that sensors and buttons gave of a resident. */
export function signOf(watch: string | null): number | null {
  if (watch === null) return null;
  const known = JSON.parse(watch) as Watch;
  const sign = latestSign(known, stuckAfterMs)?.atMs ?? null;
  return Math.max(sign ?? 0, known.pressedMs ?? 0) || null;
}

export function owedOf(row: Selectable<Tables['owed_visits']>): Owed {
  return {
    id: row.id,
    cause: row.cause,
    ref: row.ref,
    fromMs: row.from_at,
    untilMs: row.until_at,
    openedAtMs: row.opened_at,
    phase: row.phase,
    visitId: row.visit_id,
    kind: row.kind,
    isCheckedIn: row.is_checked_in === 1,
    settledAtMs: row.settled_at,
    tier: row.tier,
    excuse: row.excuse,
    tries: row.tries,
    whyNot: row.why_not,
    signAtMs: row.sign_at,
  };
}

export function owedColumns(owed: Owed) {
  return {
    cause: owed.cause,
    ref: owed.ref,
    from_at: owed.fromMs,
    until_at: owed.untilMs,
    opened_at: owed.openedAtMs,
    phase: owed.phase,
    visit_id: owed.visitId,
    kind: owed.kind,
    is_checked_in: owed.isCheckedIn ? 1 : 0,
    settled_at: owed.settledAtMs,
    tier: owed.tier,
    excuse: owed.excuse,
    tries: owed.tries,
    why_not: owed.whyNot,
    sign_at: owed.signAtMs,
  };
}

/** With its sealed columns opened. */
export function visitRecordOf(row: Selectable<Tables['visits']> & { findings: string }): VisitRecord {
  return {
    id: row.id,
    residentId: row.resident_id,
    dwellingId: row.dwelling_id,
    stationId: row.station_id,
    kind: row.kind,
    result: row.result,
    reason: row.reason,
    startedAtMs: row.started_at,
    atMs: row.at,
    recordedAtMs: row.recorded_at,
    visitorId: row.visitor_id,
    checkIn: row.check_in,
    checkedInAtMs: row.checked_in_at,
    findings: JSON.parse(row.findings) as VisitFindings,
    campaignId: row.campaign_id,
  };
}

export function visitColumns(visit: VisitRecord) {
  return {
    id: visit.id,
    resident_id: visit.residentId,
    dwelling_id: visit.dwellingId,
    station_id: visit.stationId,
    kind: visit.kind,
    result: visit.result,
    reason: visit.reason,
    started_at: visit.startedAtMs,
    at: visit.atMs,
    recorded_at: visit.recordedAtMs,
    visitor_id: visit.visitorId,
    check_in: visit.checkIn,
    checked_in_at: visit.checkedInAtMs,
    findings: sealed('visits.findings', visit.id, JSON.stringify(visit.findings)),
    campaign_id: visit.campaignId,
  };
}

export function followUpRecordOf(
  row: Selectable<Tables['visit_follow_ups']> & { text: string; done_note: string },
): FollowUpRecord {
  return {
    id: row.id,
    visitId: row.visit_id,
    residentId: row.resident_id,
    text: row.text,
    dueDay: row.due_day,
    ownerId: row.owner_id,
    doneAtMs: row.done_at,
    doneBy: row.done_by,
    doneNote: row.done_note,
  };
}

export function followUpColumns(followUp: FollowUpRecord) {
  return {
    id: followUp.id,
    visit_id: followUp.visitId,
    resident_id: followUp.residentId,
    text: sealed('visit_follow_ups.text', followUp.id, followUp.text),
    due_day: followUp.dueDay,
    owner_id: followUp.ownerId,
    done_at: followUp.doneAtMs,
    done_by: followUp.doneBy,
    done_note: sealed('visit_follow_ups.done_note', followUp.id, followUp.doneNote),
  };
}

export function campaignRecordOf(row: Selectable<Tables['visit_campaigns']>): CampaignRecord {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    organisationId: row.organisation_id,
    groups: JSON.parse(row.groups) as Resident['riskGroups'],
    script: row.script,
    untilMs: row.until_at,
    startedAtMs: row.started_at,
    startedBy: row.started_by,
    endedAtMs: row.ended_at,
  };
}

export function campaignColumns(campaign: CampaignRecord): Tables['visit_campaigns'] {
  return {
    id: campaign.id,
    name: campaign.name,
    kind: campaign.kind,
    organisation_id: campaign.organisationId,
    groups: JSON.stringify(campaign.groups),
    script: campaign.script,
    until_at: campaign.untilMs,
    started_at: campaign.startedAtMs,
    started_by: campaign.startedBy,
    ended_at: campaign.endedAtMs,
  };
}

export function callRecordOf(row: Selectable<Tables['campaign_calls']>): CallRecord {
  return {
    campaignId: row.campaign_id,
    residentId: row.resident_id,
    stationId: row.station_id,
    result: row.result,
    isDone: row.is_done === 1,
    tries: row.tries,
    lastAtMs: row.last_at,
    lastBy: row.last_by,
  };
}

export function callColumns(call: CallRecord): Tables['campaign_calls'] {
  return {
    campaign_id: call.campaignId,
    resident_id: call.residentId,
    station_id: call.stationId,
    result: call.result,
    is_done: call.isDone ? 1 : 0,
    tries: call.tries,
    last_at: call.lastAtMs,
    last_by: call.lastBy,
  };
}
