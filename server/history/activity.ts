import type { Activity, DoorOpenings } from '@carebell/contracts/history.ts';
import type { Device } from '@carebell/contracts/registry.ts';
import { instant } from '../clock.ts';
import type { SeriesGroup } from './history-port.ts';

/** What says that somebody moves about. Closing and clearing follow by themselves and say nothing more. */
export const signsOfLife = ['motion.detected', 'door.opened', 'bed.left', 'bed.entered', 'button.pressed'];

type Place = Pick<Device, 'id' | 'type' | 'name' | 'room'>;
type Values = { at: string; value: number }[];

/** Rows of the activity chart: rooms in the order of their names, then doors. Counts are grouped by device and kind. */
export function activityRows(devices: readonly Place[], groups: readonly SeriesGroup[]): Activity['rows'] {
  const byId = new Map(devices.map((device) => [device.id, device]));
  const rooms = new Map<string, SeriesGroup[]>();
  const doors: Activity['rows'] = [];
  for (const device of devices.filter(({ type }) => type === 'door-sensor')) {
    const own = groups.filter(({ tags }) => tags.device === device.id && tags.kind === 'door.opened');
    doors.push({ ...doorOf(device), isDoor: true, deviceIds: [device.id], values: valuesOf(own) });
  }
  for (const group of groups) {
    const device = byId.get(group.tags.device ?? '');
    if (device?.type === 'door-sensor') continue;
    const room = device?.room ?? '';
    rooms.set(room, [...(rooms.get(room) ?? []), group]);
  }
  const roomRows = [...rooms]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([room, own]) => ({
      room,
      isDoor: false,
      deviceIds: [...new Set(own.map(({ tags }) => tags.device ?? ''))],
      name: room,
      values: valuesOf(own),
    }));
  return [...roomRows, ...doors];
}

export function doorRows(devices: readonly Place[], groups: readonly SeriesGroup[]): DoorOpenings['doors'] {
  return devices
    .filter(({ type }) => type === 'door-sensor')
    .map((device) => {
      const values = valuesOf(groups.filter(({ tags }) => tags.device === device.id));
      return {
        deviceId: device.id,
        ...doorOf(device),
        openings: values.reduce((sum, { value }) => sum + value, 0),
        values,
      };
    });
}

/** Counts of several series together, in the order of time. */
export function valuesOf(groups: readonly SeriesGroup[]): Values {
  const sums = new Map<number, number>();
  for (const { values } of groups)
    for (const [atMs, value] of values) sums.set(atMs, (sums.get(atMs) ?? 0) + value);
  return [...sums].toSorted(([a], [b]) => a - b).map(([atMs, value]) => ({ at: instant(atMs), value }));
}

function doorOf({ id, name, room }: Place): { name: string; room: string } {
  return { name: name || room || id, room };
}
