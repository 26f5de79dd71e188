import type { AbsenceKind } from '@carebell/contracts/absence.ts';
import type { CampaignKind, CampaignResult } from '@carebell/contracts/visit-campaigns.ts';
import type { VisitCause, VisitFrequency, VisitKind } from '@carebell/contracts/visit-frequencies.ts';
import type { DuePhase, EscalationTier, NotMetReason, Visit } from '@carebell/contracts/visits.ts';
import type { Sealed } from './sealed-texts.ts';

/** Visits, what is owed to residents, and campaigns. `settings`, `findings` and `groups` are JSON. */
export type VisitTables = {
  visit_settings: { organisation_id: string; settings: string; version: number };
  visit_plans: { resident_id: string; frequency: VisitFrequency | null; note: Sealed; version: number };
  visit_looks: { resident_id: string; looked_at: number | null; next_at: number | null };
  owed_visits: {
    id: string;
    resident_id: string;
    station_id: string;
    grid: string | null;
    cause: VisitCause;
    ref: string;
    from_at: number;
    until_at: number;
    opened_at: number;
    phase: DuePhase;
    visit_id: string | null;
    kind: VisitKind | null;
    is_checked_in: number;
    settled_at: number | null;
    tier: EscalationTier | null;
    excuse: AbsenceKind | 'new' | null;
    tries: number;
    why_not: NotMetReason | null;
    sign_at: number | null;
  };
  visits: {
    id: string;
    resident_id: string;
    dwelling_id: string;
    station_id: string;
    kind: VisitKind;
    result: Visit['result'];
    reason: NotMetReason | null;
    started_at: number;
    at: number;
    recorded_at: number;
    visitor_id: string;
    check_in: Visit['checkIn'];
    checked_in_at: number | null;
    findings: Sealed;
    campaign_id: string | null;
  };
  visit_presses: { dwelling_id: string; device_id: string; at: number };
  visit_follow_ups: {
    id: string;
    visit_id: string;
    resident_id: string;
    text: Sealed;
    due_day: string;
    owner_id: string | null;
    done_at: number | null;
    done_by: string | null;
    done_note: Sealed;
  };
  visit_digest_looks: { organisation_id: string; next_at: number };
  visit_digests: {
    id: string;
    organisation_id: string;
    tier: EscalationTier;
    day: string;
    made_at: number;
    visits: number;
    recipients: number;
    told_at: number | null;
  };
  visit_tellings: { owed_id: string; tier: EscalationTier; first_digest: string; last_digest: string };
  visit_campaigns: {
    id: string;
    name: string;
    kind: CampaignKind;
    organisation_id: string;
    groups: string;
    script: string;
    until_at: number;
    started_at: number;
    started_by: string;
    ended_at: number | null;
  };
  campaign_calls: {
    campaign_id: string;
    resident_id: string;
    station_id: string;
    result: CampaignResult | null;
    is_done: number;
    tries: number;
    last_at: number | null;
    last_by: string | null;
  };
};
