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
import { between, pick } from '../../random.ts';
import type { ApiClient } from '../api-client.ts';
import type { Staff } from './staff.ts';

/** What becomes of a request for a service after somebody has it. */
export const requestDeeds = [
  'arrange',
  'done',
  'feedback',
  'refuse',
  'cancel',
  'hand-over',
  'accept-hand-over',
] as const;
export type RequestDeed = { is: 'request'; act: (typeof requestDeeds)[number]; afterMs: number };

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Most are arranged and done; some late, some refused, given up, or handed over to a station that can. */
export function requestCourse(random: Random): RequestDeed[] {
  const act = (what: RequestDeed['act'], low: number, high: number): RequestDeed => ({
    is: 'request',
    act: what,
    afterMs: Math.round(between(random, low, high)),
  });
  const luck = random();
  if (luck < 0.05) return [act('refuse', minuteMs, 4 * minuteMs)];
  if (luck < 0.1) return [act('cancel', minuteMs, 15 * minuteMs)];
  const isLate = random() < 0.12;
  const rest = [
    isLate ? act('arrange', 1.2 * hourMs, 5 * hourMs) : act('arrange', 3 * minuteMs, 16 * minuteMs),
    random() < 0.93
      ? act('done', 0.4 * hourMs, (isLate ? 4 : 1.7) * hourMs)
      : act('done', 20 * hourMs, 30 * hourMs),
  ];
  return [
    ...(luck < 0.15
      ? [act('hand-over', minuteMs, 5 * minuteMs), act('accept-hand-over', minuteMs, 9 * minuteMs)]
      : []),
    ...rest,
    ...(random() < 0.7 ? [act('feedback', 0.5 * hourMs, 5 * hourMs)] : []),
  ];
}

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

export function openServiceDesk(staff: Staff, nowMs: () => number): ServiceDesk {
  /** Who has a request that was handed over. */
  const heldBy = new Map<string, string>();
  const offeredTo = new Map<string, string>();

  return {
    async ofAlarm({ id, kind, residentId }, api) {
      if (!isServiceKind(kind) || residentId === null) return undefined;
      const { items } = await api.get(`/requests?view=open&residentId=${residentId}`, requestPageSchema);
      return items.find(({ alarmId }) => alarmId === id)?.id;
    },
    async carryOut(requestId, stationId, act, random) {
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
          const { kind, owner } = await api.get(`/requests/${requestId}`, serviceRequestSchema);
          // Who comes on shift, or accepts from another station, takes it before anything else.
          const own = staff.onShift(holder, nowMs());
          if (owner?.id !== own.id) await api.post(at('take'), { takeOver: owner !== null }, anything);
          await api.patch(`/requests/${requestId}`, { details: details[kind] }, anything);
          await api.post(at('arrange'), { note: arrangedBy[kind] }, anything);
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
