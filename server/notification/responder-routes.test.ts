import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import fastify from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { beforeEach, describe, expect, it } from 'vitest';
import { createMovingClock } from '../moving-clock.ts';
import { StoreFailure } from '../journal/journal-port.ts';
import type { NotificationRecord } from './notification-store.ts';
import { makeLinkToken } from './responder-link.ts';
import { responderRoutes } from './responder-routes.ts';
import type { SecretKey } from './secret-key.ts';

const key: SecretKey = {
  seal: () => '',
  unseal: () => undefined,
  sign: (_, text) => Buffer.from(text).toString('base64url').padEnd(22, 'x').slice(-22),
};
const clock = createMovingClock();
const path = `/r/${makeLinkToken({ notificationId: 'n1', expiresAtMs: clock.now() + 60_000 }, key)}`;
const recipient = { kind: 'contact', id: 'p', displayName: '李', locale: 'en', isResponder: true } as const;
const alarm = {
  id: 'a1',
  kind: 'help',
  priority: 'emergency',
  phase: 'raised',
  pressedAt: '2026-01-01T00:00:00.000Z',
  residentName: '<script>alert(1)</script>',
  address: 'x" onload="y',
  dwellingId: null,
  residentPhone: null,
} as unknown as AlarmView;

let app: ReturnType<typeof open>;
let refusals: string[];
let isStoreFailing: boolean;
function open(over: Partial<NotificationRecord> = {}, requestsPerMinute = 1_000) {
  const opened = fastify().withTypeProvider<ZodTypeProvider>();
  const notification = {
    id: 'n1',
    alarmId: 'a1',
    isLinkRevoked: false,
    recipient,
    ...over,
  } as NotificationRecord;
  responderRoutes({
    key,
    clock,
    commit: () =>
      isStoreFailing
        ? Promise.reject(new StoreFailure('store-failed', 'full'))
        : Promise.resolve({ ok: true } as never),
    reads: { notification: (id) => Promise.resolve(id === 'n1' ? notification : undefined) },
    findAlarm: () => Promise.resolve(alarm),
    findDwelling: () => Promise.resolve(undefined),
    recordRefusal: ({ reason }) => void refusals.push(reason),
    timeZone: 'Asia/Shanghai',
    locale: 'zh-CN',
    requestsPerMinute,
  })(opened);
  return opened;
}
beforeEach(() => {
  refusals = [];
  isStoreFailing = false;
  app = open();
});
const form = { 'content-type': 'application/x-www-form-urlencoded' };

describe("the responder's page", () => {
  it('shows what was entered as text, is kept by no cache and told to no other site', async () => {
    const { body, headers, statusCode } = await app.inject(path);
    expect(statusCode).toBe(200);
    expect(body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(body).not.toMatch(/<script|onload="/);
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
  });

  it('says plainly that the hub could not record a press', async () => {
    isStoreFailing = true;
    const answer = await app.inject({
      method: 'POST',
      url: path,
      headers: { ...form, 'accept-language': 'en' },
      payload: 'report=taken',
    });
    expect(answer.statusCode).toBe(503);
    expect(answer.body).toContain('It could not be recorded');
  });

  it('is answered so often and no oftener', async () => {
    app = open({}, 3);
    for (let count = 0; count < 3; count += 1) expect((await app.inject(path)).statusCode).toBe(200);
    const answer = await app.inject({ url: path, headers: { 'accept-language': 'en-GB' } });
    expect(answer.statusCode).toBe(429);
    expect(answer.body).toContain('Too many requests');
    expect(refusals).toEqual(['responder-link-too-often']);
  });

  it('is not for who was only informed', async () => {
    app = open({ recipient: { ...recipient, isResponder: false } });
    expect((await app.inject(path)).statusCode).toBe(404);
  });

  it('ends with its link', async () => {
    clock.move(60_000);
    expect((await app.inject(path)).statusCode).toBe(404);
    expect(refusals).toEqual(['responder-link-expired']);
  });
});
