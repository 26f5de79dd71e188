import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { Claim } from '@carebell/contracts/claims.ts';
import { claimPassword } from '@carebell/contracts/claim-code.ts';
import { claimMessageSchema } from '@carebell/contracts/claims.ts';
import type { Device } from '@carebell/contracts/registry.ts';
import { buildTopic } from '@carebell/contracts/topics.ts';
import { connect } from 'mqtt';
import type { MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logInAgain, settle } from '../community.ts';
import type { Community, SignedIn } from '../community.ts';
import { eventually } from '../eventually.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { connectGateway } from '../virtual-gateway.ts';
import { connectDevice } from '../virtual-party.ts';

let hub: ScenarioHub;
let community: Community;
let count = 0;

beforeAll(async () => {
  hub = await startHub();
  community = await settle(hub);
});
afterAll(() => hub.stop());

/** A device that the installer has just entered, with the secret that nobody wrote down. */
async function entered(): Promise<SignedIn> {
  count += 1;
  const body = { id: `claimed-${count}`, type: 'button', residentId: community.resident.id };
  const { device, secret } = await hub.admin.create<{ device: Device; secret: string }>('/devices', body);
  return { id: device.id, secret };
}
const codeFor = async (id: string): Promise<string> =>
  (await community.installer.create<{ code: string }>(`/devices/${id}/claim`, {})).code;
const claimOf = async (id: string): Promise<Claim> =>
  (await community.installer.get<Claim>(`/devices/${id}/claim`)).body;

function open(account: SignedIn): MqttClient {
  const url = `mqtt://127.0.0.1:${hub.mqttPort}`;
  return connect(url, {
    clientId: account.id,
    username: account.id,
    password: account.secret,
    reconnectPeriod: 0,
  });
}

function next(client: MqttClient, event: 'connect' | 'close'): Promise<void> {
  return new Promise((resolve) => {
    client.once(event, () => resolve());
  });
}

/** `0`, or the return code of the CONNACK. */
async function logIn(account: SignedIn): Promise<number> {
  const client = open(account);
  const code = await new Promise<number>((resolve) => {
    client.once('connect', () => resolve(0));
    client.once('error', (error: Error & { code?: number }) => resolve(error.code ?? -1));
  });
  await client.endAsync(true);
  return code;
}

async function fetched(id: string, code: string): Promise<string> {
  const client = open({ id, secret: claimPassword(code) });
  await next(client, 'connect');
  const told = new Promise<string>((resolve) => {
    client.once('message', (_, payload) => resolve(payload.toString()));
  });
  await client.subscribeAsync(buildTopic({ of: 'device', deviceId: id, kind: 'claim' }), { qos: 1 });
  const text = await told;
  await client.endAsync(true);
  return claimMessageSchema.parse(JSON.parse(text)).secret;
}

