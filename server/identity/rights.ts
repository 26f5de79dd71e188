import type { Role } from '@carebell/contracts/roles.ts';
import { covers } from '../care-station/organisation-scope.ts';
import type { Scope } from '../care-station/organisation-scope.ts';

/** Everything that a user may do. A route or socket call names one of these, and nothing else decides. */
export const actions = [
  'alarm.read',
  'alarm.watch',
  'alarm.acknowledge',
  'alarm.close',
  'alarm.close-others',
  'alarm.close-without-proof',
  'case.export',
  'escalation.read',
  'escalation.write',
  'rule.read',
  'rule.write',
  'script.read',
  'script.write',
  'request.read',
  'request.write',
  'service.read',
  'service.write',
  'duty.write',
  'rota.write',
  'visit.make',
  'visit.call',
  'visit.read',
  'visit.plan',
  'registry.read',
  'registry.write',
  'dwelling.write',
  'resident.read',
  'resident.write',
  'absence.read',
  'absence.write',
  'care-bed.read',
  'care-bed.write',
  'device.read',
  'device.write',
  'history.read',
  'history.export',
  'history.erase',
  'miss.read',
  'miss.review',
  'report.read',
  'report.mail',
  'drill.read',
  'drill.write',
  'test-mode.read',
  'test-mode.write',
  'test-mode.station',
  'refusal.read',
  'audit.read',
  'channel.read',
  'channel.write',
  'user.read',
  'user.write',
  'second-factor.reset',
  'token.create',
  'mqtt-account.read',
  'mqtt-account.write',
] as const;
export type Action = (typeof actions)[number];

const leaders = [
  'administrator',
  'supervisor',
  'district-supervisor',
  'street-supervisor',
] as const satisfies Role[];
const managers = [...leaders, 'station-manager'] as const satisfies Role[];
/** Those who answer alarms. */
const people = [...managers, 'operator'] as const satisfies Role[];

/**
 * What each role may do within its part of the organisation. `registry` is organisations and dwellings; residents
 * stand apart, because an installer enters homes and devices without reading about people's health. What an auditor
 * reads of people is masked (`masking.ts`).
 */
const rights: Record<Action, readonly Role[]> = {
  'alarm.read': [...people, 'responder', 'auditor'],
  'alarm.watch': [...people, 'responder'],
  'alarm.acknowledge': people,
  'alarm.close': people,
  'alarm.close-others': managers,
  'alarm.close-without-proof': managers,
  'case.export': [...managers, 'auditor'],
  'escalation.read': [...people, 'auditor'],
  'escalation.write': leaders,
  'rule.read': [...people, 'auditor'],
  'rule.write': managers,
  'script.read': [...people, 'auditor'],
  'script.write': managers,
  'request.read': [...people, 'auditor'],
  'request.write': people,
  'service.read': [...people, 'auditor'],
  'service.write': managers,
  'duty.write': people,
  'rota.write': managers,
  // Whoever goes there sees whom to visit, and enters what they found.
  'visit.make': [...people, 'responder'],
  'visit.call': people,
  'visit.read': [...people, 'auditor'],
  'visit.plan': managers,
  'registry.read': [...people, 'installer', 'auditor'],
  'registry.write': managers,
  'dwelling.write': [...managers, 'installer'],
  'resident.read': [...people, 'auditor'],
  'resident.write': managers,
  'absence.read': people,
  'absence.write': people,
  'care-bed.read': [...people, 'auditor'],
  'care-bed.write': managers,
  'device.read': [...people, 'installer', 'auditor'],
  'device.write': [...managers, 'installer'],
  'history.read': people,
  'history.export': leaders,
  'history.erase': ['administrator', 'supervisor', 'district-supervisor'],
  'miss.read': [...managers, 'auditor'],
  'miss.review': managers,
  'report.read': [...people, 'auditor'],
  'report.mail': managers,
  'drill.read': [...managers, 'auditor'],
  'drill.write': managers,
  'test-mode.read': [...people, 'responder', 'installer', 'auditor'],
  'test-mode.write': [...people, 'installer'],
  'test-mode.station': managers,
  'refusal.read': [...managers, 'installer', 'auditor'],
  'audit.read': [...leaders, 'auditor'],
  'channel.read': managers,
  'channel.write': leaders,
  'user.read': [...managers, 'auditor'],
  'user.write': managers,
  // Apart from passwords: who sets both anew for somebody could log in as them.
  'second-factor.reset': leaders,
  'token.create': leaders,
  'mqtt-account.read': ['administrator'],
  'mqtt-account.write': ['administrator'],
};

/** Who answers alarms, for those who must be told. */
export const answeringRoles: readonly Role[] = people;

export function may(role: Role, action: Action): boolean {
  return rights[action].includes(role);
}

/** The roles that may do this, for those who look for people. */
export function rolesWho(action: Action): readonly Role[] {
  return rights[action];
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
