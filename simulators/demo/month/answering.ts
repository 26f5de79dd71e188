import { alarmKinds } from '@carebell/contracts/alarm-kinds.ts';
import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { z } from 'zod';
import { seededRandom } from '../../random.ts';
import { ApiProblem } from '../api-client.ts';
import type { Community } from '../community.ts';
import { localHour } from '../past/local-day.ts';
import type { Agenda } from './agenda.ts';
import { courseOf } from './courses.ts';
import type { Deed } from './courses.ts';
import { pressByLink } from './far-messages.ts';
import type { Phones } from './far-messages.ts';
import type { ServiceDesk } from './services.ts';
import type { AlarmWatch } from './screens.ts';
import type { Staff, Worker } from './staff.ts';

export type AnsweringPorts = {
  seed: string;
  timeZone: string;
  agenda: Agenda;
  nowMs: () => number;
  /** Lets the hub carry out what it has been told, without moving its clock. */
  settle: () => Promise<void>;
  watch: () => AlarmWatch;
  staff: Staff;
  phones: Phones;
  services: ServiceDesk;
  community: Community;
  /** The resident is not at home from now until then. */
  goesAway: (residentId: string, untilMs: number) => void;
};

export type Answering = {
  /** What people do about this alarm as it stands now; nothing where they are at it already. */
  notice(alarm: AlarmView): void;
  /** What the hub refused, by its code. */
  refusals(): ReadonlyMap<string, number>;
  handled(): number;
};

const anything = z.unknown();
const dayMs = 86_400_000;
/** What is done when the alarm is closed. */
const afterwards: ReadonlySet<Deed['is']> = new Set(['reopen', 'to-hospital', 'request']);
/** What only whoever has the alarm may do. */
const handles: ReadonlySet<Deed['is']> = new Set([
  'call-resident',
  'call-contact',
  'note',
  'send-responder',
  'close',
]);
const night = { fromHour: 22, untilHour: 6 };

