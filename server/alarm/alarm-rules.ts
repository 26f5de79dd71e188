import { alarmKinds } from '@carebell/contracts/alarm-kinds.ts';
import type { AlarmKind } from '@carebell/contracts/alarm-kinds.ts';
import { buttonKeys } from '@carebell/contracts/event-kinds.ts';
import type { EventKind } from '@carebell/contracts/event-kinds.ts';
import type { DeviceType } from '@carebell/contracts/registry.ts';

/** What an event means for alarms: it raises or joins one, takes back those of some groups, or neither. */
export type AlarmMeaning =
  { type: 'raises'; kind: AlarmKind } | { type: 'takes-back'; groups: readonly string[] } | { type: 'none' };

const none: AlarmMeaning = { type: 'none' };

const meanings: Record<Exclude<EventKind, 'button.pressed'>, AlarmMeaning> = {
  'button.cancelled': { type: 'takes-back', groups: ['help', 'fall'] },
  'fall.suspected': { type: 'raises', kind: 'fall-suspected' },
  'fall.detected': { type: 'raises', kind: 'fall' },
  'fall.cleared': { type: 'takes-back', groups: ['fall'] },
  'door.opened': none,
  'door.closed': none,
  'motion.detected': none,
  'motion.cleared': none,
  'bed.entered': none,
  'bed.left': none,
  'smoke.detected': { type: 'raises', kind: 'smoke' },
  'smoke.cleared': { type: 'takes-back', groups: ['smoke'] },
  'gas.detected': { type: 'raises', kind: 'gas' },
  'gas.cleared': { type: 'takes-back', groups: ['gas'] },
  'water.detected': { type: 'raises', kind: 'water' },
  'water.cleared': { type: 'takes-back', groups: ['water'] },
  'tamper.opened': { type: 'raises', kind: 'tamper' },
  'tamper.closed': { type: 'takes-back', groups: ['tamper'] },
  'battery.low': { type: 'raises', kind: 'battery-low' },
  'battery.ok': { type: 'takes-back', groups: ['battery-low'] },
  'mains.lost': { type: 'raises', kind: 'mains-lost' },
  'mains.restored': { type: 'takes-back', groups: ['mains-lost'] },
  'test.pressed': none,
  heartbeat: none,
};

/** A press without a key, or with a key that nobody knows, is a call for help: the safe reading of a doubtful press. */
export function alarmMeaning(kind: string, key: unknown): AlarmMeaning {
  if (kind === 'button.pressed') return { type: 'raises', kind: kindOfKey(key) };
  return Object.hasOwn(meanings, kind) ? meanings[kind as keyof typeof meanings] : none;
}

/**
 * Whose case it is. A further event joins the open alarm of the same subject and group. Equipment is a case of its own;
 * a resident's alarms belong to the resident, whichever device they come from.
 */
export function alarmSubject(
  kind: AlarmKind,
  home: { deviceId: string; residentId: string | null; dwellingId: string | null },
): string {
  if (alarmKinds[kind].priority === 'technical') return `device:${home.deviceId}`;
  if (home.residentId !== null) return `resident:${home.residentId}`;
  if (home.dwellingId !== null) return `dwelling:${home.dwellingId}`;
  return `device:${home.deviceId}`;
}

/** Devices with a lamp, voice or screen; an unregistered one may have it, and an unanswered command costs nothing. */
export function canTellResident(type: DeviceType): boolean {
  return type === 'button' || type === 'terminal' || type === 'fall-detector' || type === 'other';
}

function kindOfKey(key: unknown): AlarmKind {
  const known = buttonKeys.find((name) => name === key);
  return known ?? 'help';
}
