import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { rootOrganisationId } from '@carebell/contracts/roles.ts';
import type { Directory } from '../device/directory.ts';

type Lineage = Pick<Directory, 'lineage'>;
type Located = Pick<AlarmView, 'stationId' | 'audience'>;

/**
 * The Socket.IO rooms of a screen whose user stands at this organisation. `at:X` hears what happens at or below X;
 * `under:X` hears what was widened to X because no screen of the station displayed it in time.
 */
export function roomsOfScreen(organisationId: string, directory: Lineage): string[] {
  const under = directory.lineage(organisationId).map(({ id }) => `under:${id}`);
  return [`at:${organisationId}`, 'everyone', ...under];
}

/** The rooms that must hear of an alarm or device. Without a station (a stray device, the hub itself) everyone does. */
export function roomsOfAlarm({ stationId, audience }: Located, directory: Lineage): string[] {
  if (stationId === null) return ['everyone'];
  const lineage = directory.lineage(stationId);
  const widened = audience === 'station' ? undefined : lineage.find(({ level }) => level === audience);
  return [
    ...lineage.map(({ id }) => `at:${id}`),
    `at:${rootOrganisationId}`,
    ...(widened ? [`under:${widened.id}`] : []),
  ];
}

/** The same rule for one user and one alarm. */
export function maySee(organisationId: string, alarm: Located, directory: Lineage): boolean {
  const heard = new Set(roomsOfAlarm(alarm, directory));
  return roomsOfScreen(organisationId, directory).some((room) => heard.has(room));
}
