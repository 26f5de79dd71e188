import { createHash } from 'node:crypto';
import type { ContactGroup } from '@carebell/contracts/recipient-groups.ts';
import type { Contact, ContactRole } from '@carebell/contracts/registry.ts';

const neighbour = /邻|楼上|楼下|对门|neighbou?r/i;
const volunteer = /志愿|义工|结对|volunteer/i;
const other =
  /物业|民警|警|居委|社工|保姆|护工|护理|医生|保安|网格|楼组长|warden|carer|nurse|doctor|guard|police|caretaker|social worker/i;

/** Who a contact is to the resident; where nobody has entered it, the words for the relation say it. */
export function roleOfContact({ role, relation }: Pick<Contact, 'role' | 'relation'>): ContactRole {
  if (role !== undefined) return role;
  if (neighbour.test(relation)) return 'neighbour';
  if (volunteer.test(relation)) return 'volunteer';
  return other.test(relation) ? 'other' : 'family';
}

export function isInGroup(contact: Contact, group: ContactGroup): boolean {
  switch (group) {
    case 'keyholders':
      return contact.hasKey;
    case 'family':
      return roleOfContact(contact) === 'family';
    case 'neighbours':
      return roleOfContact(contact) === 'neighbour';
    case 'volunteers':
      return roleOfContact(contact) === 'volunteer';
  }
}

/** Contacts have no identifier of their own: the telephone number is one, and must not stand in the journal as such. */
export function contactId(residentId: string, phone: string): string {
  const digits = digitsOf(phone);
  return createHash('sha256').update(`${residentId}\n${digits}`).digest('base64url').slice(0, 16);
}

export function digitsOf(phone: string): string {
  return phone.replaceAll(/\D/g, '');
}
