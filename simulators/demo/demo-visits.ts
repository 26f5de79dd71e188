import { pageOf } from '@carebell/contracts/http-api.ts';
import { campaignPageSchema, campaignSchema } from '@carebell/contracts/visit-campaigns.ts';
import type { CampaignResult, NewCampaign } from '@carebell/contracts/visit-campaigns.ts';
import type { NewVisit } from '@carebell/contracts/visits.ts';
import { z } from 'zod';
import type { ApiClient } from './api-client.ts';
import type { Community } from './community.ts';
import { localDate, midnightBefore } from './past/local-day.ts';

const anything = z.unknown();
const idsSchema = pageOf(z.object({ residentId: z.string() }));
const minuteMs = 60_000;
const dayMs = 86_400_000;
/** How the visits of a week go, one resident after another; `null`: nobody has been there yet. */
const course: readonly (Partial<NewVisit> | null)[] = [
  {
    kind: 'in-person',
    findings: { condition: 'as-usual', hazards: ['gas'], note: '灶具老化' },
    followUp: { text: '陪同更换灶具', dueDay: '', ownerId: null },
  },
  { kind: 'phone', findings: { condition: 'well', note: '女儿在家' } },
  null,
  { kind: 'in-person', result: 'not-met', reason: 'nobody-home' },
  { kind: 'in-person', findings: { condition: 'well', wishes: '想参加手工课' } },
  null,
  { kind: 'phone', result: 'not-met', reason: 'not-reached' },
  { kind: 'in-person', findings: { condition: 'worse', hazards: ['falling'], note: '走路不稳' } },
];
const met: readonly CampaignResult[] = ['well', 'not-reached', 'well', 'needs-help'];

/**
 * The visits of the week so far, some made, some tried, some still to be made, and a campaign under way. Once: a demo that has
 * a campaign has them.
 */
export async function enterDemoVisits(
  api: ApiClient,
  community: Community,
  { nowMs, timeZone }: { nowMs: number; timeZone: string },
): Promise<void> {
  const known = await api.get('/visit-campaigns?limit=1', campaignPageSchema);
  if (known.items.length > 0) return;
  const today = midnightBefore(nowMs, timeZone);
  const soFarMs = nowMs - today + weekdayOf(nowMs, timeZone) * dayMs;
  const visits = community.residents.flatMap(({ id, dwellingId }, index) => {
    const made = course[index % course.length] ?? null;
    if (made === null) return [];
    // Spread over the week so far, the first ones the longest ago.
    const atMs =
      nowMs - Math.round((soFarMs * (community.residents.length - index)) / (community.residents.length + 1));
    const isLabelled = made.kind === 'in-person' && made.result === undefined && index % 3 !== 0;
    const followUp = made.followUp
      ? { ...made.followUp, dueDay: localDate(nowMs + 3 * dayMs, timeZone) }
      : null;
    return {
      ...made,
      residentId: id,
      startedAt: new Date(atMs - 12 * minuteMs).toISOString(),
      at: new Date(atMs).toISOString(),
      ...(isLabelled ? { labelDwellingId: dwellingId } : {}),
      followUp,
    };
  });
  // Each is of another resident, so that their order does not matter.
  await Promise.all(visits.map((visit) => api.post('/visits', visit, anything)));
  const [district] = community.organisations;
  if (district?.id === undefined) return;
  const campaign: NewCampaign = {
    name: '寒潮问候',
    kind: 'cold',
    organisationId: district.id,
    groups: ['living-alone', 'advanced-age'],
    until: new Date(nowMs + 2 * dayMs).toISOString(),
    script: '问暖气和被褥，提醒防滑、防一氧化碳。',
  };
  const { id } = await api.post('/visit-campaigns', campaign, campaignSchema);
  const { items } = await api.get(`/visit-campaigns/${id}/calls?limit=8`, idsSchema);
  await Promise.all(
    items.map(({ residentId }, index) =>
      api.post(`/visit-campaigns/${id}/calls/${residentId}`, { result: met[index % met.length] }, anything),
    ),
  );
}

/** Days since Monday. */
function weekdayOf(atMs: number, timeZone: string): number {
  const day = Math.round(Date.parse(`${localDate(atMs, timeZone)}T00:00:00Z`) / dayMs);
  // 1970-01-01 was a Thursday.
  return (day + 3) % 7;
}
