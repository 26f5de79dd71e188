import { z } from 'zod';
import { deviceTypes, issuedDeviceSchema, issuedSecretSchema } from '@carebell/contracts/registry.ts';
import type { DeviceAccount } from '../accounts.ts';
import { latestFirmware } from '../devices/firmware-version.ts';
import { ApiProblem, createOnce } from './api-client.ts';
import type { ApiClient } from './api-client.ts';
import { sampleCareBeds } from './care-beds.ts';
import type { Community } from './community.ts';
import { demoServices } from './demo-services.ts';
import { outlines } from './places.ts';

/** Requests under way at a time. */
const lanes = 8;
const anything = z.unknown();

/**
 * A town that begins its day whenever somebody starts it sleeps at noon and goes out at midnight: what the hub expects of
 * an hour of the day is switched off there.
 */
const rulesOfTheHour = ['inactivity-day', 'not-up', 'door-at-night', 'restless-night', 'out-of-bed'].map(
  (id) => ({
    id,
    isOff: true,
  }),
);

/** Whether the hub holds the whole community, and `known` opens all its devices. The devices are created last. */
export async function isSeeded(
  api: ApiClient,
  community: Community,
  known: readonly DeviceAccount[],
): Promise<boolean> {
  const ids = new Set(known.map(({ id }) => id));
  const last = community.devices.at(-1);
  if (last === undefined || !community.devices.every(({ id }) => ids.has(id))) return false;
  try {
    await api.get(`/devices/${last.id}`, anything);
    return true;
  } catch (error) {
    if (error instanceof ApiProblem) return false;
    throw error;
  }
}

/**
 * Creates what is missing of the community and answers with the secrets of all its devices. Interrupted and repeated, it
 * goes on where it stopped: what exists stays, and a device whose secret was lost with the interruption gets a new one.
 */
export async function seedCommunity(
  api: ApiClient,
  community: Community,
  passwordOf: (userName: string) => string,
  known: readonly DeviceAccount[],
): Promise<DeviceAccount[]> {
  for (const organisation of community.organisations) await createOnce(api, '/organisations', organisation);
  for (const { id, level } of community.organisations)
    if (level === 'district')
      await api.put(`/organisations/${id}/rules`, { rules: rulesOfTheHour }, anything);
  for (const { id, level } of community.organisations)
    if (level === 'district')
      await api.put(`/organisations/${id}/services`, { services: demoServices }, anything);
  for (const { id, level } of community.organisations)
    if (level === 'district')
      for (const type of deviceTypes)
        await api.put(
          '/maintenance/firmware',
          { organisationId: id, type, version: latestFirmware(type) },
          anything,
        );
  for (const { organisationId, geometry } of outlines)
    await api.put(`/organisations/${organisationId}/outline`, geometry, anything);
  await inLanes(community.users, (user) =>
    createOnce(api, '/users', { ...user, password: passwordOf(user.name) }),
  );
  await inLanes(community.dwellings, (dwelling) => createOnce(api, '/dwellings', dwelling));
  await inLanes(community.residents, (resident) => createOnce(api, '/residents', resident));
  for (const bed of sampleCareBeds(community)) await createOnce(api, '/care-beds', bed);
  return await inLanes(community.devices, async ({ residentName, ...device }) => ({
    id: device.id,
    secret: await secretFor(api, device, known),
    type: device.type,
    resident: residentName,
  }));
}

async function secretFor(
  api: ApiClient,
  device: { id: string },
  known: readonly DeviceAccount[],
): Promise<string> {
  const created = await createOnce(api, '/devices', device);
  const issued = created === 'exists' ? null : issuedDeviceSchema.parse(created).secret;
  const secret = issued ?? known.find(({ id }) => id === device.id)?.secret;
  return secret ?? (await api.post(`/devices/${device.id}/secret`, {}, issuedSecretSchema)).secret;
}

/** Carries out `work` for each item, a few at a time, and answers in the order of the items. */
async function inLanes<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const waiting = items.entries();
  const lane = async () => {
    for (const [index, item] of waiting) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}
