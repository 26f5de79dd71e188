import type { DeviceType } from '@carebell/contracts/registry.ts';
import { pageOf } from '@carebell/contracts/http-api.ts';
import { campaignCallPageSchema, campaignSchema } from '@carebell/contracts/visit-campaigns.ts';
import { duePageSchema } from '@carebell/contracts/visits.ts';
import type { DueResident, NewVisit } from '@carebell/contracts/visits.ts';
import { z } from 'zod';
import { between, pick } from '../../random.ts';
import type { Random } from '../../random.ts';
import { localDate } from '../past/local-day.ts';
import type { Agenda } from './agenda.ts';
import type { Households } from './households.ts';
import type { Staff } from './staff.ts';

export type VisitingPorts = {
  agenda: Agenda;
  nowMs: () => number;
  timeZone: string;
  staff: Staff;
  households: Households;
  district: string;
};

const anything = z.unknown();
const minuteMs = 60_000;
const dayMs = 86_400_000;
const followUpsSchema = pageOf(z.object({ id: z.string(), doneAt: z.string().nullable().optional() }));
/** Of those who are due, so many are gone to on one day: of a week a few are left over. */
const partOfDay = 0.35;
const partOfUrgent = 0.9;
const buttons: readonly DeviceType[] = ['button', 'terminal'];

/** One station's visits of a day: most are met, some check in by label or button, some find something to see to. */
export async function makeVisits(ports: VisitingPorts, random: Random, stationId: string): Promise<void> {
  const { agenda, nowMs, staff } = ports;
  const { api } = staff.onShift(stationId, nowMs());
  const { items } = await api.get(`/visits/due?state=due&limit=200&stationId=${stationId}`, duePageSchema);
  let atMs = nowMs();
  for (const due of items) {
    // After an emergency somebody goes within the day.
    const isUrgent = due.owed.some(({ cause, phase }) => cause === 'after-event' && phase === 'open');
    if (random() >= (isUrgent ? partOfUrgent : partOfDay)) continue;
    atMs += Math.round(between(random, 3, 25) * minuteMs);
    const startedAt = instantOf(atMs);
    // A stream of its own, or who visits whom would depend on what else happens meanwhile.
    const luck = { way: random(), met: random(), button: random(), label: random(), finding: random() };
    const begins = (): void => {
      if (luck.way < 0.6 && luck.button < 0.25) pressFor(ports.households, due);
    };
    agenda.at(atMs, begins);
    agenda.at(atMs + 12 * minuteMs, () => enterVisit(ports, due, luck, startedAt));
  }
}

type Luck = Record<'way' | 'met' | 'button' | 'label' | 'finding', number>;

function instantOf(atMs: number): string {
  return new Date(atMs).toISOString();
}

async function enterVisit(
  { staff, nowMs, timeZone }: VisitingPorts,
  due: DueResident,
  luck: Luck,
  startedAt: string,
): Promise<void> {
  const isInPerson = luck.way < 0.6;
  const isMet = luck.met < 0.87;
  const visit: NewVisit = {
    residentId: due.residentId,
    kind: isInPerson ? 'in-person' : 'phone',
    result: isMet ? 'met' : 'not-met',
    startedAt,
    ...(isMet ? {} : { reason: isInPerson ? 'nobody-home' : 'not-reached' }),
    ...(isInPerson && isMet && luck.label < 0.4 ? { labelDwellingId: due.dwellingId } : {}),
    ...(isMet ? { findings: findingsOf(luck.finding) } : {}),
    ...(isMet && luck.finding < 0.08
      ? { followUp: { text: '更换厨房灯泡', dueDay: localDate(nowMs() + 3 * dayMs, timeZone) } }
      : {}),
  };
  await staff.onShift(due.stationId, nowMs()).api.post('/visits', visit, anything);
}

function findingsOf(luck: number): NonNullable<NewVisit['findings']> {
  if (luck < 0.08) return { condition: 'as-usual', hazards: ['electricity'], note: '厨房灯不亮' };
  if (luck < 0.14) return { condition: 'worse', wishes: '想去医院复查' };
  return { condition: luck < 0.6 ? 'well' : 'as-usual' };
}

/** The visitor presses the test key of the resident's button: it checks them in, and rings nowhere. */
function pressFor(households: Households, { residentName }: DueResident): void {
  const own = households.of(buttons).find(({ account }) => account.resident === residentName);
  own?.device.test();
}

/** What visits found is seen to, most of it. */
export async function seeToFollowUps(
  { staff, nowMs }: VisitingPorts,
  random: Random,
  stationId: string,
): Promise<void> {
  const { api } = staff.onShift(stationId, nowMs());
  const { items } = await api.get(`/visit-follow-ups?stationId=${stationId}`, followUpsSchema);
  for (const { id, doneAt } of items) {
    if ((doneAt ?? null) !== null || random() < 0.4) continue;
    await api.post(`/visit-follow-ups/${id}/done`, { note: '已处理' }, anything);
  }
}

/** Before a cold wave everybody who lives alone or is very old is called within two days. */
export async function callEverybody(
  { agenda, nowMs, staff, district }: VisitingPorts,
  random: Random,
): Promise<void> {
  const campaign = await staff.supervisor.api.post(
    '/visit-campaigns',
    {
      name: '寒潮关怀',
      kind: 'cold',
      organisationId: district,
      groups: ['living-alone', 'advanced-age'],
      until: instantOf(nowMs() + 2 * dayMs),
      script: '家里暖和吗？有没有足够的被褥和药？',
    },
    campaignSchema,
  );
  for (const stationId of staff.stations)
    for (const afterMs of [0.1, 0.25, 1.05].map((days) => days * dayMs))
      agenda.at(nowMs() + afterMs, () => callSome(campaign.id, stationId));

  async function callSome(campaignId: string, stationId: string): Promise<void> {
    const { api } = staff.onShift(stationId, nowMs());
    const path = `/visit-campaigns/${campaignId}/calls`;
    const { items } = await api.get(`${path}?state=open&stationId=${stationId}`, campaignCallPageSchema);
    for (const { residentId } of items) {
      if (random() < 0.15) continue;
      const result = random() < 0.85 ? pick(random, 'well', 'well', 'well', 'needs-help') : 'not-reached';
      await api.post(`${path}/${residentId}`, { result, note: '' }, anything);
    }
  }
}
