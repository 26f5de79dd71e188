import type { CampaignKind, CampaignResult } from '@carebell/contracts/visit-campaigns.ts';
import type { Resident } from '@carebell/contracts/registry.ts';
import { covers } from '../care-station/organisation-scope.ts';
import type { Transaction } from '../journal/transaction.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';
import { refused } from '../resident/registry-outcome.ts';
import type { VisitOutcome } from './visit-outcome.ts';
import { homeOf, recordVisit } from './visit-works.ts';
import type { Call } from './visit-works.ts';

/** Begins a campaign, and draws up whom to call. */
export async function startCampaign(
  tx: Transaction,
  call: Omit<Call, 'timeZone'> & {
    campaign: {
      name: string;
      kind: CampaignKind;
      organisationId: string;
      groups: Resident['riskGroups'];
      script: string;
      untilMs: number;
    };
  },
): Promise<VisitOutcome> {
  const { actorId, scope, campaign } = call;
  const { organisationId } = campaign;
  if (!covers(scope, organisationId) || !(await tx.registry.organisation(organisationId)))
    return refused('reference-unknown', 'organisationId');
  if (campaign.untilMs <= tx.nowMs) return refused('reference-mismatch', 'until');
  const id = tx.newId();
  const record = { ...campaign, id, startedAtMs: tx.nowMs, startedBy: actorId, endedAtMs: null };
  await tx.visits.putCampaign(record);
  await tx.visits.listResidents(record);
  await appendRegistryEntry(tx, {
    kind: 'visit-campaign-started',
    id,
    actorId,
    stationId: organisationId,
    fields: [campaign.kind, ...campaign.groups],
  });
  return { ok: true, id };
}

/** Enters what a call met. Who was reached counts as visited by telephone. */
export async function recordCampaignCall(
  tx: Transaction,
  call: Call & {
    campaignId: string;
    residentId: string;
    result: CampaignResult;
    kind: 'phone' | 'in-person';
    note: string;
  },
): Promise<VisitOutcome> {
  const { actorId, scope, timeZone, campaignId, residentId, result, kind, note } = call;
  const campaign = await tx.visits.campaign(campaignId);
  const known = await tx.visits.call(campaignId, residentId);
  const home = known && (await homeOf(tx, scope, residentId));
  if (!campaign || !known || !home) return refused('not-found', 'id');
  if (campaign.endedAtMs !== null) return { ok: false, reason: 'campaign-ended' };
  const isMet = result === 'well' || result === 'needs-help';
  const visit = await recordVisit(tx, {
    actorId,
    scope,
    timeZone,
    visit: {
      residentId,
      kind,
      result: isMet ? 'met' : 'not-met',
      reason: isMet ? null : result === 'refused' ? 'refused' : 'not-reached',
      startedAtMs: null,
      atMs: null,
      labelDwellingId: null,
      findings: {
        condition: isMet ? (result === 'well' ? 'well' : 'needs-care') : null,
        hazards: [],
        wishes: '',
        note,
      },
      followUp: null,
      campaignId,
    },
  });
  if (!visit.ok) return visit;
  await tx.visits.putCall({
    ...known,
    result,
    isDone: result !== 'not-reached',
    tries: known.tries + 1,
    lastAtMs: tx.nowMs,
    lastBy: actorId,
  });
  return { ok: true, id: campaignId };
}

/** Ends a campaign; who was not reached stays on its list as it is. */
export async function endCampaign(
  tx: Transaction,
  { actorId, scope, id }: Omit<Call, 'timeZone'> & { id: string },
): Promise<VisitOutcome> {
  const campaign = await tx.visits.campaign(id);
  if (!campaign || !covers(scope, campaign.organisationId)) return refused('not-found', 'id');
  if (campaign.endedAtMs !== null) return { ok: false, reason: 'campaign-ended' };
  await tx.visits.putCampaign({ ...campaign, endedAtMs: tx.nowMs });
  const { organisationId: stationId } = campaign;
  await appendRegistryEntry(tx, { kind: 'visit-campaign-ended', id, actorId, stationId });
  return { ok: true, id };
}
