import { roles } from '@carebell/contracts/roles.ts';
import type { Role } from '@carebell/contracts/roles.ts';
import { describe, expect, it } from 'vitest';
import { actions, actionsOf, may, mayGrant } from './rights.ts';
import type { Action } from './rights.ts';

/** Every role and every action, one by one, so that a forgotten one fails. */
const leaders = 'administrator supervisor district-supervisor street-supervisor';
const managers = 'administrator supervisor district-supervisor street-supervisor station-manager';
const people = 'administrator supervisor district-supervisor street-supervisor station-manager operator';
const expected: Record<Action, string> = {
  'alarm.read': `${people} responder auditor`,
  'alarm.watch': `${people} responder`,
  'alarm.acknowledge': people,
  'alarm.close': people,
  'alarm.close-others': managers,
  'alarm.close-without-proof': managers,
  'case.export': `${managers} auditor`,
  'escalation.read': `${people} auditor`,
  'escalation.write': leaders,
  'rule.read': `${people} auditor`,
  'rule.write': managers,
  'script.read': `${people} auditor`,
  'script.write': managers,
  'request.read': `${people} auditor`,
  'request.write': people,
  'service.read': `${people} auditor`,
  'service.write': managers,
  'duty.write': people,
  'rota.write': managers,
  'visit.make': `${people} responder`,
  'visit.call': people,
  'visit.read': `${people} auditor`,
  'visit.plan': managers,
  'registry.read': `${people} installer auditor`,
  'registry.write': managers,
  'dwelling.write': `${managers} installer`,
  'resident.read': `${people} auditor`,
  'resident.write': managers,
  'absence.read': people,
  'absence.write': people,
  'care-bed.read': `${people} auditor`,
  'care-bed.write': managers,
  'device.read': `${people} installer auditor`,
  'device.write': `${managers} installer`,
  'history.read': people,
  'history.export': leaders,
  'history.erase': 'administrator supervisor district-supervisor',
  'miss.read': `${managers} auditor`,
  'miss.review': managers,
  'report.read': `${people} auditor`,
  'report.mail': managers,
  'drill.read': `${managers} auditor`,
  'drill.write': managers,
  'test-mode.read': `${people} responder installer auditor`,
  'test-mode.write': `${people} installer`,
  'test-mode.station': managers,
  'refusal.read': `${managers} installer auditor`,
  'audit.read': `${leaders} auditor`,
  'channel.read': managers,
  'channel.write': leaders,
  'user.read': `${managers} auditor`,
  'user.write': managers,
  'second-factor.reset': leaders,
  'token.create': leaders,
  'mqtt-account.read': 'administrator',
  'mqtt-account.write': 'administrator',
};

describe('the rights of the roles', () => {
  for (const role of roles) {
    for (const action of actions) {
      const isAllowed = expected[action].split(' ').includes(role);
      it(`${isAllowed ? 'let' : 'do not let'} the ${role} use ${action}`, () => {
        expect(may(role, action)).toBe(isAllowed);
        expect(actionsOf(role).includes(action)).toBe(isAllowed);
      });
    }
  }

  const belowStreet = ['street-supervisor', 'station-manager', 'operator', 'responder', 'installer'] as const;
  const grants: Record<Role, readonly Role[]> = {
    administrator: roles,
    supervisor: ['supervisor', 'district-supervisor', ...belowStreet, 'auditor'],
    'district-supervisor': ['supervisor', 'district-supervisor', ...belowStreet, 'auditor'],
    'street-supervisor': [...belowStreet, 'auditor'],
    'station-manager': ['station-manager', 'operator', 'responder', 'installer'],
    operator: ['operator', 'responder'],
    responder: ['responder'],
    installer: ['installer'],
    auditor: ['auditor'],
  };
  for (const own of roles) {
    for (const granted of roles) {
      const isAllowed = grants[own].includes(granted);
      it(`${isAllowed ? 'let' : 'do not let'} the ${own} make a user the ${granted}`, () => {
        expect(mayGrant(own, granted)).toBe(isAllowed);
      });
    }
  }
});
