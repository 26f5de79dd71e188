import fastify from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { afterEach, describe, expect, it } from 'vitest';
import { deliveryReportRoutes, reportPathOf } from './delivery-report-routes.ts';
import type { ChannelRecord } from './notification-store.ts';
import type { SecretKey } from './secret-key.ts';

const key: SecretKey = { seal: () => '', unseal: () => undefined, sign: (_, text) => `mac-of-${text}` };
const report = { idPath: 'msg.id', statePath: 'state', delivered: ['DELIVRD', '0'], failed: ['UNDELIV'] };
const channel = {
  id: 'sms-1',
  kind: 'sms',
  settings: { url: 'http://gateway.example.org/', report },
} as unknown as ChannelRecord;

const told: unknown[] = [];
const refusals: string[] = [];
const app = fastify().withTypeProvider<ZodTypeProvider>();
deliveryReportRoutes({
  key,
  commit: (_name, input) => {
    told.push(input);
    return Promise.resolve('recorded' as never);
  },
  reads: { channel: (id) => Promise.resolve(id === 'sms-1' ? channel : undefined) },
  recordRefusal: ({ reason }) => void refusals.push(reason),
  requestsPerMinute: 1_000,
})(app);
afterEach(() => {
  told.length = 0;
  refusals.length = 0;
});

const path = reportPathOf('sms-1', key);
const delivered = { channelId: 'sms-1', receiptId: '7', report: 'delivered' };

describe("a gateway's report of a delivery", () => {
  it('counts from JSON, alone or in a list, from a form and from a query', async () => {
    const flat = { ...report, idPath: 'id' };
    const json = { msg: { id: 7 }, state: 'DELIVRD' };
    expect((await app.inject({ method: 'POST', url: path, payload: json })).statusCode).toBe(200);
    await app.inject({ method: 'POST', url: path, payload: [json, { msg: { id: '8' }, state: 'UNDELIV' }] });
    channel.settings = { url: 'http://gateway.example.org/', report: flat };
    await app.inject({
      method: 'POST',
      url: path,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'id=7&state=0',
    });
    await app.inject({ method: 'GET', url: `${path}?id=7&state=DELIVRD` });
    channel.settings = { url: 'http://gateway.example.org/', report };
    expect(told).toEqual([
      delivered,
      delivered,
      { ...delivered, receiptId: '8', report: 'failed' },
      delivered,
      delivered,
    ]);
  });

  it('that says only that the message is on its way changes nothing', async () => {
    const payload = { msg: { id: '7' }, state: 'SUBMITTED' };
    expect((await app.inject({ method: 'POST', url: path, payload })).statusCode).toBe(200);
    expect(told).toEqual([]);
    expect(refusals).toEqual([]);
  });

  it('that is not understood, or from who does not know the path, is counted', async () => {
    await app.inject({ method: 'POST', url: path, payload: { nonsense: true } });
    const wrong = await app.inject({ method: 'POST', url: `${path}x`, payload: {} });
    expect(wrong.statusCode).toBe(404);
    expect(refusals).toEqual(['delivery-report-malformed', 'delivery-report-unknown']);
    expect(told).toEqual([]);
  });
});
