import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createHubApi } from './hub-api.ts';

type Reply = { status: number; body: string; headers?: Record<string, string> };
let server: Server | undefined;

async function apiAgainst(reply: Reply) {
  const opened = createServer((_, response) => {
    response.writeHead(reply.status, reply.headers).end(reply.body);
  });
  server = opened;
  await new Promise<void>((resolve) => {
    opened.listen(0, '127.0.0.1', resolve);
  });
  const { port } = opened.address() as AddressInfo;
  return createHubApi({ fetch: (path, init) => fetch(`http://127.0.0.1:${port}${path}`, init) });
}

const locked = {
  type: 'urn:carebell:problem:account-locked',
  title: 'Too many failed log-ins',
  status: 423,
  code: 'account-locked',
  detail: 'Wait.',
};

afterEach(() => {
  server?.close();
});

describe('the hub API', () => {
  it('hands over a problem document with the wait that the hub asks for', async () => {
    const api = await apiAgainst({
      status: 423,
      body: JSON.stringify(locked),
      headers: { 'retry-after': '900' },
    });
    expect(await api.logIn({ name: 'limin', password: 'x' })).toEqual({
      ok: false,
      problem: { ...locked, retryAfterSeconds: 900 },
    });
  });

  it('names an answer that is not what the contract says', async () => {
    const api = await apiAgainst({ status: 200, body: '{"user":"limin"}' });
    expect(await api.session()).toMatchObject({ ok: false, problem: { code: 'answer-unreadable' } });
  });

  it('names an error that is no problem document', async () => {
    const api = await apiAgainst({ status: 502, body: '"bad gateway"' });
    expect(await api.session()).toMatchObject({
      ok: false,
      problem: { code: 'answer-unreadable', status: 502 },
    });
  });

  it('takes an answer without a body', async () => {
    const api = await apiAgainst({ status: 204, body: '' });
    expect(await api.logOut()).toEqual({ ok: true, result: undefined });
  });

  it('says that the hub did not answer when nothing listens', async () => {
    const api = createHubApi({ fetch: (path) => fetch(`http://127.0.0.1:1${path}`) });
    expect(await api.residents()).toMatchObject({
      ok: false,
      problem: { code: 'hub-unreachable', status: 0 },
    });
  });
});
