import type { DeviceType } from '@carebell/contracts/registry.ts';
import { seededRandom } from '../random.ts';

/** What the maker of each type has released, the latest first. */
const released: Record<DeviceType, readonly [string, ...string[]]> = {
  button: ['2.4.1', '2.3.0'],
  terminal: ['5.1.0', '5.0.3', '4.8.2'],
  'fall-detector': ['3.2.0', '3.1.4'],
  'door-sensor': ['1.7.2', '1.6.0'],
  'motion-sensor': ['1.7.2', '1.6.0'],
  'bed-sensor': ['2.0.5'],
  'smoke-detector': ['1.3.1', '1.2.0'],
  'gas-detector': ['1.3.1'],
  'water-detector': ['1.3.1'],
  other: ['1.0.0'],
};
/** The others were put up before it came out. */
const shareOfLatest = 0.75;

/** The version that every device of this type should have. */
export function latestFirmware(type: DeviceType): string {
  return released[type][0];
}

/** The version that this device has: always the same one. */
export function firmwareOf({ id, type }: { id: string; type: DeviceType }): string {
  const [latest, ...older] = released[type];
  const random = seededRandom(`firmware:${id}`);
  if (random() < shareOfLatest) return latest;
  return older[Math.floor(random() * older.length)] ?? latest;
}
