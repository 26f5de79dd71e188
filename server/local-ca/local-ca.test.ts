import { X509Certificate, createPrivateKey } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { certifyDevice, certifyServer, openAuthority } from './local-ca.ts';

const now = Date.now();
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'carebell-ca-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

it('the authority is made once and signs the hub for each of its names and addresses', async () => {
  const authority = await openAuthority(dir, now);
  expect(authority.isNew).toBe(true);
  expect(await openAuthority(dir, now)).toMatchObject({ isNew: false, cert: authority.cert });
  const at = { names: ['hub.example.org'], addresses: ['192.168.1.5', '::1'] };
  const hub = await certifyServer(authority, at, now);
  const cert = new X509Certificate(hub.cert);
  const ca = new X509Certificate(authority.cert);
  expect(ca.ca && ca.verify(ca.publicKey) && cert.verify(ca.publicKey) && cert.checkIssued(ca)).toBe(true);
  expect(cert.ca).toBe(false);
  expect(cert.checkPrivateKey(createPrivateKey(hub.key))).toBe(true);
  expect([cert.checkHost('hub.example.org'), cert.checkIP('192.168.1.5')]).toEqual([
    'hub.example.org',
    '192.168.1.5',
  ]);
  expect(cert.checkHost('other.example.org')).toBeUndefined();
});

it('a device is named by its certificate, and what it could not be made to mean is not in it', async () => {
  const authority = await openAuthority(dir, now);
  const device = await certifyDevice(authority, 'b-1:00.a_2', now);
  expect(new X509Certificate(device.cert).toLegacyObject().subject).toEqual({ CN: 'b-1:00.a_2' });
  expect(new X509Certificate(device.cert).keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
});

it('keys are for their owner alone', async () => {
  const authority = await openAuthority(dir, now);
  const device = await certifyDevice(authority, 'b1', now);
  for (const { keyFile } of [authority, device]) expect(statSync(keyFile).mode & 0o777).toBe(0o600);
});
