import { contactGroups } from '@carebell/contracts/recipient-groups.ts';
import type { ContactGroup, RecipientGroup, StaffGroup } from '@carebell/contracts/recipient-groups.ts';
import type { ChannelAddress } from '@carebell/contracts/notifications.ts';
import type { Contact } from '@carebell/contracts/registry.ts';
import { rootOrganisationId } from '@carebell/contracts/roles.ts';
import type { Transaction } from '../journal/transaction.ts';
import { contactId, isInGroup } from './contact-group.ts';
import type { Callee, People } from './escalation-state.ts';
import type { Place, StaffMember } from './escalation-store.ts';
import { takesTextMessages } from './text-number.ts';

export type Called = { residentId: string | null; lineage: readonly Place[]; ownerId: string | null };

/** Whom these groups have at this moment: contacts in the order of the resident's record, staff who are on duty. */
export async function peopleOf(
  tx: Pick<Transaction, 'escalation' | 'nowMs'>,
  { residentId, lineage, ownerId }: Called,
  groups: readonly (RecipientGroup | 'root' | 'owner')[],
): Promise<People & { owner?: readonly Callee[] }> {
  const people: People & { owner?: readonly Callee[] } = {};
  if (groups.length === 0) return people;
  const ofContacts = groups.filter(isContactGroup);
  const contacts =
    ofContacts.length === 0 || residentId === null ? [] : await tx.escalation.contactsOf(residentId);
  for (const group of ofContacts) {
    people[group] = contacts
      .filter((contact) => isInGroup(contact, group))
      .map((contact) => contactCallee(contactId(residentId ?? '', contact.phone), contact));
  }
  const staff = groups.filter((group) => group !== 'owner' && !isContactGroup(group));
  if (staff.length > 0) Object.assign(people, await staffOf(tx, lineage, staff));
  if (groups.includes('owner') && ownerId !== null) {
    const owner = await tx.escalation.staffMember(ownerId);
    people.owner = owner ? [userCallee(owner, false)] : [];
  }
  return people;
}

/** Who has the shift: those who are entered by hand; else by the rota; else those who are logged in; else everyone. */
export function onDuty<T extends Pick<StaffMember, 'isEntered' | 'isOnShift' | 'isLoggedIn'>>(
  members: readonly T[],
): T[] {
  const entered = members.filter(({ isEntered }) => isEntered);
  if (entered.length > 0) return entered;
  const onShift = members.filter(({ isOnShift }) => isOnShift);
  if (onShift.length > 0) return onShift;
  const loggedIn = members.filter(({ isLoggedIn }) => isLoggedIn);
  return loggedIn.length > 0 ? loggedIn : [...members];
}

async function staffOf(
  tx: Pick<Transaction, 'escalation' | 'nowMs'>,
  lineage: readonly Place[],
  groups: readonly (StaffGroup | 'root')[],
): Promise<People> {
  const places = new Map<StaffGroup | 'root', readonly string[]>();
  for (const group of groups) places.set(group, await placesOf(tx, group, lineage));
  const ids = [...new Set([...places.values()].flat())];
  const members = await tx.escalation.staffOf(ids, tx.nowMs);
  const channels = await tx.escalation.organisationChannels(ids);
  const people: People = {};
  for (const [group, at] of places) {
    people[group] = at.flatMap((id) => [
      ...onDuty(members.filter(({ organisationId }) => organisationId === id)).map((member) =>
        userCallee(member, true),
      ),
      ...channels
        .filter(({ organisationId }) => organisationId === id)
        .map((channel) => channelCallee(channel.id, channel.name, { kind: channel.kind, address: '' })),
    ]);
  }
  return people;
}

async function placesOf(
  tx: Pick<Transaction, 'escalation'>,
  group: StaffGroup | 'root',
  lineage: readonly Place[],
): Promise<readonly string[]> {
  const [station] = lineage;
  // A stray device belongs to no station: who sees everything is asked.
  if (group === 'root' || station === undefined) return [rootOrganisationId];
  switch (group) {
    case 'station-operators':
      return [station.id];
    case 'next-station':
      return tx.escalation.neighbours(station);
    case 'street':
    case 'district':
      return lineage.filter(({ level }) => level === group).map(({ id }) => id);
  }
}

function isContactGroup(group: RecipientGroup | 'root' | 'owner'): group is ContactGroup {
  return contactGroups.some((name) => name === group);
}

export function userCallee(
  { id, displayName, locale, channels }: Pick<StaffMember, 'id' | 'displayName' | 'locale' | 'channels'>,
  isResponder: boolean,
): Callee {
  return { kind: 'user', id, displayName, locale, isResponder, channels };
}

export function contactCallee(id: string, { name, phone, locale }: Contact): Callee {
  const channels: ChannelAddress[] = takesTextMessages(phone) ? [{ kind: 'sms', address: phone }] : [];
  return { kind: 'contact', id, displayName: name, locale: locale ?? null, isResponder: true, channels };
}

export function channelCallee(
  channelId: string,
  displayName: string,
  { kind, address }: ChannelAddress,
): Callee {
  return {
    kind: 'organisation',
    id: channelId,
    displayName,
    locale: null,
    isResponder: false,
    channels: [{ kind, address, channelId }],
  };
}
