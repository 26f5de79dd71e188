import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls, getCACertificates, setDefaultCACertificates } from 'node:tls';
import { fileURLToPath } from 'node:url';
import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { Refusal } from '@carebell/contracts/http-api.ts';
import { buildTopic } from '@carebell/contracts/topics.ts';
import { connect as connectMqtt } from 'mqtt';
import type { IClientOptions, MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logIn } from '../api.ts';
import { issueDevice, settle } from '../community.ts';
import type { Community, SignedIn } from '../community.ts';
import { eventually } from '../eventually.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';

/** The hub looks at its certificates every ten seconds. */
const renewalMs = 25_000;
const localCaMain = fileURLToPath(new URL('../../server/local-ca/main.ts', import.meta.url));

let root: string;
let tlsDir: string;
let hub: ScenarioHub;
let community: Community;

function localCa(dir: string, ...words: string[]): void {
  execFileSync(process.execPath, [localCaMain, ...words, '--dir', dir], { stdio: 'pipe' });
}
const certifyHub = (): void => localCa(tlsDir, 'server', '--host', '127.0.0.1', '--host', 'localhost');
const textOf = (dir: string, name: string): string => readFileSync(join(dir, name), 'utf8');
const certificateOf = (id: string, dir = tlsDir) => ({
  cert: textOf(dir, `devices/${id}.pem`),
  key: textOf(dir, `devices/${id}.key`),
});

async function settings(clients: 'required' | 'optional') {
  writeFileSync(join(root, 'revoked.txt'), '# fingerprints\n');
  return startHub(
    {},
    {
      CAREBELL_TLS_CERT: join(tlsDir, 'server.pem'),
      CAREBELL_TLS_KEY: join(tlsDir, 'server.key'),
      CAREBELL_TLS_CA: join(tlsDir, 'ca.pem'),
      CAREBELL_TLS_REVOKED: join(root, 'revoked.txt'),
      CAREBELL_TLS_CLIENTS: clients,
      CAREBELL_MQTT_TLS_PORT: '0',
    },
  );
}

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'carebell-certificates-'));
  tlsDir = join(root, 'tls');
  certifyHub();
  setDefaultCACertificates([...getCACertificates('default'), textOf(tlsDir, 'ca.pem')]);
  hub = await settings('optional');
  community = await settle(hub);
});
afterAll(async () => {
  await hub.stop();
  rmSync(root, { recursive: true });
});

async function certified(): Promise<SignedIn> {
  const device = await issueDevice(hub.admin, {
    type: 'button',
    dwellingId: community.dwelling.id,
    residentId: community.resident.id,
  });
  localCa(tlsDir, 'device', device.id);
  return device;
}

/** Also a connection that is closed without an answer is one that was refused. */
async function connect(
  name: string,
  options: IClientOptions,
  at: Pick<ScenarioHub, 'mqttTlsPort'> = hub,
): Promise<MqttClient> {
  const client = connectMqtt(`mqtts://127.0.0.1:${at.mqttTlsPort}`, {
    clientId: name,
    username: name,
    ca: textOf(tlsDir, 'ca.pem'),
    reconnectPeriod: 0,
    ...options,
  });
  await new Promise<void>((resolve, reject) => {
    client.once('connect', () => resolve());
    client.on('error', reject);
    client.once('close', () => reject(new Error('closed')));
  });
  return client;
}

async function refusals(reason: string, subject: string): Promise<number> {
  return eventually(async () => {
    const { body } = await hub.admin.get<{ items: Refusal[] }>('/refusals?limit=500');
    const found = body.items.find((item) => item.reason === reason && item.subject === subject);
    expect(found).toBeDefined();
    return found!.count;
  });
}

const press = (client: MqttClient, id: string, eventId: string) =>
  client.publishAsync(
    buildTopic({ of: 'device', deviceId: id, kind: 'event' }),
    JSON.stringify({ id: eventId, kind: 'button.pressed', data: { key: 'help' } }),
    { qos: 1 },
  );

describe('a certificate of a device', () => {
  it('signs it in without a secret, and its press is an alarm', async () => {
    const { id } = await certified();
    const client = await connect(id, certificateOf(id));
    await press(client, id, 'p1');
    await client.endAsync();
    const { body } = await hub.admin.get<{ items: AlarmView[] }>('/alarms?phase=open');
    expect(body.items.map(({ deviceId }) => deviceId)).toContain(id);
  });

  it('signs in nobody else, even with that one’s own secret', async () => {
    const { id } = await certified();
    const { button } = community;
    const stolen = connect(button.id, { ...certificateOf(id), password: button.secret });
    await expect(stolen).rejects.toThrow('Not authorized');
    expect(await refusals('certificate-of-another', id)).toBeGreaterThan(0);
  });

  it('that another authority has signed opens nothing', async () => {
    const { id } = await certified();
    const strange = join(root, 'strange');
    localCa(strange, 'device', id);
    await expect(connect(id, certificateOf(id, strange))).rejects.toThrow(/closed|reset|certificate/i);
    expect(await refusals('certificate-untrusted', '(nobody)')).toBeGreaterThan(0);
  });

  it('does not keep a device in that was taken out of service', async () => {
    const { id } = await certified();
    const client = await connect(id, certificateOf(id));
    const answer = await hub.admin.post(`/devices/${id}/retire`, {});
    expect(answer.status).toBeLessThan(300);
    await eventually(() => expect(client.connected).toBe(false));
    await expect(connect(id, certificateOf(id))).rejects.toThrow('Not authorized');
    expect(await refusals('retired-account', id)).toBeGreaterThan(0);
  });

  it('is not needed by a device with a secret, unless the hub is set to want one', async () => {
    const { button } = community;
    const byName = await connect(button.id, { password: button.secret });
    expect(byName.connected).toBe(true);
    await byName.endAsync();
    await expect(connect(button.id, {})).rejects.toThrow('Not authorized');
    const strict = await settings('required');
    await expect(connect(button.id, { password: button.secret }, strict)).rejects.toThrow(
      /closed|reset|certificate/i,
    );
    await strict.stop();
  });

  it('that is revoked ends its connection and opens no other', async () => {
    const { id } = await certified();
    const client = await connect(id, certificateOf(id));
    const { fingerprint256 } = new X509Certificate(certificateOf(id).cert);
    appendFileSync(join(root, 'revoked.txt'), `${fingerprint256} stolen\n`);
    await eventually(() => expect(client.connected).toBe(false), renewalMs);
    await expect(connect(id, certificateOf(id))).rejects.toThrow(/closed|reset|certificate/i);
    expect(await refusals('certificate-revoked', id)).toBeGreaterThan(0);
  });
});

it('a renewed certificate is taken up while connections stand', async () => {
  const { id } = await certified();
  const client = await connect(id, certificateOf(id));
  let ends = 0;
  client.on('close', () => (ends += 1));
  const before = await serialAt(Number(new URL(hub.url).port));
  certifyHub();
  await eventually(async () => {
    expect(await serialAt(Number(new URL(hub.url).port))).not.toBe(before);
    expect(await serialAt(hub.mqttTlsPort!)).not.toBe(before);
  }, renewalMs);
  await press(client, id, 'after-renewal');
  expect(ends).toBe(0);
  await client.endAsync();
  expect((await (await logIn(hub.url, 'li', 'a long enough password')).get('/session')).status).toBe(200);
});

async function serialAt(port: number): Promise<string> {
  const socket = connectTls({ host: '127.0.0.1', port, ca: textOf(tlsDir, 'ca.pem') });
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      resolve(socket.getPeerCertificate().serialNumber);
      socket.destroy();
    });
  });
}
