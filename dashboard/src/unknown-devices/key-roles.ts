import { buttonKeys, isEventKind } from '@carebell/contracts/event-kinds.ts';
import type { SignalRole, Signals } from '@carebell/contracts/messages.ts';
import type { DeviceType } from '@carebell/contracts/registry.ts';
import { codeReceived, roleOfSignal } from '@carebell/contracts/signal-roles.ts';
import type { UnknownSaid } from '@carebell/contracts/unknown-devices.ts';

/** What is chosen for a signal: `usual`, or a kind of event, with its key behind a colon. */
export type RoleChoice = string;

const calls = buttonKeys.map((key) => `button.pressed:${key}`);
const byType: Record<DeviceType, readonly RoleChoice[]> = {
  button: [...calls, 'button.cancelled', 'test.pressed'],
  terminal: [...calls, 'button.cancelled', 'test.pressed'],
  'fall-detector': ['fall.detected', 'fall.suspected', 'fall.cleared', calls[0] ?? '', 'test.pressed'],
  'door-sensor': ['door.opened', 'door.closed', 'tamper.opened', 'battery.low'],
  'motion-sensor': ['motion.detected', 'motion.cleared', 'tamper.opened', 'battery.low'],
  'bed-sensor': ['bed.entered', 'bed.left', 'battery.low'],
  'smoke-detector': ['smoke.detected', 'smoke.cleared', 'test.pressed', 'battery.low'],
  'gas-detector': ['gas.detected', 'gas.cleared', 'test.pressed', 'mains.lost'],
  'water-detector': ['water.detected', 'water.cleared', 'tamper.opened', 'battery.low'],
  other: [...calls, 'test.pressed', 'heartbeat'],
};

export function choicesFor(type: DeviceType): readonly RoleChoice[] {
  return ['usual', ...byType[type]];
}

export function roleOf(choice: RoleChoice): SignalRole | undefined {
  const [kind = '', name] = choice.split(':');
  if (!isEventKind(kind)) return undefined;
  const key = buttonKeys.find((known) => known === name);
  return key === undefined ? { kind } : { kind, key };
}

/** The roles of the signals for which somebody has chosen one. */
export function signalsFrom(choices: ReadonlyMap<string, RoleChoice>): Signals {
  const chosen = [...choices].flatMap(([signal, choice]) => {
    const role = roleOf(choice);
    return role === undefined ? [] : [[signal, role] as const];
  });
  return Object.fromEntries(chosen);
}

const typeByKind: readonly [begin: string, type: DeviceType][] = [
  ['smoke.', 'smoke-detector'],
  ['gas.', 'gas-detector'],
  ['water.', 'water-detector'],
  ['fall.', 'fall-detector'],
  ['door.', 'door-sensor'],
  ['motion.', 'motion-sensor'],
  ['bed.', 'bed-sensor'],
];

/** What it is by what it said, the latest first; a code alone is a button until somebody says otherwise. */
export function likelyType(said: readonly Pick<UnknownSaid, 'kind'>[]): DeviceType {
  for (const { kind } of said) {
    const found = typeByKind.find(([begin]) => kind.startsWith(begin));
    if (found) return found[1];
  }
  return 'button';
}

/** What a signal means for a device of this type without a role of its own; `undefined`: nothing. */
export function usualRole(type: DeviceType, said: UnknownSaid): SignalRole | undefined {
  const own = said.kind === codeReceived ? undefined : said.kind;
  const role = roleOfSignal({ signal: said.signal ?? '', said: own, type }, []);
  if (role !== undefined || own === undefined || !isEventKind(own)) return role;
  const key = buttonKeys.find((name) => name === said.key);
  return key === undefined ? { kind: own } : { kind: own, key };
}
