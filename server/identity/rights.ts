import type { Role } from '@carebell/contracts/roles.ts';
import { covers } from '../care-station/organisation-scope.ts';
import type { Scope } from '../care-station/organisation-scope.ts';

/** Everything that a user may do. A route or socket call names one of these, and nothing else decides. */
export const actions = [
  'alarm.read',
  'alarm.acknowledge',
  'alarm.close',
  'alarm.close-others',
  'case.export',
  'escalation.read',
  'escalation.write',
  'duty.write',
  'registry.read',
  'registry.write',
  'resident.read',
  'resident.write',
  'device.read',
  'device.write',
  'history.read',
  'history.export',
  'history.erase',
  'report.read',
  'drill.read',
  'drill.write',
  'refusal.read',
  'channel.read',
  'channel.write',
  'user.read',
  'user.write',
  'token.create',
  'mqtt-account.read',
  'mqtt-account.write',
] as const;
export type Action = (typeof actions)[number];

/**
 * What each role may do within its part of the organisation. `registry` is organisations and dwellings; residents
 * stand apart, because an installer enters homes and devices without reading about people's health.
 */
const rights: Record<Action, readonly Role[]> = {
  'alarm.read': ['administrator', 'supervisor', 'operator'],
  'alarm.acknowledge': ['administrator', 'supervisor', 'operator'],
  'alarm.close': ['administrator', 'supervisor', 'operator'],
  'alarm.close-others': ['administrator', 'supervisor'],
  'case.export': ['administrator', 'supervisor'],
  'escalation.read': ['administrator', 'supervisor', 'operator'],
  'escalation.write': ['administrator', 'supervisor'],
  'duty.write': ['administrator', 'supervisor', 'operator'],
  'registry.read': ['administrator', 'supervisor', 'operator', 'installer'],
  'registry.write': ['administrator', 'supervisor'],
  'resident.read': ['administrator', 'supervisor', 'operator'],
  'resident.write': ['administrator', 'supervisor'],
  'device.read': ['administrator', 'supervisor', 'operator', 'installer'],
  'device.write': ['administrator', 'supervisor', 'installer'],
  'history.read': ['administrator', 'supervisor', 'operator'],
  'history.export': ['administrator', 'supervisor'],
  'history.erase': ['administrator', 'supervisor'],
  'report.read': ['administrator', 'supervisor', 'operator'],
  'drill.read': ['administrator', 'supervisor'],
  'drill.write': ['administrator', 'supervisor'],
  'refusal.read': ['administrator', 'supervisor', 'installer'],
  'channel.read': ['administrator', 'supervisor'],
  'channel.write': ['administrator', 'supervisor'],
  'user.read': ['administrator', 'supervisor'],
  'user.write': ['administrator', 'supervisor'],
  'token.create': ['administrator', 'supervisor'],
  'mqtt-account.read': ['administrator'],
  'mqtt-account.write': ['administrator'],
};

export function may(role: Role, action: Action): boolean {
  return rights[action].includes(role);
}

export function actionsOf(role: Role): Action[] {
  return actions.filter((action) => may(role, action));
}

/** Nobody hands out a right that they do not hold. */
export function mayGrant(own: Role, granted: Role): boolean {
  return actionsOf(granted).every((action) => may(own, action));
}

/** A user enters and changes users of no more rights than their own, within their own part of the organisation. */
export function mayPlace(
  own: { role: Role; scope: Scope },
  user: { role: Role; organisationId: string },
): boolean {
  return mayGrant(own.role, user.role) && covers(own.scope, user.organisationId);
}
