import type { DispatchGroup } from '@carebell/contracts/dispatch-ways.ts';
import type { DispatchPerson } from '@carebell/contracts/dispatch.ts';
import type { ChannelAddress } from '@carebell/contracts/notifications.ts';
import { contactGroups } from '@carebell/contracts/recipient-groups.ts';
import type { Contact } from '@carebell/contracts/registry.ts';
import { contactId, isInGroup } from '../escalation/contact-group.ts';
import type { Callee } from '../escalation/escalation-state.ts';
import type { EscalationStore, StaffMember } from '../escalation/escalation-store.ts';
import { contactCallee, onDuty, userCallee } from '../escalation/recipients.ts';

export type DispatchSubject = {
  residentId: string | null;
  stationId: string | null;
  /** Who has the alarm stays at the desk. */
  ownerId: string | null;
};

export type DispatchPorts = {
  escalation: Pick<EscalationStore, 'lineage' | 'staffOf' | 'respondersOf' | 'contactsOf'>;
  /** Whether a channel that works serves this address of somebody who is told about an alarm of this station. */
  isServed(stationId: string | null, address: ChannelAddress): Promise<boolean>;
  nowMs: number;
};

/** Somebody who can be sent, and how they would be told. */
export type Sendable = { person: DispatchPerson; callee: Callee };

/** Who can be asked to go there at this moment, each once, the organisation's own people first. */
export async function dispatchPeople(ports: DispatchPorts, subject: DispatchSubject): Promise<Sendable[]> {
  const { escalation, nowMs, isServed } = ports;
  const { residentId, stationId, ownerId } = subject;
  const lineage = stationId === null ? [] : await escalation.lineage(stationId);
  const found: Omit<Sendable['person'], 'channels'>[] = [];
  const callees = new Map<string, Callee>();
  const add = (callee: Callee, person: Omit<Sendable['person'], 'id' | 'displayName' | 'channels'>): void => {
    if (callee.id === ownerId || callees.has(callee.id)) return;
    callees.set(callee.id, callee);
    found.push({ id: callee.id, displayName: callee.displayName, ...person });
  };
  for (const level of ['station', 'street'] as const) {
    const at = lineage.filter((place) => place.level === level).map(({ id }) => id);
    const responders = await escalation.respondersOf(at, nowMs);
    const staff = onDuty(await escalation.staffOf(at, nowMs));
    for (const member of [...responders.filter(hasShift), ...responders.filter((one) => !hasShift(one))])
      add(userCallee(member, true), userPerson(`${level}-responders`, member));
    for (const member of staff) add(userCallee(member, true), userPerson(`${level}-staff`, member));
  }
  const contacts = residentId === null ? [] : await escalation.contactsOf(residentId);
  for (const group of [...contactGroups, 'others'] as const) {
    for (const contact of contacts) {
      if (group !== 'others' && !isInGroup(contact, group)) continue;
      add(contactCallee(contactId(residentId ?? '', contact.phone), contact), contactPerson(group, contact));
    }
  }
  return Promise.all(
    found.map(async (person) => {
      const callee = callees.get(person.id);
      if (!callee) throw new Error(`${person.id} was found and is gone`);
      const served: ChannelAddress[] = [];
      for (const address of callee.channels) if (await isServed(stationId, address)) served.push(address);
      const channels = [...new Set(served.map(({ kind }) => kind))];
      return { person: { ...person, channels }, callee: { ...callee, channels: served } };
    }),
  );
}

function hasShift({ isEntered, isOnShift }: StaffMember): boolean {
  return isEntered || isOnShift;
}

function userPerson(group: DispatchGroup, member: StaffMember) {
  const phone = member.channels.find(({ kind }) => kind === 'sms')?.address ?? null;
  return { group, relation: '', hasKey: false, isOnDuty: hasShift(member), phone };
}

function contactPerson(group: DispatchGroup, { relation, hasKey, phone }: Contact) {
  return { group, relation, hasKey, isOnDuty: false, phone };
}
