import { alarmKindNames } from '@carebell/contracts/alarm-kinds.ts';
import { escalationPolicySchema } from '@carebell/contracts/escalation.ts';
import type { NewEscalationPolicy } from '@carebell/contracts/escalation.ts';
import { faultsOf } from '@carebell/contracts/escalation-check.ts';
import { describe, expect, it } from 'vitest';
import { contactId, isInGroup, roleOfContact } from './contact-group.ts';
import { defaultPolicies } from './default-policies.ts';
import { planFor } from './plan.ts';
import type { PlanSubject } from './plan.ts';
import { onDuty } from './recipients.ts';

const policy = (name: string, change: Partial<NewEscalationPolicy> = {}) =>
  escalationPolicySchema.parse({ ...defaultPolicies[0], kinds: [], name, ...change });
const help: PlanSubject = { kind: 'help', riskGroups: [], area: 'centre', isAlone: true };
const named = (subject: Parameters<typeof planFor>[0], ...entered: ReturnType<typeof policy>[][]) =>
  planFor(subject, entered).policy;

describe('the policy of an alarm', () => {
  it('is the one of the nearest organisation that has one for it', () => {
    const station = [policy('station fire', { kinds: ['smoke'] })];
    const street = [policy('street')];
    expect(named(help, station, street)).toBe('street');
    expect(named({ ...help, kind: 'smoke' }, station, street)).toBe('station fire');
    expect(named(help)).toBe('emergency');
  });

  it('says most about it: kind and risk group, then kind, then risk group', () => {
    const entered = [
      policy('everything'),
      policy('dementia', { riskGroups: ['dementia'] }),
      policy('help', { kinds: ['help'] }),
      policy('help of dementia', { kinds: ['help'], riskGroups: ['dementia'] }),
    ];
    const demented: PlanSubject = { ...help, riskGroups: ['living-alone', 'dementia'] };
    expect(named(demented, entered)).toBe('help of dementia');
    expect(named(help, entered)).toBe('help');
    expect(named({ ...demented, kind: 'gas' }, entered)).toBe('dementia');
    expect(named({ ...help, kind: 'gas' }, entered)).toBe('everything');
  });

  it('gives a responder 15 minutes in the centre and 30 where it is remote', () => {
    expect(planFor(help).onSiteWithinMs).toBe(900_000);
    expect(planFor({ ...help, area: 'remote' }).onSiteWithinMs).toBe(1_800_000);
  });

  it.each(alarmKindNames)('exists for %s where nobody has entered one, and leaves nobody alone', (kind) => {
    expect(planFor({ ...help, kind }).steps.length).toBeGreaterThan(0);
    for (const own of defaultPolicies) expect(faultsOf(own)).toEqual([]);
  });
});

describe('who is on duty', () => {
  const person = (id: string, is: 'isEntered' | 'isOnShift' | 'isLoggedIn' | null) => ({
    id,
    isEntered: is === 'isEntered',
    isOnShift: is === 'isOnShift',
    isLoggedIn: is === 'isLoggedIn',
  });
  it('is who was entered, else whose shift it is, else who is logged in, else everyone', () => {
    const [li, zhang, chen, wu] = [
      person('li', 'isLoggedIn'),
      person('zhang', 'isEntered'),
      person('chen', null),
      person('wu', 'isOnShift'),
    ];
    expect(onDuty([li, zhang, chen, wu])).toEqual([zhang]);
    expect(onDuty([li, chen, wu])).toEqual([wu]);
    expect(onDuty([li, chen])).toEqual([li]);
    expect(onDuty([chen])).toEqual([chen]);
  });
});

describe('a contact', () => {
  it.each([
    ['女儿', 'family'],
    ['侄子', 'family'],
    ['邻居', 'neighbour'],
    ['楼上李阿姨', 'neighbour'],
    ['志愿者', 'volunteer'],
    ['社区民警', 'other'],
    ['物业', 'other'],
  ])('who is the resident’s %s is %s unless somebody has entered it', (relation, role) => {
    expect(roleOfContact({ relation })).toBe(role);
    expect(roleOfContact({ relation, role: 'other' })).toBe('other');
  });

  it('with a key is a keyholder besides', () => {
    const contact = { name: '李', relation: '邻居', phone: '13900000001', hasKey: true };
    expect(isInGroup(contact, 'keyholders')).toBe(true);
    expect(isInGroup(contact, 'neighbours')).toBe(true);
    expect(isInGroup(contact, 'family')).toBe(false);
  });

  it('is the same one however the number is written, and not the number itself', () => {
    expect(contactId('r1', '139 0000-0001')).toBe(contactId('r1', '13900000001'));
    expect(contactId('r2', '13900000001')).not.toBe(contactId('r1', '13900000001'));
    expect(contactId('r1', '13900000001')).not.toContain('139');
  });
});
