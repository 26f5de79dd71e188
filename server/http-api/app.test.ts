import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterCommunity, openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';

const dashboardDir = mkdtempSync(join(tmpdir(), 'carebell-dashboard-'));
const logLines: string[] = [];
let api: ApiUnderTest;
beforeAll(async () => {
  mkdirSync(join(dashboardDir, 'assets'));
  writeFileSync(join(dashboardDir, 'index.html'), '<!doctype html><title>安铃</title>');
  writeFileSync(join(dashboardDir, 'assets', 'app-4f2a.js'), 'export {};');
  writeFileSync(join(dashboardDir, '.secret'), 'x');
  api = await openApi({ dashboardDir, logLines });
  await enterCommunity(api);
});
afterAll(async () => {
  await api.close();
  rmSync(dashboardDir, { recursive: true });
});

const browse = (url: string, accept = 'text/html,application/xhtml+xml') =>
  api.app.inject({ method: 'GET', url, headers: { accept } });

describe('the dashboard', () => {
  for (const page of ['/', '/alarms/7?tab=1', '/residents', '/index.html']) {
    it(`is the answer to a browser that asks for ${page}, and is asked for anew each time`, async () => {
      const answer = await browse(page);
      expect(answer.statusCode).toBe(200);
      expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(answer.headers['cache-control']).toBe('no-cache');
      expect(answer.body).toContain('安铃');
    });
  }

  it('may be kept for ever where a name carries a hash', async () => {
    const answer = await browse('/assets/app-4f2a.js', '*/*');
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(answer.headers['content-type']).toContain('javascript');
  });

  for (const address of [
    '/api/v1/toasters',
    '/api/nothing',
    '/assets/gone-1234.js',
    '/healthz/x',
    '/socket.io/x',
  ]) {
    it(`is not the answer to ${address}`, async () => {
      const answer = await browse(address);
      expect(answer.statusCode).toBe(404);
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    });
  }

  it('is not the answer to a program, nor to anything that leaves its folder', async () => {
    expect((await browse('/residents', 'application/json')).statusCode).toBe(404);
    for (const address of ['/.secret', '/../package.json', '/..%2f..%2fetc/passwd', '/assets/..%5c..%5cx']) {
      const answer = await browse(address, '*/*');
      expect([400, 403, 404]).toContain(answer.statusCode);
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    }
  });

  it('that is not built yet says how to build it', async () => {
    const bare = await openApi();
    const answer = await bare.app.inject({ url: '/', headers: { accept: 'text/html' } });
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['content-type']).toContain('text/html');
    expect(answer.body).toContain('npm run build');
    await bare.close();
  });

  it('may load from the hub alone, and an HTTP address stays one', async () => {
    const { headers } = await browse('/');
    const policy = String(headers['content-security-policy']);
    for (const rule of ["default-src 'self'", "connect-src 'self'", "style-src 'self' 'unsafe-inline'"]) {
      expect(policy).toContain(rule);
    }
    expect(policy).not.toMatch(/unsafe-eval|upgrade-insecure-requests|https:/);
    expect(headers['strict-transport-security']).toBeUndefined();
    expect(headers['x-content-type-options']).toBe('nosniff');
  });
});

describe('the documentation', () => {
  it('describes every route with its answers, and needs no log-in', async () => {
    const answer = await api.app.inject('/api/docs/json');
    const { openapi, paths } = answer.json<{
      openapi: string;
      paths: Record<string, Record<string, unknown>>;
    }>();
    expect(openapi).toBe('3.1.0');
    expect(paths['/api/v1/devices/{id}']).toMatchObject({
      get: { responses: { 200: {}, '4XX': { content: { 'application/problem+json': {} } } } },
      patch: { requestBody: {} },
    });
  });

  it('is a page that needs nothing from outside the hub', async () => {
    const page = await api.app.inject('/api/docs/');
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toMatch(/(?:src|href)="https?:/);
    expect(page.headers['content-security-policy']).toContain("default-src 'self'");
    for (const [, asset] of page.body.matchAll(/(?:src|href)="([^"]+)"/g)) {
      const { statusCode } = await api.app.inject(new URL(asset!, 'http://hub/api/docs/').pathname);
      expect([asset, statusCode]).toEqual([asset, 200]);
    }
  });
});

describe('the log', () => {
  it("has a line for each answer, with the route and who asked, and without anybody's name, address or search", async () => {
    const operator = await api.as('operator-a');
    await operator.get('/residents?q=%E7%8E%8B%E7%A7%80%E8%8B%B1');
    await operator.get('/residents/resident-a');
    const lines = logLines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toContainEqual(
      expect.objectContaining({
        msg: 'http.answered',
        method: 'GET',
        route: '/api/v1/residents/:id',
        status: 200,
        userId: expect.any(String),
      }),
    );
    expect(logLines.join('')).not.toMatch(/王|%E7%8E%8B|lane 7|correct horse|carebell_session/);
  });
});

describe('the hub on a real port', () => {
  it('closes a connection that does not speak HTTP, and goes on', async () => {
    await api.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = api.app.server.address() as AddressInfo;
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.write('\x16\x03\x01 no HTTP\r\n\r\n'));
      socket.once('data', (bytes) => resolve(bytes.toString()));
      socket.on('error', () => resolve('reset'));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400/);
    const after = await fetch(`http://127.0.0.1:${port}/api/docs/json`);
    expect(after.status).toBe(200);
  });
});
