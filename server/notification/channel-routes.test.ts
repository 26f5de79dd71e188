import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterCommunity, openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';
import { openFarEnd } from '../adapters/channels/far-end-under-test.ts';

let api: ApiUnderTest;
let supervisor: Awaited<ReturnType<ApiUnderTest['as']>>;
let end: Awaited<ReturnType<typeof openFarEnd>>;
let answer = (body: string): string => createHash('sha256').update(body).digest('hex');
beforeAll(async () => {
  api = await openApi();
  await enterCommunity(api);
  supervisor = await api.as('supervisor-a');
  end = await openFarEnd(({ body }, response) => void response.end(answer(body)));
});
afterAll(async () => {
  await end.close();
  await api.close();
});

const signing = 'a secret of ours';
const hook = (over: object = {}) => ({
  organisationId: 'a',
  kind: 'webhook',
  name: '区平台',
  settings: { url: `${end.url}/hook` },
  secrets: { signing },
  ...over,
});

async function created(body: object): Promise<string> {
  const made = await supervisor.post('/channels', body);
  expect(made.statusCode).toBe(201);
  return made.json<{ id: string }>().id;
}

describe('a channel', () => {
  it('is set up for an organisation, and its secrets are neither served back nor readable in the database or the journal', async () => {
    const made = await supervisor.post('/channels', hook());
    expect(made.json()).toMatchObject({
      organisationId: 'a',
      settings: { url: `${end.url}/hook` },
      secrets: ['signing'],
      health: { failures: 0, suspendedAt: null },
      reportPath: null,
    });
    const shown = await supervisor.get('/channels');
    const stored = JSON.stringify([
      await api.db.selectFrom('channels').selectAll().execute(),
      await api.db.selectFrom('journal').selectAll().execute(),
    ]);
    for (const text of [made.body, shown.body, stored]) expect(text).not.toContain(signing);
    const journal = await api.db
      .selectFrom('journal')
      .selectAll()
      .where('kind', '=', 'channel-created')
      .execute();
    expect(journal).toHaveLength(1);
  });

  it('is tested by a real message, and the answer of the other end is shown as it is', async () => {
    const id = await created(hook());
    const good = await supervisor.post(`/channels/${id}/test`, { locale: 'en' });
    expect(good.json()).toMatchObject({ result: 'delivered', reason: null });
    expect(end.heard.at(-1)!.body).toContain('This is a test message');
    const right = answer;
    answer = () => 'computer says no';
    const bad = await supervisor.post(`/channels/${id}/test`);
    expect(bad.json()).toMatchObject({
      result: 'refused',
      reason: 'digest-mismatch',
      answer: 'computer says no',
    });
    answer = right;
    const shown = await supervisor.get(`/channels/${id}`);
    expect(shown.json()).toMatchObject({ health: { failures: 1, lastReason: 'digest-mismatch' } });
  });

  it('keeps its secrets when something else is changed, and its version grows', async () => {
    const id = await created(hook());
    const renamed = await supervisor.patch(`/channels/${id}`, { name: 'new', version: 1 });
    expect(renamed.json()).toMatchObject({ name: 'new', version: 2, secrets: ['signing'] });
    const again = await supervisor.patch(`/channels/${id}`, { name: 'newer', version: 1 });
    expect(again.json()).toMatchObject({ code: 'changed-meanwhile', current: { name: 'new' } });
    const moved = await supervisor.patch(`/channels/${id}`, { settings: { url: `${end.url}/other` } });
    expect(moved.statusCode).toBe(200);
    expect((await supervisor.post(`/channels/${id}/test`)).json()).toMatchObject({ result: 'delivered' });
    expect(end.heard.at(-1)!.url).toBe('/other');
    const emptied = await supervisor.patch(`/channels/${id}`, { secrets: { signing: null } });
    expect(emptied.json()).toMatchObject({ code: 'invalid-request', errors: [{ field: 'secrets.signing' }] });
  });

  it('of browser push makes its own keys and shows the public one', async () => {
    const body = hook({ kind: 'web-push', settings: { subject: 'mailto:a@example.org' }, secrets: {} });
    const made = (await supervisor.post('/channels', body)).json<{
      settings: { publicKey: string };
      id: string;
    }>();
    expect(Buffer.from(made.settings.publicKey, 'base64url')).toHaveLength(65);
    expect(made).toMatchObject({ secrets: ['privateKey'] });
    const patched = await supervisor.patch(`/channels/${made.id}`, {
      settings: { subject: 'mailto:b@example.org' },
    });
    expect(patched.json()).toMatchObject({ settings: { publicKey: made.settings.publicKey } });
  });

  it('of another organisation is not found, and none can be set up there', async () => {
    const admin = await api.as('admin');
    const foreign = await admin.post('/channels', hook({ organisationId: 'b' }));
    const root = await admin.post('/channels', hook({ organisationId: 'root' }));
    for (const answered of [foreign, root]) {
      expect(answered.statusCode).toBe(201);
      const { id } = answered.json<{ id: string }>();
      for (const seen of [
        await supervisor.get(`/channels/${id}`),
        await supervisor.patch(`/channels/${id}`, { name: 'mine' }),
        await supervisor.post(`/channels/${id}/test`),
        await supervisor.delete(`/channels/${id}`),
      ])
        expect(seen.statusCode).toBe(404);
    }
    for (const organisationId of ['b', 'street', 'root', 'nowhere'])
      expect((await supervisor.post('/channels', hook({ organisationId }))).statusCode).toBe(422);
  });

  const wrong: [what: string, body: object, field: string][] = [
    ['an address that is none', { settings: { url: 'ftp://x' } }, 'settings.url'],
    ['a secret that is too short', { secrets: { signing: 'short' } }, 'secrets.signing'],
    ['no secret', { secrets: {} }, 'secrets.signing'],
    ['a field of another kind', { settings: { url: 'http://x', port: 1 } }, 'settings'],
  ];
  for (const [what, over, field] of wrong) {
    it(`with ${what} is refused, and the answer names ${field}`, async () => {
      const answered = await supervisor.post('/channels', hook(over));
      expect(answered.json()).toMatchObject({ status: 400, errors: [{ field }] });
    });
  }

  it('that was removed is gone', async () => {
    const id = await created(hook());
    expect((await supervisor.delete(`/channels/${id}`)).statusCode).toBe(204);
    expect((await supervisor.get(`/channels/${id}`)).statusCode).toBe(404);
  });
});
