import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterCommunity, openApi, testPassword } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await openApi();
  await enterCommunity(api);
});
afterAll(() => api.close());

const newUser = (name: string) => ({ name, displayName: '李护士', role: 'operator', organisationId: 'a' });
const logIn = async (name: string, password: string) =>
  (await api.call('POST', '/session', { name, password })).statusCode;

describe('a user', () => {
  it('without a chosen password gets one that is shown once and works', async () => {
    const admin = await api.as('admin');
    const answer = await admin.post('/users', newUser('li-1'));
    expect(answer.statusCode).toBe(201);
    const { user, password } = answer.json<{ user: { id: string }; password: string }>();
    expect(user).toMatchObject({ name: 'li-1', isActive: true, lastLoginAt: null });
    expect(await logIn('li-1', password)).toBe(200);
    const seen = await admin.get(`/users/${user.id}`);
    expect(seen.json()).toMatchObject({ lastLoginAt: new Date(api.clock.now()).toISOString() });
    expect(seen.body).not.toMatch(/password|hash/i);
  });

  it('with a chosen password is not told it again', async () => {
    const admin = await api.as('admin');
    const answer = await admin.post('/users', { ...newUser('li-2'), password: testPassword });
    expect(answer.json()).toMatchObject({ password: null });
    expect(await logIn('li-2', testPassword)).toBe(200);
  });

  it('has a name of their own', async () => {
    const admin = await api.as('admin');
    const answer = await admin.post('/users', newUser('operator-a'));
    expect(answer.json()).toMatchObject({ status: 409, code: 'already-exists', errors: [{ field: 'name' }] });
  });

  it('stands at an organisation that exists', async () => {
    const admin = await api.as('admin');
    const answer = await admin.post('/users', { ...newUser('li-3'), organisationId: 'nowhere' });
    expect(answer.json()).toMatchObject({ code: 'reference-unknown', errors: [{ field: 'organisationId' }] });
  });

  it.each([
    ['elevenchars', 400],
    ['Password12345', 422],
    ['li-9 li-9 li-9', 422],
    ['a long enough password', 201],
  ])('with the password "%s" is answered %i', async (password, status) => {
    const admin = await api.as('admin');
    const answer = await admin.post('/users', { ...newUser(status === 201 ? 'li-10' : 'li-9'), password });
    expect(answer.statusCode).toBe(status);
    if (status === 422)
      expect(answer.json()).toMatchObject({ code: 'password-weak', errors: [{ field: 'password' }] });
  });

  it('is logged out everywhere by a new password, and let in with it even when locked', async () => {
    const id = await api.addUser('li-4', 'operator', 'a');
    const screen = await api.as('li-4');
    for (let failure = 0; failure < 5; failure += 1) await logIn('li-4', 'wrong');
    expect(await logIn('li-4', testPassword)).toBe(423);
    const supervisor = await api.as('supervisor-a');
    const answer = await supervisor.patch(`/users/${id}`, { password: 'another password' });
    expect(answer.statusCode).toBe(200);
    expect((await screen.get('/session')).statusCode).toBe(401);
    expect(await logIn('li-4', 'another password')).toBe(200);
  });

  it('is logged out by a deactivation, also as a tool, and cannot log in again', async () => {
    const id = await api.addUser('li-5', 'supervisor', 'a');
    const user = await api.as('li-5');
    const { secret } = (await user.post('/tokens', { name: 'x' })).json<{ secret: string }>();
    const admin = await api.as('admin');
    expect((await admin.patch(`/users/${id}`, { isActive: false })).json()).toMatchObject({
      isActive: false,
    });
    expect((await user.get('/session')).statusCode).toBe(401);
    const headers = { authorization: `Bearer ${secret}` };
    expect((await api.call('GET', '/session', undefined, headers)).statusCode).toBe(401);
    expect(await logIn('li-5', testPassword)).toBe(401);
  });

  it('with a new role logs in again, so that no screen keeps what the old one showed', async () => {
    const id = await api.addUser('li-6', 'operator', 'a');
    const user = await api.as('li-6');
    const body = { stationId: 'a', address: 'new' };
    expect((await user.post('/dwellings', body)).statusCode).toBe(403);
    const admin = await api.as('admin');
    await admin.patch(`/users/${id}`, { role: 'supervisor', displayName: '李主任' });
    expect((await user.post('/dwellings', body)).statusCode).toBe(401);
    const again = await api.as('li-6');
    expect((await again.post('/dwellings', body)).statusCode).toBe(201);
    expect((await again.get('/session')).json()).toMatchObject({ user: { displayName: '李主任' } });
  });

  it('changes their own name and password without further rights, and nothing else of themselves', async () => {
    const id = await api.addUser('li-7', 'operator', 'a');
    const user = await api.as('li-7');
    expect((await user.patch(`/users/${id}`, { displayName: '小李' })).json()).toMatchObject({
      displayName: '小李',
    });
    expect((await user.patch(`/users/${id}`, { role: 'administrator' })).statusCode).toBe(403);
    const password = 'my own password';
    const own = { currentPassword: testPassword, password };
    expect((await user.patch(`/users/${id}`, own)).statusCode).toBe(200);
    expect(await logIn('li-7', password)).toBe(200);
  });

  it('sets a new password of their own by the current one, which ends every other session of theirs', async () => {
    const id = await api.addUser('li-12', 'operator', 'a');
    const [screen, elsewhere] = [await api.as('li-12'), await api.as('li-12')];
    const password = 'my own password';
    for (const given of [{}, { currentPassword: 'not this one' }]) {
      const answer = await screen.patch(`/users/${id}`, { ...given, password });
      expect(answer.json()).toMatchObject({ status: 422, code: 'password-wrong' });
    }
    expect(await logIn('li-12', testPassword)).toBe(200);
    const weak = { currentPassword: testPassword, password: 'li-12li-12li-12' };
    expect((await screen.patch(`/users/${id}`, weak)).json()).toMatchObject({ code: 'password-weak' });
    const changed = await screen.patch(`/users/${id}`, { currentPassword: testPassword, password });
    expect(changed.statusCode).toBe(200);
    expect((await screen.get('/session')).statusCode).toBe(200);
    expect((await elsewhere.get('/session')).statusCode).toBe(401);
    expect(await logIn('li-12', testPassword)).toBe(401);
  });

  it('who tries passwords at a screen left alone is made to wait', async () => {
    const id = await api.addUser('li-13', 'operator', 'a');
    const screen = await api.as('li-13');
    const guess = { currentPassword: 'not this one', password: 'my own password' };
    const answers = [];
    for (let tries = 0; tries < 6; tries += 1)
      answers.push((await screen.patch(`/users/${id}`, guess)).json());
    expect(answers.at(-1)).toMatchObject({ code: 'account-locked' });
  });

  it('is not lifted above the one who changes them, nor moved out of sight', async () => {
    const id = await api.addUser('li-8', 'operator', 'a');
    const supervisor = await api.as('supervisor-a');
    for (const change of [{ role: 'administrator' }, { organisationId: 'b' }, { organisationId: 'root' }]) {
      expect((await supervisor.patch(`/users/${id}`, change)).statusCode).toBe(403);
    }
    const administrator = await api.call('POST', '/session', {
      name: 'administrator-a',
      password: testPassword,
    });
    const { user } = administrator.json<{ user: { id: string } }>();
    expect((await supervisor.patch(`/users/${user.id}`, { password: 'taken over now' })).statusCode).toBe(
      403,
    );
    const other = await api.as('supervisor-b');
    expect((await other.patch(`/users/${id}`, { displayName: 'x' })).statusCode).toBe(404);
  });

  it('who is the last administrator of all stays one', async () => {
    const admin = await api.as('admin');
    const { user } = (await admin.get('/session')).json<{ user: { id: string } }>();
    for (const change of [{ isActive: false }, { role: 'operator' }, { organisationId: 'a' }]) {
      expect((await admin.patch(`/users/${user.id}`, change)).json()).toMatchObject({
        status: 409,
        code: 'last-administrator',
      });
    }
    await api.addUser('second', 'administrator', 'root');
    const second = await api.as('second');
    expect((await second.patch(`/users/${user.id}`, { role: 'supervisor' })).statusCode).toBe(200);
    await second.patch(`/users/${user.id}`, { role: 'administrator' });
  });

  it('leaves in the journal who changed whom and in what, without names or secrets', async () => {
    const lines = await api.db
      .selectFrom('journal')
      .select(['kind', 'body'])
      .where('kind', 'in', ['user-created', 'user-changed'])
      .execute();
    expect(lines.length).toBeGreaterThan(10);
    for (const { body } of lines) {
      expect(
        Object.keys(JSON.parse(body) as object).filter((key) => !['id', 'by', 'fields'].includes(key)),
      ).toEqual([]);
    }
    expect(lines.some(({ body }) => body.includes('"fields":["password"]'))).toBe(true);
  });
});
