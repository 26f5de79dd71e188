import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { readAccounts } from '../accounts.ts';
import type { Accounts } from '../accounts.ts';

export type Ground =
  | { ok: true; accounts: Accounts | undefined }
  | { ok: false; reason: 'not-a-demo' }
  | { ok: false; reason: 'bad-accounts'; detail: string };

/** Looks whether the data directory is empty or holds an earlier demo. Anything else must be left alone. */
export async function readGround(dataDir: string, accountsPath: string): Promise<Ground> {
  const read = await readAccounts(accountsPath);
  if (read.ok) return { ok: true, accounts: read.accounts };
  if (read.reason !== 'missing') return { ok: false, reason: 'bad-accounts', detail: read.detail };
  return existsSync(join(dataDir, 'carebell.db'))
    ? { ok: false, reason: 'not-a-demo' }
    : { ok: true, accounts: undefined };
}

export type PortClaim = { ok: true; port: number } | { ok: false; reason: string };

/** Takes a port for a moment, to say who cannot have it before a hub tries. 0 finds a free one. */
export async function claimPort(port: number): Promise<PortClaim> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return { ok: true, port: (server.address() as AddressInfo).port };
  } catch (error) {
    return {
      ok: false,
      reason: error instanceof Error && 'code' in error ? String(error.code) : String(error),
    };
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}
