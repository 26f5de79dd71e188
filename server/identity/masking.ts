import type { AlarmView, TimelineEntry } from '@carebell/contracts/alarm-view.ts';
import type { ClosingProof } from '@carebell/contracts/handling.ts';
import type { AlarmDetail } from '@carebell/contracts/http-api.ts';
import type { Contact, Dwelling, Resident } from '@carebell/contracts/registry.ts';
import type { Role } from '@carebell/contracts/roles.ts';

const maskedRoles: ReadonlySet<Role> = new Set(['auditor', 'installer']);

/** Who reads personal data masked: enough to tell two cases apart, and not whose they are. */
export function readsMasked(role: Role): boolean {
  return maskedRoles.has(role);
}

/** `王**` */
export function maskName(name: string): string {
  const [first = ''] = name.trim();
  return `${first}**`;
}

/** `138****0000`; of a short number nothing stays. */
export function maskPhone(phone: string): string {
  const digits = phone.replaceAll(/\D/g, '');
  return digits.length < 10 ? '****' : `${digits.slice(0, 3)}****${digits.slice(-4)}`;
}

const maskedOrNull = (text: string | null, mask: (text: string) => string): string | null =>
  text === null ? null : mask(text);

function maskContact(contact: Contact): Contact {
  return { ...contact, name: maskName(contact.name), phone: maskPhone(contact.phone) };
}

export function maskResident(resident: Resident): Resident {
  return {
    ...resident,
    name: maskName(resident.name),
    phone: maskedOrNull(resident.phone, maskPhone),
    medicalNotes: '',
    handlingNotes: '',
    contacts: resident.contacts.map(maskContact),
  };
}

/** How to get in is nobody's business who does not go there. */
export function maskDwelling(dwelling: Dwelling): Dwelling {
  return { ...dwelling, access: '' };
}

export function maskAlarm<T extends AlarmView>(alarm: T): T {
  return {
    ...alarm,
    residentName: maskedOrNull(alarm.residentName, maskName),
    residentPhone: maskedOrNull(alarm.residentPhone, maskPhone),
    absence: undefined,
    ...(alarm.responders ? { responders: alarm.responders.map(maskPerson) } : {}),
    ...(alarm.callBack ? { callBack: { ...alarm.callBack, note: maskWords(alarm.callBack.note) } } : {}),
    ...(alarm.closingProof ? { closingProof: maskProof(alarm.closingProof) } : {}),
  };
}

/** Who answers no alarms needs no script, which has the numbers of the resident's people in it. */
export function maskDetail({ script: _, ...detail }: AlarmDetail): AlarmDetail {
  return {
    ...maskAlarm(detail),
    timeline: detail.timeline.map(maskEntry),
    resident: detail.resident && maskResident(detail.resident),
    contacts: detail.contacts.map(maskContact),
    dwelling: detail.dwelling && maskDwelling(detail.dwelling),
  };
}

function maskPerson<T extends { displayName: string }>(person: T): T {
  return { ...person, displayName: maskName(person.displayName) };
}

/**
 * Users of the hub keep their names: they answer for what they did. Whoever was called, told or came may be family, so
 * all of them are masked; and free words may name anybody.
 */
function maskEntry(entry: TimelineEntry): TimelineEntry {
  switch (entry.step) {
    case 'escalated':
    case 'called':
      return { ...entry, people: entry.people.map(maskPerson) };
    case 'contact-tried':
      return { ...entry, contact: maskPerson(entry.contact), note: maskWords(entry.note) };
    case 'notification-queued':
    case 'notification-accepted':
    case 'notification-delivered':
    case 'notification-failed':
    case 'notification-gave-up':
      return { ...entry, recipient: maskPerson(entry.recipient) };
    case 'responder-reported':
    case 'responder-asked':
    case 'link-withdrawn':
      return { ...entry, responder: maskPerson(entry.responder) };
    case 'script-step-done':
      return {
        ...entry,
        ...(entry.contact ? { contact: maskPerson(entry.contact) } : {}),
        // A step of the resident's own says what is to be known of them.
        ...(entry.key.startsWith('resident.') ? { text: { 'zh-CN': '***', en: '***' } } : {}),
        note: maskWords(entry.note),
      };
    case 'closed':
      return {
        ...entry,
        note: maskWords(entry.note),
        ...(entry.proof ? { proof: maskProof(entry.proof) } : {}),
      };
    case 'call-back-set':
    case 'miss-reviewed':
    case 'resident-asked':
    case 'noted':
    case 'reopened':
    case 'handed-over':
      return { ...entry, note: maskWords(entry.note) };
    default:
      return entry;
  }
}

function maskProof(proof: ClosingProof): ClosingProof {
  return proof.basis === 'waived' ? { ...proof, because: maskWords(proof.because) } : proof;
}

function maskWords(note: string): string {
  return note === '' ? '' : '***';
}
