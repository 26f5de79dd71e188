import type { EventKind } from './event-kinds.ts';
import type { DeviceType } from './registry.ts';

export const checkKeys = [
  'presses',
  'events',
  'fall',
  'tamper',
  'battery',
  'reassurance',
  'shown',
  'alive',
] as const;
export type CheckKey = (typeof checkKeys)[number];

/** What the hub must have seen of the device for a check to be passed. */
export type CheckNeed =
  /** So many presses in a row, each at least as strong as this where a gateway or the device says how strong. */
  | { needs: 'presses'; kinds: readonly EventKind[]; times: number; leastDbm: number }
  /** One of each, in this order. */
  | { needs: 'events'; steps: readonly (readonly EventKind[])[] }
  /** A reading of its battery, not older than a day before the commissioning, of at least so many percent. */
  | { needs: 'battery'; leastPercent: number }
  /** A command to tell the resident was carried out, and whoever installs has seen or heard it. */
  | { needs: 'reassurance' }
  /** An alarm of it was displayed by a screen of the station. */
  | { needs: 'shown' }
  /** A sign of life within its supervision class. */
  | { needs: 'alive' };

export type CheckSpec = { key: CheckKey } & CheckNeed;

/** Three presses in a row: one may be luck. Below −95 dBm receivers of such radios begin to miss telegrams. */
const presses: CheckSpec = {
  key: 'presses',
  needs: 'presses',
  kinds: ['button.pressed', 'test.pressed'],
  times: 3,
  leastDbm: -95,
};
/** At a quarter a cell of these devices is changed while somebody is there anyway. */
const battery: CheckSpec = { key: 'battery', needs: 'battery', leastPercent: 25 };
const tamper: CheckSpec = {
  key: 'tamper',
  needs: 'events',
  steps: [['tamper.opened'], ['tamper.closed']],
};
const shown: CheckSpec = { key: 'shown', needs: 'shown' };
const alive: CheckSpec = { key: 'alive', needs: 'alive' };

function events(...steps: readonly (readonly EventKind[])[]): CheckSpec {
  return { key: 'events', needs: 'events', steps };
}

/** The checks of each type of device, in the order in which they are done. */
export const commissioningChecks: Record<DeviceType, readonly CheckSpec[]> = {
  button: [presses, shown, battery, alive],
  terminal: [presses, shown, { key: 'reassurance', needs: 'reassurance' }, battery, alive],
  // Twice on the floor: the first time is taken back within the cancel window, the second is left to be a fall.
  'fall-detector': [
    {
      key: 'fall',
      needs: 'events',
      steps: [['fall.suspected'], ['fall.cleared', 'button.cancelled'], ['fall.detected']],
    },
    shown,
    alive,
  ],
  'door-sensor': [events(['door.opened'], ['door.closed']), tamper, battery, alive],
  'motion-sensor': [events(['motion.detected']), tamper, battery, alive],
  'bed-sensor': [events(['bed.entered'], ['bed.left']), battery, alive],
  'smoke-detector': [events(['smoke.detected']), shown, battery, alive],
  'gas-detector': [events(['gas.detected']), shown, alive],
  'water-detector': [events(['water.detected']), shown, battery, alive],
  other: [alive],
};
