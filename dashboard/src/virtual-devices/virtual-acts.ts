import type { EventKind } from '@carebell/contracts/event-kinds.ts';
import type { DeviceType } from '@carebell/contracts/registry.ts';

/** What can be made to happen at each type of virtual device; a terminal has its keys instead. */
const virtualActs = {
  'fall-detector': [
    { name: 'fallSuspected', kind: 'fall.suspected' },
    { name: 'fallDetected', kind: 'fall.detected' },
    { name: 'fallCleared', kind: 'fall.cleared' },
  ],
  'door-sensor': [
    { name: 'doorOpen', kind: 'door.opened' },
    { name: 'doorClose', kind: 'door.closed' },
  ],
  'motion-sensor': [
    { name: 'motion', kind: 'motion.detected' },
    { name: 'still', kind: 'motion.cleared' },
  ],
  'bed-sensor': [
    { name: 'bedIn', kind: 'bed.entered' },
    { name: 'bedOut', kind: 'bed.left' },
  ],
  'smoke-detector': [
    { name: 'smoke', kind: 'smoke.detected' },
    { name: 'smokeOver', kind: 'smoke.cleared' },
  ],
} as const satisfies Partial<Record<DeviceType, readonly { name: string; kind: EventKind }[]>>;

type ActingType = keyof typeof virtualActs;
export type VirtualAct = (typeof virtualActs)[ActingType][number];

export function actsOf(type: DeviceType): readonly VirtualAct[] {
  return type in virtualActs ? virtualActs[type as ActingType] : [];
}
