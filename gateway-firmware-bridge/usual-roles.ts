import type { EventKind } from '@carebell/contracts/event-kinds.ts';
import type { SignalRole } from '@carebell/contracts/messages.ts';
import type { DeviceType } from '@carebell/contracts/registry.ts';
import type { Meaning } from './drivers/driver.ts';

/** What any code of a device of this type means. Types that are absent say nothing without an assignment. */
const byType: Partial<Record<DeviceType, SignalRole>> = {
  button: { kind: 'button.pressed', key: 'help' },
  terminal: { kind: 'button.pressed', key: 'help' },
  'fall-detector': { kind: 'fall.detected' },
  'door-sensor': { kind: 'door.opened' },
  'motion-sensor': { kind: 'motion.detected' },
  'smoke-detector': { kind: 'smoke.detected' },
  'gas-detector': { kind: 'gas.detected' },
  'water-detector': { kind: 'water.detected' },
};

/**
 * The key nibbles of Kerui's EV1527 sensors (rtl_433, `kerui.c`). They hold only for types in which a wrong guess
 * hides no emergency: the same nibble of another maker's smoke detector is its alarm, and of a button its call.
 */
const common = { 'key.b': 'tamper.opened', 'key.f': 'battery.low' } as const;
const byNibble: Partial<Record<DeviceType, Record<string, EventKind>>> = {
  'door-sensor': { ...common, 'key.e': 'door.opened', 'key.7': 'door.closed' },
  'motion-sensor': { ...common, 'key.a': 'motion.detected' },
  'water-detector': { ...common, 'key.5': 'water.detected' },
};

/** For protocols that say themselves that something is over: signals such as `pir.off`. */
const whenOff: Partial<Record<DeviceType, EventKind>> = {
  'door-sensor': 'door.closed',
  'motion-sensor': 'motion.cleared',
  'smoke-detector': 'smoke.cleared',
  'gas-detector': 'gas.cleared',
  'water-detector': 'water.cleared',
};

/** What a code that nobody assigned means for a registered device; a press on a button is always a call for help. */
export function usualRole(type: string, signal: string): SignalRole | undefined {
  if (!isKnown(type)) return undefined;
  const byCode = byNibble[type]?.[signal] ?? (/(^|\.)off$/.test(signal) ? whenOff[type] : undefined);
  return byCode === undefined ? byType[type] : { kind: byCode };
}

/**
 * Whether what the protocol says must give way to the type: a receiver that takes a button's code for a door, bed or
 * motion sensor's would turn a call for help into everyday news.
 */
export function isMistaken(type: string, { kind }: Meaning): boolean {
  return (type === 'button' || type === 'terminal') && /^(door|motion|bed)\./.test(kind);
}

function isKnown(type: string): type is DeviceType {
  return Object.hasOwn(byType, type);
}
