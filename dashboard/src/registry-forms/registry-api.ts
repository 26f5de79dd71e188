import { alarmViewSchema } from '@carebell/contracts/alarm-view.ts';
import { journalEventSchema, pageOf } from '@carebell/contracts/http-api.ts';
import {
  deviceSchema,
  dwellingSchema,
  gatewaySchema,
  issuedDeviceSchema,
  issuedGatewaySchema,
  issuedSecretSchema,
  issuedUserSchema,
  organisationSchema,
  residentSchema,
  userSchema,
} from '@carebell/contracts/registry.ts';
import { useMemo } from 'react';
import type { z } from 'zod';
import type { Answer, HubApi } from '../api/hub-api.ts';
import { resultOrThrow } from '../api/hub-problem.ts';
import { useWorkplace } from '../app/workplace.ts';
import type { Values } from './form-fields.ts';

/** What the hub answers of each kind of record, and when one is entered. */
const kinds = {
  residents: { item: residentSchema, entered: residentSchema },
  dwellings: { item: dwellingSchema, entered: dwellingSchema },
  devices: { item: deviceSchema, entered: issuedDeviceSchema },
  gateways: { item: gatewaySchema, entered: issuedGatewaySchema },
  organisations: { item: organisationSchema, entered: organisationSchema },
  stations: { item: organisationSchema, entered: organisationSchema },
  users: { item: userSchema, entered: issuedUserSchema },
} as const;
export type Kind = keyof typeof kinds;
export type Item<K extends Kind> = z.infer<(typeof kinds)[K]['item']>;
export type Entered<K extends Kind> = z.infer<(typeof kinds)[K]['entered']>;
type Page<T> = { items: T[]; cursor: string | null };
export type Query = Record<string, string | undefined>;

/** Records of one page; a screen shows about twenty at once. */
const pageSize = '60';

const alarmPage = pageOf(alarmViewSchema);
const eventPage = pageOf(journalEventSchema);

export type RegistryApi = ReturnType<typeof createRegistryApi>;

/** Reading throws a {@link HubProblem}, as queries expect; writing answers the problem, because a form shows it. */
function createRegistryApi({ call }: Pick<HubApi, 'call'>) {
  const pageAt = <T>(path: string, query: Query, page: Parameters<typeof call<Page<T>>>[2]) =>
    resultOrThrow(call('GET', `${path}?${queryText(query)}`, page));
  return {
    list: <K extends Kind>(kind: K, query: Query): Promise<Page<Item<K>>> =>
      pageAt<Item<K>>(`/${kind}`, { limit: pageSize, ...query }, pageOf(kinds[kind].item) as never),
    one: <K extends Kind>(kind: K, id: string): Promise<Item<K>> =>
      resultOrThrow(call<Item<K>>('GET', `/${kind}/${encodeURIComponent(id)}`, kinds[kind].item as never)),
    enter: <K extends Kind>(kind: K, body: Values): Promise<Answer<Entered<K>>> =>
      call<Entered<K>>('POST', `/${kind}`, kinds[kind].entered as never, body),
    change: <K extends Kind>(kind: K, id: string, body: Values): Promise<Answer<Item<K>>> =>
      call<Item<K>>('PATCH', `/${kind}/${encodeURIComponent(id)}`, kinds[kind].item as never, body),
    renewSecret: (kind: 'devices' | 'gateways', id: string) =>
      call('POST', `/${kind}/${encodeURIComponent(id)}/secret`, issuedSecretSchema),
    alarms: (query: Query) => pageAt('/alarms', { limit: '30', phase: 'all', ...query }, alarmPage),
    events: (query: Query) => pageAt('/events', { limit: '60', ...query }, eventPage),
  };
}

export function useRegistryApi(): RegistryApi {
  const { api } = useWorkplace();
  return useMemo(() => createRegistryApi(api), [api]);
}

function queryText(query: Query): string {
  const given = Object.entries(query).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '',
  );
  return new URLSearchParams(given).toString();
}
