import { newUserSchema, userChangeSchema, userSchema } from '@carebell/contracts/registry.ts';
import { roles } from '@carebell/contracts/roles.ts';
import type { Role } from '@carebell/contracts/roles.ts';
import { fieldsOf } from '../registry-forms/form-fields.ts';
import type { Field } from '../registry-forms/form-fields.ts';

const belowStreet = ['street-supervisor', 'station-manager', 'operator', 'responder', 'installer'] as const;

/** The roles that this one may give: nobody hands out rights that they do not hold, and the hub refuses it. */
const grantable: Record<Role, readonly Role[]> = {
  administrator: roles,
  supervisor: ['supervisor', 'district-supervisor', ...belowStreet, 'auditor'],
  'district-supervisor': ['supervisor', 'district-supervisor', ...belowStreet, 'auditor'],
  'street-supervisor': [...belowStreet, 'auditor'],
  'station-manager': ['station-manager', 'operator', 'responder', 'installer'],
  operator: [],
  responder: [],
  installer: [],
  auditor: [],
};

export const userLabels = { name: 'loginName' } as const;

export function newUserFields(own: Role): Field[] {
  return onlyGrantable(
    fieldsOf(newUserSchema, ['displayName', 'name', 'role', 'organisationId', 'password']),
    own,
  );
}

export function userFields(own: Role): Field[] {
  const known = fieldsOf(userSchema, ['displayName', 'role', 'organisationId', 'isActive']);
  return onlyGrantable([...known, ...fieldsOf(userChangeSchema, ['password'])], own);
}

function onlyGrantable(fields: Field[], own: Role): Field[] {
  return fields.map((field) => (field.name === 'role' ? { ...field, options: grantable[own] } : field));
}
