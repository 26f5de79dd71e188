import type { EventKind } from './event-kinds.ts';
import type { SignalRole, Signals } from './messages.ts';
import type { DeviceType } from './registry.ts';

/** The kind of an event that says only which code was received: `data.signal` names what was pressed or set. */
export const codeReceived = 'code.received';

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

/**
 * What a signal means, in this order: what somebody has assigned (the first of `assignments` that says anything), the
 * protocol's own word `said`, what devices of the type usually say. `undefined`: whatever the protocol said stands.
 */
export function roleOfSignal(
  { signal, said, type }: { signal: string; said: string | undefined; type: string },
  assignments: readonly (Signals | undefined)[],
): SignalRole | undefined {
  for (const signals of assignments) {
    const role = signals && assignedRole(signals, signal, said);
    if (role) return role;
  }
  return said === undefined || isMistaken(type, said) ? usualRole(type, signal) : undefined;
}

/**
 * By the signal's name or by "*", which stands for every other key and for what a sensor sees, not for a weak battery or
 * for a call that is taken back. Signals do not differ by case alone.
 */
function assignedRole(signals: Signals, signal: string, said: string | undefined): SignalRole | undefined {
  const wanted = signal.toLowerCase();
  const exact = Object.entries(signals).find(([name]) => name.toLowerCase() === wanted);
  const isOwnNews =
    said !== undefined && /^(battery|mains|tamper)\.|^(heartbeat|button\.cancelled)$/.test(said);
  return exact?.[1] ?? (isOwnNews ? undefined : signals['*']);
}

/** What a code that nobody assigned means for a registered device; a press on a button is always a call for help. */
function usualRole(type: string, signal: string): SignalRole | undefined {
  if (!isKnown(type)) return undefined;
  const name = signal.toLowerCase();
  const byCode = byNibble[type]?.[name] ?? (/(^|\.)off$/.test(name) ? whenOff[type] : undefined);
  return byCode === undefined ? byType[type] : { kind: byCode };
}

/**
 * Whether what the protocol says must give way to the type: a receiver that takes a button's code for a door, bed or
 * motion sensor's would turn a call for help into everyday news.
 */
function isMistaken(type: string, kind: string): boolean {
  return (type === 'button' || type === 'terminal') && /^(door|motion|bed)\./.test(kind);
}

function isKnown(type: string): type is DeviceType {
  return Object.hasOwn(byType, type);
}
