import { roles } from '@carebell/contracts/roles.ts';
import type { Role } from '@carebell/contracts/roles.ts';
import { describe, expect, it } from 'vitest';
import { actions, actionsOf, may, mayGrant } from './rights.ts';
import type { Action } from './rights.ts';

const everything = 'administrator supervisor operator installer';
const expected: Record<Action, string> = {
  'alarm.read': 'administrator supervisor operator',
  'alarm.acknowledge': 'administrator supervisor operator',
  'alarm.close': 'administrator supervisor operator',
  'alarm.close-others': 'administrator supervisor',
  'case.export': 'administrator supervisor',
  'escalation.read': 'administrator supervisor operator',
  'escalation.write': 'administrator supervisor',
  'duty.write': 'administrator supervisor operator',
  'registry.read': everything,
  'registry.write': 'administrator supervisor',
  'resident.read': 'administrator supervisor operator',
  'resident.write': 'administrator supervisor',
  'device.read': everything,
  'device.write': 'administrator supervisor installer',
  'history.read': 'administrator supervisor operator',
  'history.export': 'administrator supervisor',
  'history.erase': 'administrator supervisor',
  'report.read': 'administrator supervisor operator',
  'drill.read': 'administrator supervisor',
  'drill.write': 'administrator supervisor',
  'refusal.read': 'administrator supervisor installer',
  'channel.read': 'administrator supervisor',
  'channel.write': 'administrator supervisor',
  'user.read': 'administrator supervisor',
  'user.write': 'administrator supervisor',
  'token.create': 'administrator supervisor',
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

  const grants: Record<Role, Role[]> = {
    administrator: ['administrator', 'supervisor', 'operator', 'installer'],
    supervisor: ['supervisor', 'operator', 'installer'],
    operator: ['operator'],
    installer: ['installer'],
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