/** People at screens and telephones: every alarm gets a course, and each deed of it is done by whoever has the alarm. */
export function createAnswering(ports: AnsweringPorts): Answering {
  const { seed, timeZone, agenda, nowMs, staff, phones, services, community } = ports;
  const underWay = new Set<string>();
  const links = new Map<string, string>();
  const requests = new Map<string, string>();
  const refusals = new Map<string, number>();
  let handled = 0;

  const stationOf = ({ stationId }: AlarmView): string => stationId ?? staff.stations[0] ?? '';
  const ownerOf = (alarm: AlarmView): Worker =>
    (alarm.owner && staff.find(alarm.owner.id)) ?? staff.onShift(stationOf(alarm), nowMs());
  const contactPhone = ({ residentId }: AlarmView): string | undefined =>
    community.residents.find(({ id }) => id === residentId)?.contacts?.[0]?.phone;

  function follow(alarmId: string, [deed, ...rest]: readonly Deed[]): void {
    if (deed === undefined) {
      underWay.delete(alarmId);
      return;
    }
    agenda.at(nowMs() + deed.afterMs, async () => {
      const alarm = ports.watch().find(alarmId);
      const isOver = alarm?.phase === 'closed' && !afterwards.has(deed.is);
      if (alarm === undefined || isOver) {
        underWay.delete(alarmId);
        return;
      }
      try {
        if (alarm.phase === 'raised' && handles.has(deed.is)) {
          // Nothing was heard of it for too long, and it was given back: whoever has the shift takes it again.
          await staff
            .onShift(stationOf(alarm), nowMs())
            .api.post(`/alarms/${alarmId}/acknowledge`, {}, anything);
          await ports.settle();
        }
        await carryOut(ports.watch().find(alarmId) ?? alarm, deed);
      } catch (error) {
        if (!(error instanceof ApiProblem) || error.status >= 500) throw error;
        const key = `${deed.is}: ${error.code}`;
        refusals.set(key, (refusals.get(key) ?? 0) + 1);
      }
      follow(alarmId, rest);
    });
  }

  async function carryOut(alarm: AlarmView, deed: Deed): Promise<void> {
    const at = (path: string): string => `/alarms/${alarm.id}/${path}`;
    const { api } = ownerOf(alarm);
    switch (deed.is) {
      case 'show':
        await staff.screen(stationOf(alarm)).show(alarm.id);
        return;
      case 'answer': {
        if (alarm.phase !== 'raised') return;
        const who = deed.by === 'supervisor' ? staff.supervisor : staff.onShift(stationOf(alarm), nowMs());
        await who.api.post(at('acknowledge'), {}, anything);
        return;
      }
      case 'call-resident':
      case 'call-contact': {
        const phone = deed.is === 'call-resident' ? alarm.residentPhone : contactPhone(alarm);
        if (phone === null || phone === undefined) await api.post(at('notes'), { note: '无电话' }, anything);
        else await api.post(at('contact-tries'), { phone, outcome: deed.outcome }, anything);
        return;
      }
      case 'note':
        await api.post(at('notes'), { note: deed.note }, anything);
        return;
      case 'send-responder': {
        const { id: personId, mobile } = staff.responder(stationOf(alarm));
        await api.post(at('dispatches'), { personId, way: 'link' }, anything);
        await ports.settle();
        const link = phones.linkFor(mobile);
        if (link !== undefined) links.set(alarm.id, link);
        return;
      }
      case 'report': {
        const link = links.get(alarm.id);
        if (link !== undefined) await pressByLink(link, { report: deed.report });
        return;
      }
      case 'close':
        await close(alarm, deed, api);
        return;
      case 'reopen':
        await api.post(at('reopen'), { note: deed.note }, anything);
        return;
      case 'request': {
        const requestId = requests.get(alarm.id) ?? (await services.ofAlarm(alarm, api));
        if (requestId === undefined) return;
        requests.set(alarm.id, requestId);
        await services.carryOut(
          requestId,
          stationOf(alarm),
          deed.act,
          seededRandom(`${seed}:${alarm.pressedAt}`),
        );
        return;
      }
      case 'to-hospital': {
        if (alarm.residentId === null) return;
        const untilMs = nowMs() + deed.days * dayMs;
        const absence = { kind: 'in-hospital', until: new Date(untilMs).toISOString(), note: '救护车送医' };
        await staff
          .onShift(stationOf(alarm), nowMs())
          .api.post(`/residents/${alarm.residentId}/absences`, absence, anything);
        ports.goesAway(alarm.residentId, untilMs);
      }
    }
  }

  async function close(
    alarm: AlarmView,
    { disposition, note }: Extract<Deed, { is: 'close' }>,
    api: Worker['api'],
  ): Promise<void> {
    const isSeen = disposition === 'helped-on-site' || disposition === 'ambulance-called';
    const isEmergency = alarmKinds[alarm.kind].priority === 'emergency';
    const proof = isEmergency ? { proof: isSeen ? 'on-site' : 'voice-contact' } : {};
    await api.post(`/alarms/${alarm.id}/close`, { disposition, note, ...proof }, anything);
    links.delete(alarm.id);
    handled += 1;
  }

  return {
    notice(alarm) {
      if (alarm.phase !== 'raised' || underWay.has(alarm.id)) return;
      underWay.add(alarm.id);
      const { kind, priority, deviceId, pressedAt, acknowledgedAt, cancelledAt, drillId, testId } = alarm;
      const hour = localHour(nowMs(), timeZone);
      const course = courseOf(seededRandom(`${seed}:case:${deviceId}:${pressedAt}:${acknowledgedAt ?? ''}`), {
        kind,
        priority,
        isNight: hour >= night.fromHour || hour < night.untilHour,
        isDrill: drillId !== undefined,
        isTest: testId !== undefined,
        isTakenBack: cancelledAt !== null,
      });
      follow(alarm.id, course);
    },
    refusals: () => refusals,
    handled: () => handled,
  };
}
