import { alarmKindNames, alarmKinds } from '@carebell/contracts/alarm-kinds.ts';
import type { Transaction } from '../journal/transaction.ts';
import { alarmSubject } from './alarm-rules.ts';
import { applyTo } from './alarm-service.ts';

const groups = [...new Set(alarmKindNames.map((kind) => alarmKinds[kind].group))];

/**
 * Somebody has entered a device that had raised alarms as an unknown one: the open ones are its resident's now, and a
 * further press joins them. They stay with the station that has them.
 */
export async function nameOpenAlarms(
  tx: Transaction,
  deviceId: string,
  heardAs: string,
  actorId: string,
): Promise<string[]> {
  const home = await tx.devices.home(deviceId);
  const user = await tx.identity.user(actorId);
  if (!home || (home.residentId === null && home.dwellingId === null)) return [];
  const open = await tx.alarms.findOpenOf([...new Set([`device:${deviceId}`, `device:${heardAs}`])], groups);
  for (const alarm of open) {
    const { kind } = alarm.state;
    const subject = alarmSubject(kind, home);
    // Where the resident has one of this group open already, this one goes on as the device's.
    const isTaken = subject !== alarm.subject && (await tx.alarms.findOpen(subject, kind)) !== undefined;
    const { residentId, dwellingId } = home;
    const named = { ...alarm, residentId, dwellingId, deviceId, subject: isTaken ? alarm.subject : subject };
    const by = { id: actorId, displayName: user?.displayName ?? actorId };
    await applyTo(tx, named, { type: 'device-entered', user: by, deviceId });
  }
  return open.map(({ id }) => id);
}