describe('a device that fetches its secret', () => {
  it('signs in with a code, gets the secret, signs in with it and calls for help', async () => {
    const { id } = await entered();
    const secret = await fetched(id, (await codeFor(id)).toLowerCase());
    const device = await connectDevice(hub, { id, secret });
    expect(await claimOf(id)).toMatchObject({ state: 'used', deliveries: 1 });
    await device.send('button.pressed', { data: { key: 'help' } });
    await eventually(async () => {
      const { body } = await community.operator.get<{ items: AlarmView[] }>(`/alarms?deviceId=${id}`);
      expect(body.items).toMatchObject([{ kind: 'help', deviceId: id }]);
    });
    await device.end();
  });

  it('keeps the secret that it has until it uses the new one, and loses its connection with it', async () => {
    const old = await entered();
    const running = await connectDevice(hub, old);
    const secret = await fetched(old.id, await codeFor(old.id));
    expect(running.client.connected).toBe(true);
    await running.send('heartbeat');
    const ended = next(running.client, 'close');
    expect(await logIn({ id: old.id, secret })).toBe(0);
    await ended;
    await running.client.endAsync(true);
    expect(await logIn(old)).toBe(5);
  });

  it('fetches it again when the hub stopped in between, and the first is good no more', async () => {
    const { id } = await entered();
    const code = await codeFor(id);
    const lost = await fetched(id, code);
    await hub.restart();
    community = { ...community, installer: await logInAgain(hub, 'zhao') };
    const secret = await fetched(id, code);
    expect(await logIn({ id, secret: lost })).toBe(5);
    await hub.restart();
    community = { ...community, installer: await logInAgain(hub, 'zhao') };
    expect(await logIn({ id, secret })).toBe(0);
    expect(await logIn({ id, secret: claimPassword(code) })).toBe(5);
  });

  it('is refused without its code, with another’s, and after five wrong ones; all is counted', async () => {
    const one = await entered();
    const other = await entered();
    const code = await codeFor(one.id);
    expect(await logIn({ id: other.id, secret: claimPassword(code) })).toBe(5);
    await codeFor(other.id);
    for (let guess = 0; guess < 5; guess++)
      expect(await logIn({ id: one.id, secret: claimPassword(`ZZZZZZZ${guess}`) })).toBe(5);
    expect(await logIn({ id: one.id, secret: claimPassword(code) })).toBe(5);
    expect(await claimOf(one.id)).toMatchObject({ state: 'locked', wrongCodes: 5 });
    expect(await claimOf(other.id)).toMatchObject({ state: 'open' });
    await eventually(async () => {
      const { body } = await hub.admin.get<{ items: { reason: string; subject: string; count: number }[] }>(
        '/refusals',
      );
      const counts = body.items
        .filter(({ reason }) => reason.startsWith('claim-'))
        .map(({ reason, subject, count: n }) => `${subject} ${reason} ${n}`);
      expect(counts).toEqual(
        expect.arrayContaining([
          `${one.id} claim-wrong-code 5`,
          `${one.id} claim-locked 1`,
          `${other.id} claim-none 1`,
        ]),
      );
    });
  });

  it('is played by the simulator, which keeps the secret for its other commands', async () => {
    const { id } = await entered();
    const code = await codeFor(id);
    const folder = mkdtempSync(join(tmpdir(), 'carebell-claim-'));
    const accounts = join(folder, 'accounts.json');
    const url = `mqtt://127.0.0.1:${hub.mqttPort}`;
    const words = ['claim', '--id', id, '--code', code, '--hub', url, '--keep', '--accounts', accounts];
    const main = join(import.meta.dirname, '..', '..', 'simulators', 'main.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [main, ...words, '--lang', 'en']);
    const kept = JSON.parse(readFileSync(accounts, 'utf8')) as { devices: { id: string; secret: string }[] };
    expect(stdout).toContain(`the secret of ${id}: ${kept.devices[0]?.secret}`);
    expect(await claimOf(id)).toMatchObject({ state: 'used' });
    expect(await logIn({ id, secret: kept.devices[0]?.secret ?? '' })).toBe(0);
    rmSync(folder, { recursive: true });
  });

  it('is a gateway too, with a code of its own kind', async () => {
    const { secret: first } = await hub.admin.create<{ secret: string }>('/gateways', {
      id: 'gate-claimed',
      stationId: community.station.id,
    });
    const { code } = await community.installer.create<{ code: string }>('/gateways/gate-claimed/claim', {});
    const folder = mkdtempSync(join(tmpdir(), 'carebell-claim-'));
    const accounts = join(folder, 'accounts.json');
    const main = join(import.meta.dirname, '..', '..', 'simulators', 'main.ts');
    const words = ['claim', '--gateway', '--id', 'gate-claimed', '--code', code, '--keep', '--lang', 'en'];
    const there = ['--hub', `mqtt://127.0.0.1:${hub.mqttPort}`, '--accounts', accounts];
    await promisify(execFile)(process.execPath, [main, ...words, ...there]);
    const kept = JSON.parse(readFileSync(accounts, 'utf8')) as { gateways: SignedIn[] };
    rmSync(folder, { recursive: true });
    expect(await logIn({ id: 'gate-claimed', secret: first })).toBe(5);
    const gateway = await connectGateway(hub, kept.gateways[0]!);
    await gateway.send('rf433.ev1527.c1a1', 'code.received', { data: { signal: 'key.2' } });
    await gateway.end();
    const { body } = await community.installer.get<Claim>('/gateways/gate-claimed/claim');
    expect(body).toMatchObject({ state: 'used', deliveries: 1 });
    expect(await logIn({ id: 'gate-claimed', secret: claimPassword(code) })).toBe(5);
  });

  it('cannot sign in when it is retired, and is told from a stranger', async () => {
    const account = await entered();
    expect(await logIn(account)).toBe(0);
    await community.installer.post(`/devices/${account.id}/retire`, {});
    expect(await logIn(account)).toBe(5);
    await eventually(async () => {
      const { body } = await hub.admin.get<{ items: unknown[] }>('/refusals?reason=retired-account');
      expect(body.items).toMatchObject([{ subject: account.id }]);
    });
  });
});
