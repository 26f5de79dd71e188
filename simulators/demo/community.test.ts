import { expect, test } from 'vitest';
import {
  newDeviceSchema,
  newDwellingSchema,
  newOrganisationSchema,
  newResidentSchema,
  newUserSchema,
} from '@carebell/contracts/registry.ts';
import { sampleCommunity } from './community.ts';

const community = sampleCommunity();

test('the sample community is as the start screen tells: 3 stations, 24 residents, 90 devices', () => {
  const stations = community.organisations.filter(({ level }) => level === 'station');
  expect(stations).toHaveLength(3);
  expect(community.residents).toHaveLength(24);
  expect(community.devices).toHaveLength(90);
  expect(community.users.map(({ role }) => role).toSorted()).toEqual([
    'installer',
    'operator',
    'operator',
    'operator',
    'supervisor',
  ]);
});

test('every body of it is one that the HTTP API takes', () => {
  const bodies = [
    ...community.organisations.map((body) => newOrganisationSchema.safeParse(body)),
    ...community.users.map((body) => newUserSchema.safeParse(body)),
    ...community.dwellings.map((body) => newDwellingSchema.safeParse(body)),
    ...community.residents.map((body) => newResidentSchema.safeParse(body)),
    ...community.devices.map((body) => newDeviceSchema.safeParse(body)),
  ];
  expect(bodies.flatMap(({ error }) => error?.issues ?? [])).toEqual([]);
});

test('nobody shares an identifier or a name, and every number is one that nobody has', () => {
  const ids = [
    ...community.organisations,
    ...community.dwellings,
    ...community.residents,
    ...community.devices,
  ];
  expect(new Set(ids.map(({ id }) => id)).size).toBe(ids.length);
  expect(new Set(community.residents.map(({ name }) => name)).size).toBe(24);
  const phones = community.residents.flatMap(({ phone, contacts = [] }) => [
    phone,
    ...contacts.map((c) => c.phone),
  ]);
  expect(phones.filter((phone) => !/^1390000\d{4}$/.test(phone ?? ''))).toEqual([]);
  expect(new Set(phones).size).toBe(phones.length);
});

test('everybody can call for help, and everybody has a keyholder', () => {
  for (const { id, contacts = [] } of community.residents) {
    const owned = community.devices.filter(({ residentId }) => residentId === id).map(({ type }) => type);
    expect(owned.some((type) => type === 'button' || type === 'terminal')).toBe(true);
    expect(contacts.some(({ hasKey }) => hasKey)).toBe(true);
  }
});

test('couples share a dwelling', () => {
  expect(community.dwellings).toHaveLength(21);
});
