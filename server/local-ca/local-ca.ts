import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { makeAuthority, makeDevicePair, makeServerPair } from './certificates.ts';
import type { Pair } from './certificates.ts';

export type Filed = Pair & { certFile: string; keyFile: string };
export type Authority = Filed & { isNew: boolean; dir: string };

/** The authority of this folder; makes it at the first call. */
export async function openAuthority(folder: string, nowMs: number): Promise<Authority> {
  const dir = resolve(folder);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const [certFile, keyFile] = [join(dir, 'ca.pem'), join(dir, 'ca.key')];
  if (existsSync(certFile)) {
    if (!existsSync(keyFile)) throw new Error(`${keyFile} is not here: bring it back to sign with it`);
    const pair = { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
    return { ...pair, certFile, keyFile, dir, isNew: false };
  }
  const pair = await makeAuthority('Carebell local CA', nowMs);
  return { ...file(pair, certFile, keyFile), dir, isNew: true };
}

/** Replaces the hub's certificate; a running hub takes it up within seconds. */
export async function certifyServer(
  authority: Authority,
  at: { names: readonly string[]; addresses: readonly string[] },
  nowMs: number,
): Promise<Filed> {
  const pair = await makeServerPair(authority, at, nowMs);
  return file(pair, join(authority.dir, 'server.pem'), join(authority.dir, 'server.key'));
}

export async function certifyDevice(authority: Authority, deviceId: string, nowMs: number): Promise<Filed> {
  const dir = join(authority.dir, 'devices');
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  // A colon is no character of a file name everywhere.
  const name = deviceId.replaceAll(':', '_');
  const pair = await makeDevicePair(authority, deviceId, nowMs);
  return file(pair, join(dir, `${name}.pem`), join(dir, `${name}.key`));
}

/** The key first: who finds the new certificate finds its key too. */
function file(pair: Pair, certFile: string, keyFile: string): Filed {
  writeWhole(keyFile, pair.key, 0o600);
  writeWhole(certFile, pair.cert, 0o644);
  return { ...pair, certFile, keyFile };
}

function writeWhole(path: string, text: string, mode: number): void {
  writeFileSync(`${path}.new`, text, { mode });
  renameSync(`${path}.new`, path);
}
