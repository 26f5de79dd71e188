import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { enterCommunity, openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';
import { createAlarmReads } from '../adapters/store/alarm-reads.ts';
import type { Receipt } from './channel.ts';

let api: ApiUnderTest;
const call = { actorId: 'test', scope: 'all' as const };
const fails: Receipt = {
  is: 'refused',
  reason: 'unreachable',
  isWorthRetrying: true,
  isChannelsFault: true,
  answer: '',
};
const works: Receipt = { is: 'delivered', receiptId: null, answer: '' };

beforeEach(async () => {
  api = await openApi();
  await enterCommunity(api);
  const channel = {
    id: 'sms-1',
    organisationId: 'street',
    kind: 'sms' as const,
    name: '街道短信网关',
    settings: {},
    sealed: '',
    secretNames: [],
    isEnabled: true,
  };
  await api.gate.commit('createChannel', { ...call, channel });
});
afterEach(() => api.close());

async function sign(receipt: Receipt, isProbe = false): Promise<void> {
  await api.gate.commit('recordChannelSign', { channelId: 'sms-1', receipt, isProbe, testedBy: null });
}

async function suspend(): Promise<void> {
  for (let n = 0; n < 5; n += 1) await sign(fails);
}

async function alarm(): Promise<AlarmView | undefined> {
  const open = await createAlarmReads(api.db).list({ phase: 'open', stationIds: 'all', limit: 10 });
  expect(open.length).toBeLessThanOrEqual(1);
  return open[0];
}

const isCleared = async () => ((await alarm())?.cancelledAt ?? null) !== null;

describe('the alarm of a suspended channel', () => {
  it('names the channel as people know it', async () => {
    await sign(fails);
    expect(await alarm()).toBeUndefined();
    await suspend();
    expect(await alarm()).toMatchObject({
      kind: 'channel-suspended',
      deviceId: 'channel:sms-1',
      deviceName: '街道短信网关',
      isDeviceRegistered: true,
      cancelledAt: null,
    });
  });

  it.each([
    ['a message came through again', () => sign(works)],
    ['a probe found it there again', () => sign(works, true)],
    [
      'an administrator set it up anew',
      () => api.gate.commit('updateChannel', { ...call, id: 'sms-1', change: { name: '新网关' } }),
    ],
    ['it was deleted', () => api.gate.commit('deleteChannel', { ...call, id: 'sms-1' })],
  ])('says so when %s, and stays until somebody closes it', async (_, happens) => {
    await suspend();
    expect(await isCleared()).toBe(false);
    await happens();
    expect(await isCleared()).toBe(true);
    expect((await alarm())?.phase).toBe('raised');
  });

  it('is not cleared by what changes nothing, and is raised again when the channel dies again', async () => {
    await suspend();
    await sign(fails, true);
    expect(await isCleared()).toBe(false);
    await sign(works);
    api.clock.move(60_000);
    await suspend();
    const again = await alarm();
    expect(again?.presses).toBe(2);
    expect(Date.parse(again?.lastPressedAt ?? '')).toBeGreaterThan(Date.parse(again?.cancelledAt ?? ''));
  });
});
