import { z } from 'zod';
import { sessionSchema } from '@carebell/contracts/http-api.ts';
import type { Session } from '@carebell/contracts/http-api.ts';
import {
  issuedDeviceSchema,
  issuedGatewaySchema,
  issuedSecretSchema,
  organisationSchema,
} from '@carebell/contracts/registry.ts';
import { organisationLevels, rootOrganisationId } from '@carebell/contracts/roles.ts';
import { testModeSchema } from '@carebell/contracts/test-mode.ts';
import { testRecordPrefix, virtualDevicePrefix } from '@carebell/contracts/virtual-device-names.ts';
import { createOnce } from '../demo/api-client.ts';
import type { ApiClient } from '../demo/api-client.ts';
import type { Credentials } from '../mqtt-connection.ts';
import { copiesOf } from './members.ts';
import type { Member } from './members.ts';
import type { Scenario } from './scenario-schema.ts';

/** What whoever plays scenarios must be allowed to do. */
export const neededActions = [
  'registry.read',
  'registry.write',
  'resident.write',
  'rule.write',
  'device.write',
  'alarm.read',
  'alarm.acknowledge',
  'alarm.close',
  'alarm.close-others',
  'alarm.close-without-proof',
  'test-mode.write',
] as const;

export type Rights = { ok: true; session: Session } | { ok: false; missing: string[]; session: Session };

export async function readRights(api: ApiClient): Promise<Rights> {
  const session = await api.get('/session', sessionSchema);
  const missing = neededActions.filter((action) => !session.actions.includes(action));
  return missing.length === 0 ? { ok: true, session } : { ok: false, missing, session };
}

const anything = z.unknown();
const named = {
  district: '【试验】区 Test district',
  street: '【试验】街道 Test street',
  station: '【试验】驿站 Test station',
};

/** The station of the test dwellings: `test-station` in the caller's own part of the organisation, made if it is not there. */
export async function openTestStation(api: ApiClient, organisationId: string): Promise<string> {
  const own =
    organisationId === rootOrganisationId
      ? undefined
      : await api.get(`/organisations/${organisationId}`, organisationSchema);
  let parentId = organisationId;
  const below = own === undefined ? 0 : organisationLevels.indexOf(own.level) + 1;
  for (const level of organisationLevels.slice(below)) {
    const suffix = own === undefined ? '' : `-${organisationId}`;
    const id = `${testRecordPrefix}${level}${suffix}`.slice(0, 64);
    await createOnce(api, '/organisations', { id, level, name: named[level], parentId });
    parentId = id;
  }
  return parentId;
}

/** So many test stations in the street of `test-station`, made if they are not there. */
export async function openTestStationsBeside(
  api: ApiClient,
  organisationId: string,
  count: number,
): Promise<string[]> {
  const first = await openTestStation(api, organisationId);
  const { level, parentId } = await api.get(`/organisations/${first}`, organisationSchema);
  // Whoever leads one station has no street to put others in.
  if (organisationId === first) return Array.from({ length: count }, () => first);
  const ids = [first];
  for (let number = 2; number <= count; number += 1) {
    const suffix = `-${number}`;
    const id = `${first.slice(0, 64 - suffix.length)}${suffix}`;
    await createOnce(api, '/organisations', { id, level, name: `${named.station} ${number}`, parentId });
    ids.push(id);
  }
  return ids;
}

/** Puts dwellings under test, so that their alarms are marked on every screen, told to no family and counted apart. The answer ends it. */
export async function putUnderTest(
  api: ApiClient,
  dwellingIds: readonly string[],
): Promise<() => Promise<void>> {
  const begin = (id: string) =>
    api.post(
      '/test-modes',
      { of: 'dwelling', id, minutes: 30, reason: 'npm run simulate -- run' },
      testModeSchema,
    );
  const begun = await Promise.all(dwellingIds.map(begin));
  return async () => {
    await Promise.all(begun.map(({ id }) => api.delete(`/test-modes/${id}`, testModeSchema)));
  };
}

/** A scenario's residents, devices and gateways as the hub knows them. */
export type TestPlace = {
  dwellingIds: string[];
  idOf(member: Member): string;
  /** `undefined` of a resident, and of a device that a gateway speaks for. */
  credentialsOf(member: Member): Credentials | undefined;
};

export type PlaceWish = {
  scenario: Scenario;
  stationId: string;
  nowMs: number;
  timeZone: string;
  /** What a generation of residents has gone through lately: see {@link freshGeneration}. */
  isUsed(idPrefix: string): boolean;
};

/**
 * Enters what a scenario needs, or finds it again from an earlier run with new secrets. Every identifier begins with
 * `test-` or `virtual-`: nothing else at the hub is touched.
 */
