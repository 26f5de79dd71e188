import { placeOf } from './watch.ts';
import type { DeviceAt, Watch } from './watch.ts';

/**
 * What is known of a resident when a sensor is exchanged, or taken away. The resident's latest signs stay true under the new
 * one's name. That a door stands open, that somebody lies in bed, that it beats regularly or was switched off was the old one's
 * word: nothing would ever end it, so it ends here.
 */
export function withSensorExchanged(watch: Watch, oldId: string, next: DeviceAt | null): Watch {
  const { [oldId]: old, ...sensors } = watch.sensors;
  if (!old) return watch;
  const isOf = (deviceId: string | undefined) => deviceId === oldId;
  const named = next?.id ?? oldId;
  return {
    ...watch,
    sensors: next ? { ...sensors, [next.id]: takenOver(old, next) } : sensors,
    bed: isOf(watch.bed?.deviceId) ? null : watch.bed,
    opened: watch.opened && isOf(watch.opened.deviceId) ? { ...watch.opened, deviceId: named } : watch.opened,
  };
}

function takenOver(old: Watch['sensors'][string], next: DeviceAt): Watch['sensors'][string] {
  const { type, room } = next;
  const silent = { beatMs: null, beatGapMs: 0, offMs: null, openMs: null, canClose: false, late: null };
  return { ...old, ...silent, type, room, place: placeOf(next) };
}
