import type { DeviceType } from './registry.ts';
import type { SupervisionSetting } from './supervision.ts';

const minute = 60;
const hour = 3_600;
const day = 86_400;

/**
 * Within which time, in seconds, a sign of life is expected. The first six are the reporting times of EN 50136-1 for a lost
 * path (SP1 32 d … SP6 20 s); the Zigbee ones are those after which Zigbee2MQTT takes a mains-powered and a battery device
 * for gone.
 */
export const supervisionClasses = {
  sp6: { seconds: 20, source: 'EN 50136-1 SP6' },
  sp5: { seconds: 90, source: 'EN 50136-1 SP5' },
  sp4: { seconds: 3 * minute, source: 'EN 50136-1 SP4' },
  'zigbee-mains': { seconds: 10 * minute, source: 'Zigbee2MQTT, active' },
  sp3: { seconds: 30 * minute, source: 'EN 50136-1 SP3' },
  sp2: { seconds: 25 * hour, source: 'EN 50136-1 SP2' },
  'zigbee-battery': { seconds: 25 * hour, source: 'Zigbee2MQTT, passive' },
  sp1: { seconds: 32 * day, source: 'EN 50136-1 SP1' },
} as const;
export type SupervisionClass = keyof typeof supervisionClasses;
export const supervisionClassNames = Object.keys(supervisionClasses) as [
  SupervisionClass,
  ...SupervisionClass[],
];

const battery: SupervisionSetting = { class: 'zigbee-battery', missed: 1, of: 1 };

/** What holds until somebody says otherwise. */
export const defaultSupervision: Record<DeviceType | 'gateway', SupervisionSetting> = {
  button: battery,
  terminal: { class: 'sp2', missed: 1, of: 1 },
  'fall-detector': battery,
  'door-sensor': battery,
  'motion-sensor': battery,
  'bed-sensor': battery,
  'smoke-detector': battery,
  'gas-detector': battery,
  'water-detector': battery,
  other: battery,
  gateway: { class: 'sp4', missed: 1, of: 1 },
};

/** `null`: nobody waits for it. */
export function periodOf({
  class: name,
  periodSeconds,
  missed,
  of,
}: SupervisionSetting): { periodMs: number; missed: number; of: number } | null {
  if (name === 'off') return null;
  const seconds = name === 'own' ? periodSeconds : supervisionClasses[name].seconds;
  return seconds === undefined ? null : { periodMs: seconds * 1_000, missed, of };
}
