import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { AlarmDetail } from '@carebell/contracts/http-api.ts';
import type { HandlingReads } from '../handling/handling-reads.ts';
import { maskDwelling } from '../identity/masking.ts';
import type { RegistryReads } from '../resident/registry-reads.ts';
import type { AlarmReads } from './alarm-reads.ts';

export type AlarmDetailReads = {
  alarms: Pick<AlarmReads, 'timeline'>;
  registry: Pick<RegistryReads, 'resident' | 'dwelling' | 'device'>;
  handling: Pick<HandlingReads, 'scriptOf'>;
};

/** An alarm with its time line, its people and its place; how to get in only says that something is entered. */
export async function alarmDetailOf(
  alarm: AlarmView,
  { alarms, registry, handling }: AlarmDetailReads,
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
    dwelling: dwelling ? maskDwelling(dwelling) : null,
    hasAccessNote: (dwelling?.access ?? '') !== '',
    device: device ?? null,
    script: await handling.scriptOf(alarm, resident ?? null),
  };
}
