import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { isServiceKind } from '@carebell/contracts/service-kinds.ts';
import type { ServiceKind } from '@carebell/contracts/service-kinds.ts';
import {
  nearOrganisationsSchema,
  requestPageSchema,
  serviceRequestSchema,
} from '@carebell/contracts/service-requests.ts';
import { z } from 'zod';
import type { Random } from '../../random.ts';
import { pick } from '../../random.ts';
import type { ApiClient } from '../api-client.ts';
import type { Providers } from './providers.ts';
import { providerDeeds } from './request-course.ts';
import type { ProviderDeed, RequestDeed } from './request-course.ts';
import type { Staff } from './staff.ts';

const details: Record<ServiceKind, Record<string, string>> = {
  registration: { hospital: '区中心医院', department: '心内科' },
  taxi: { destination: '区中心医院' },
  meal: { meal: '午餐', portions: '1' },
  advice: { about: '医保报销' },
};
const arrangedBy: Record<ServiceKind, string> = {
  registration: '已代为预约',
  taxi: '车队派车',
  meal: '社区食堂送餐',
  advice: '已答复',
};

const anything = z.unknown();
const scores = [3, 4, 4, 5, 5, 5] as const;

export type ServiceDesk = {
  /** The request for which this alarm rings. */
  ofAlarm(alarm: AlarmView, api: ApiClient): Promise<string | undefined>;
  carryOut(requestId: string, stationId: string, act: RequestDeed['act'], random: Random): Promise<void>;
  /** The resident calls the station on the telephone. */
  askByPhone(residentId: string, stationId: string, random: Random): Promise<string>;
};

export function openServiceDesk(staff: Staff, providers: Providers, nowMs: () => number): ServiceDesk {
  /** Who has a request that was handed over. */
  const heldBy = new Map<string, string>();
  const offeredTo = new Map<string, string>();
  /** What was sent to providers for a request, the latest last. */
  const offers = new Map<string, string[]>();

  /** Who comes on shift, or accepts from another station, takes it before anything else. */
  async function begin(requestId: string, holder: string): Promise<ServiceKind> {
    const own = staff.onShift(holder, nowMs());
    const { kind, owner } = await own.api.get(`/requests/${requestId}`, serviceRequestSchema);
    if (owner?.id !== own.id)
      await own.api.post(`/requests/${requestId}/take`, { takeOver: owner !== null }, anything);
    await own.api.patch(`/requests/${requestId}`, { details: details[kind] }, anything);
    return kind;
  }

  async function answer(requestId: string, stationId: string, act: ProviderDeed): Promise<void> {
    const offerId = offers.get(requestId)?.at(-1);
    if (offerId === undefined || (await providers.answer(offerId, act)) || act !== 'provider-done') return;
    // Who was too late to accept does not come: the station sees to it.
    const holder = heldBy.get(requestId) ?? stationId;
    const { api } = staff.onShift(holder, nowMs());
    const { endedAt } = await api.get(`/requests/${requestId}`, serviceRequestSchema);
    if (endedAt !== null) return;
    const kind = await begin(requestId, holder);
    await api.post(`/requests/${requestId}/arrange`, { note: arrangedBy[kind] }, anything);
    await api.post(`/requests/${requestId}/done`, { note: '' }, anything);
  }

  return {
    async ofAlarm({ id, kind, residentId }, api) {
      if (!isServiceKind(kind) || residentId === null) return undefined;
      const { items } = await api.get(`/requests?view=open&residentId=${residentId}`, requestPageSchema);
      return items.find(({ alarmId }) => alarmId === id)?.id;
    },
    async carryOut(requestId, stationId, act, random) {
      if (isProviders(act)) return answer(requestId, stationId, act);
      const holder = heldBy.get(requestId) ?? stationId;
      const { api } = staff.onShift(holder, nowMs());
      const at = (path: string): string => `/requests/${requestId}/${path}`;
      switch (act) {
        case 'hand-over': {
          const { items } = await api.get(`/requests/${requestId}/near`, nearOrganisationsSchema);
          const near = items.find(({ id }) => staff.stations.includes(id))?.id;
          // A station that is alone in its street has nobody to hand it over to.
          if (near === undefined) return;
          await api.post(at('hand-over'), { organisationId: near, note: '本站排满' }, anything);
          offeredTo.set(requestId, near);
          return;
        }
        case 'accept-hand-over': {
          const neighbour = offeredTo.get(requestId);
          if (neighbour === undefined) return;
          const { api: other } = staff.onShift(neighbour, nowMs());
          await other.post(at('hand-over-answer'), { answer: 'accepted' }, anything);
          heldBy.set(requestId, neighbour);
          return;
        }
        case 'arrange': {
          const kind = await begin(requestId, holder);
          await api.post(at('arrange'), { note: arrangedBy[kind] }, anything);
          return;
        }
        case 'offer': {
          const kind = await begin(requestId, holder);
          const sent = offers.get(requestId) ?? [];
          const asked = { providerId: providers.whom(kind, sent.length) };
          const { offer } = await api.post(at('offer'), asked, serviceRequestSchema);
          if (offer) offers.set(requestId, [...sent, offer.id]);
          return;
        }
        case 'done':
          await api.post(at('done'), { note: '' }, anything);
          return;
        case 'feedback':
          await api.post(at('feedback'), { score: pick(random, ...scores), note: '' }, anything);
          return;
        case 'refuse':
          await api.post(at('refuse'), { reason: 'outside-hours', note: '' }, anything);
          return;
        case 'cancel':
          await api.post(at('cancel'), { reason: 'resident-withdrew', note: '' }, anything);
      }
    },
    async askByPhone(residentId, stationId, random) {
      const kind = pick(random, 'meal', 'taxi', 'registration', 'advice');
      const body = { kind, residentId, details: details[kind] };
      const { id } = await staff
        .onShift(stationId, nowMs())
        .api.post('/requests', body, serviceRequestSchema);
      return id;
    },
  };
}

function isProviders(act: RequestDeed['act']): act is ProviderDeed {
  return providerDeeds.some((deed) => deed === act);
}