export async function openTestPlace(api: ApiClient, wish: PlaceWish): Promise<TestPlace> {
  const { scenario, stationId } = wish;
  // Two people who play the same scenario at two stations must not take each other's dwellings.
  const base =
    stationId === `${testRecordPrefix}station` ? scenario.name : `${scenario.name}-${hashOf(stationId)}`;
  const place = freshGeneration(base, wish.isUsed);
  const idOf = (member: Member) =>
    `${member.is === 'resident' ? testRecordPrefix : virtualDevicePrefix}${place}-${member.key}`;
  const secrets = new Map<string, string>();
  const dwellingIds: string[] = [];

  for (const [gateway, { supervision }] of Object.entries(scenario.gateways)) {
    const id = idOf({ is: 'gateway', key: gateway, gateway });
    const created = await createOnce(api, '/gateways', { id, name: `【试验】${gateway}`, stationId });
    secrets.set(
      id,
      issuedGatewaySchema.safeParse(created).data?.secret ?? (await renew(api, '/gateways', id)),
    );
    if (supervision !== undefined) await supervise(api, 'gateway', id, supervision);
  }
  for (const [name, resident] of Object.entries(scenario.residents)) {
    for (const key of copiesOf(scenario, name)) {
      const id = idOf({ is: 'resident', key, resident: key });
      const address = `【试验】情景 ${scenario.name}：${key}，无人居住 · test dwelling, nobody lives here`;
      await createOnce(api, '/dwellings', { id, stationId, address });
      dwellingIds.push(id);
      const person = { id, dwellingId: id, name: `【试验】${key}`, riskGroups: resident.riskGroups };
      await createOnce(api, '/residents', person);
      const rules = resident.rules.map((rule) => atTheHour(rule, wish));
      if (rules.length > 0) await api.put(`/residents/${id}/rules`, { rules }, anything);
      for (const [device, { type, room, behind, supervision }] of Object.entries(resident.devices)) {
        const deviceId = idOf({ is: 'device', key: `${key}-${device}`, resident: key, device });
        const gatewayId = behind === undefined ? null : idOf({ is: 'gateway', key: behind, gateway: behind });
        const body = { id: deviceId, type, name: `【试验】${device}`, room, residentId: id, gatewayId };
        const created = await createOnce(api, '/devices', body);
        if (gatewayId === null) {
          const issued = issuedDeviceSchema.safeParse(created).data?.secret ?? null;
          secrets.set(deviceId, issued ?? (await renew(api, '/devices', deviceId)));
        }
        // Nobody waits for a virtual device unless the scenario does.
        if (created !== 'exists' || supervision !== undefined)
          await supervise(api, 'device', deviceId, supervision);
      }
    }
  }
  return {
    dwellingIds,
    idOf,
    credentialsOf(member) {
      const id = idOf(member);
      const secret = secrets.get(id);
      return secret === undefined ? undefined : { id, secret };
    },
  };
}

/** Nobody waits for its devices any more, and nobody can sign in as one: their last secrets are thrown away. */
export async function retireTestPlace(api: ApiClient, scenario: Scenario, place: TestPlace): Promise<void> {
  for (const gateway of Object.keys(scenario.gateways)) {
    const id = place.idOf({ is: 'gateway', key: gateway, gateway });
    await supervise(api, 'gateway', id, undefined);
    await renew(api, '/gateways', id);
  }
  for (const [name, { devices }] of Object.entries(scenario.residents)) {
    for (const key of copiesOf(scenario, name)) {
      for (const [device, { behind, supervision }] of Object.entries(devices)) {
        const id = place.idOf({ is: 'device', key: `${key}-${device}`, resident: key, device });
        if (supervision !== undefined) await supervise(api, 'device', id, undefined);
        if (behind === undefined) await renew(api, '/devices', id);
      }
    }
  }
}

async function supervise(
  api: ApiClient,
  of: 'device' | 'gateway',
  id: string,
  periodMs: number | undefined,
): Promise<void> {
  const setting =
    periodMs === undefined
      ? { class: 'off' }
      : { class: 'own', periodSeconds: Math.max(20, periodMs / 1_000) };
  await api.put(`/supervision/${of}/${id}`, { setting }, anything);
}

async function renew(api: ApiClient, path: '/devices' | '/gateways', id: string): Promise<string> {
  return (await api.post(`${path}/${id}/secret`, {}, issuedSecretSchema)).secret;
}

/**
 * What the hub has noticed of a device or resident it notices again only when it was over in between; so residents who had
 * an alarm within a day rest, and others take their parts.
 */
function freshGeneration(base: string, isUsed: (idPrefix: string) => boolean): string {
  for (let generation = 1; ; generation += 1) {
    const place = `${base}-${generation.toString(36)}`;
    if (![testRecordPrefix, virtualDevicePrefix].some((prefix) => isUsed(`${prefix}${place}-`))) return place;
  }
}

/** A rule with an hour of the day holds now: "now-1h" is an hour ago by the clock of the hub's walls. */
function atTheHour(rule: Record<string, unknown>, { nowMs, timeZone }: PlaceWish): Record<string, unknown> {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return Object.fromEntries(
    Object.entries(rule).map(([field, value]) => {
      const [, sign, hours] = /^now([+-])(\d{1,2})h$/.exec(String(value)) ?? [];
      if (hours === undefined) return [field, value];
      const shiftMs = (sign === '-' ? -1 : 1) * Number(hours) * 3_600_000;
      return [field, clock.format(nowMs + shiftMs)];
    }),
  );
}

/** Eight letters that stand for a longer identifier. */
function hashOf(text: string): string {
  let value = 0x811c9dc5;
  for (const letter of text) value = Math.imul(value ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return (value >>> 0).toString(16).padStart(8, '0');
}
