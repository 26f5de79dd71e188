import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { AlarmDetail } from '@carebell/contracts/http-api.ts';
import type { RegistryReads } from '../resident/registry-reads.ts';
import type { AlarmReads } from './alarm-reads.ts';

export type AlarmDetailReads = {
  alarms: Pick<AlarmReads, 'timeline'>;
  registry: Pick<RegistryReads, 'resident' | 'dwelling' | 'device'>;
};

/** An alarm with its time line, its people and its place. */
export async function alarmDetailOf(
  alarm: AlarmView,
  { alarms, registry }: AlarmDetailReads,
): Promise<AlarmDetail> {
  const [timeline, resident, dwelling, device] = await Promise.all([
    alarms.timeline(alarm.id),
    alarm.residentId === null ? undefined : registry.resident(alarm.residentId),
    alarm.dwellingId === null ? undefined : registry.dwelling(alarm.dwellingId),
    registry.device(alarm.deviceId),
  ]);
  return {
    ...alarm,
    timeline,
    resident: resident ?? null,
    contacts: resident?.contacts ?? [],
    dwelling: dwelling ?? null,
    device: device ?? null,
  };
}
