import type { Claim } from '@carebell/contracts/claims.ts';
import { bareClaimCode, claimValidMs } from '@carebell/contracts/claim-code.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { enterCommunity, openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';
import { createClaimDesk } from './claim-desk.ts';

type Caller = Awaited<ReturnType<ApiUnderTest['as']>>;
let api: ApiUnderTest;
let installer: Caller;
let count = 0;
let id = '';
const refusals: string[] = [];
beforeAll(async () => {
  api = await openApi();
  await enterCommunity(api);
  installer = await api.as('installer-a');
});
afterAll(() => api.close());
beforeEach(async () => {
  count += 1;
  id = `new-${count}`;
  await installer.post('/devices', { id, type: 'button', dwellingId: 'home-a' });
});

const desk = () =>
  createClaimDesk({
    commit: api.gate.commit,
    reads: { claim: async (deviceId) => (await api.claims.claim(deviceId)) ?? undefined },
    newSecret: () => `secret-${Math.random()}`,
    hashSecret: (secret) => `hash of ${secret}`,
    matchesSecret: (hash, secret) => hash === `hash of ${new TextDecoder().decode(secret)}`,
    recordRefusal: ({ reason }) => void refusals.push(reason),
    troubled: (event) => void refusals.push(event),
  });
const make = async (): Promise<string> => {
  const answer = await installer.post(`/devices/${id}/claim`);
  expect(answer.statusCode).toBe(201);
  return bareClaimCode(answer.json<{ code: string }>().code);
};
const state = async (): Promise<Claim> => (await installer.get(`/devices/${id}/claim`)).json<Claim>();
const signIn = (code: string) =>
  new Promise<string>((resolve) => {
    desk().signIn({ accountId: id, code, address: '10.0.0.9' }, (verdict) =>
      resolve(verdict.ok ? verdict.ticket : verdict.reason),
    );
  });
const fetchSecret = (ticket: string) =>
  new Promise<string>((resolve) => {
    desk().subscribed(id, ticket, (text) => resolve((JSON.parse(text) as { secret: string }).secret));
  });
const take = (secret: string) =>
  new Promise<boolean>((resolve) => desk().taken(id, `hash of ${secret}`, resolve));
const accountHash = () => api.directory.account(id)?.secretHash;

describe('a code by which a device fetches its secret', () => {
  it('is shown once, eight characters long, and only its hash is kept', async () => {
    expect(await state()).toMatchObject({ state: 'none' });
    const code = await make();
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
    expect(await state()).toMatchObject({ state: 'open', wrongCodes: 0, deliveries: 0 });
    const stored = await api.db.selectFrom('device_claims').selectAll().where('device_id', '=', id).execute();
    expect(stored).toMatchObject([{ code_hash: `hash of ${code}` }]);
    const journal = await api.db.selectFrom('journal').select('body').where('device_id', '=', id).execute();
    expect(JSON.stringify(journal)).not.toContain(code);
  });

  it('brings a secret that is the device’s own from the first log-in with it, and is used up then', async () => {
    const before = accountHash();
    const ticket = await signIn(await make());
    const secret = await fetchSecret(ticket);
    expect(accountHash()).toBe(before);
    expect(api.directory.account(id)?.nextSecretHash).toBe(`hash of ${secret}`);
    expect(await state()).toMatchObject({ state: 'delivered', deliveries: 1 });
    expect(await take(secret)).toBe(true);
    expect(accountHash()).toBe(`hash of ${secret}`);
    expect(api.directory.account(id)?.nextSecretHash).toBeUndefined();
    expect(await state()).toMatchObject({ state: 'used' });
    expect(await take(secret)).toBe(false);
    const kinds = await api.db
      .selectFrom('journal')
      .select('kind')
      .where('device_id', '=', id)
      .where('type', '=', 'registry')
      .orderBy('seq')
      .execute();
    expect(kinds.map(({ kind }) => kind)).toEqual([
      'device-created',
      'device-claim-made',
      'device-claim-delivered',
      'device-claimed',
    ]);
  });

  it('brings another one if the first was lost on the way, and then only the last is good', async () => {
    const code = await make();
    const lost = await fetchSecret(await signIn(code));
    const arrived = await fetchSecret(await signIn(code));
    expect(await take(lost)).toBe(false);
    expect(await take(arrived)).toBe(true);
    expect(await signIn(code)).toBe('claim-expired');
  });

  it('of two who have it goes to the one who uses its secret first, and the other is refused', async () => {
    const code = await make();
    const [one, other] = await Promise.all([signIn(code), signIn(code)]);
    const first = await fetchSecret(one);
    const second = await fetchSecret(other);
    expect(await Promise.all([take(first), take(second)])).toEqual([false, true]);
    refusals.length = 0;
    desk().subscribed(id, one, () => expect.unreachable());
    await expect.poll(() => refusals).toEqual(['claim-expired']);
  });

  it('is good for half an hour', async () => {
    const code = await make();
    const ticket = await signIn(code);
    api.clock.move(claimValidMs);
    expect(await signIn(code)).toBe('claim-expired');
    refusals.length = 0;
    desk().subscribed(id, ticket, () => expect.unreachable());
    await expect.poll(() => refusals).toEqual(['claim-expired']);
    expect(await state()).toMatchObject({ state: 'expired' });
  });

  it('is locked by the fifth wrong one, also for the right one, until another is made', async () => {
    const code = await make();
    for (let guess = 0; guess < 5; guess++) expect(await signIn(`0000000${guess}`)).toBe('claim-wrong-code');
    expect(await signIn(code)).toBe('claim-locked');
    expect(await state()).toMatchObject({ state: 'locked', wrongCodes: 5 });
    const next = await make();
    expect(await signIn(code)).toBe('claim-wrong-code');
    expect(await fetchSecret(await signIn(next))).toMatch(/^secret-/);
  });

  it('counts guesses that come at once one by one', async () => {
    const code = await make();
    const answers = await Promise.all(Array.from({ length: 20 }, (_, guess) => signIn(`GUESS${guess}`)));
    expect(answers.filter((answer) => answer === 'claim-wrong-code')).toHaveLength(5);
    expect(answers.filter((answer) => answer === 'claim-locked')).toHaveLength(15);
    expect(await signIn(code)).toBe('claim-locked');
  });

  it('is good no more when another is made or it is taken back, and a secret of it neither', async () => {
    const first = await make();
    const secret = await fetchSecret(await signIn(first));
    await make();
    expect(await signIn(first)).toBe('claim-wrong-code');
    expect(await take(secret)).toBe(false);
    expect((await installer.delete(`/devices/${id}/claim`)).json()).toMatchObject({ state: 'none' });
    expect(await signIn(first)).toBe('claim-none');
  });

  it('is not made for a device that speaks through a gateway, is not there, or stands elsewhere', async () => {
    const radio = { id: `radio-${id}`, type: 'button', stationId: 'a', gatewayId: 'gateway-a' };
    await installer.post('/devices', radio);
    expect((await installer.post(`/devices/radio-${id}/claim`)).statusCode).toBe(422);
    expect((await installer.post('/devices/nobody/claim')).statusCode).toBe(404);
    expect((await installer.post('/devices/button-b/claim')).statusCode).toBe(404);
    expect((await (await api.as('operator-a')).post(`/devices/${id}/claim`)).statusCode).toBe(403);
    expect(await signIn('7K3MQ9Z0')).toBe('claim-none');
  });
});
