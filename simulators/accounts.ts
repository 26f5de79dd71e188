import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { deviceTypes } from '@carebell/contracts/registry.ts';
import type { DeviceType } from '@carebell/contracts/registry.ts';
import { roles } from '@carebell/contracts/roles.ts';

/** The file `demo-accounts.json`: who may log in, and which devices may connect. */
export const accountsSchema = z.object({
  users: z.array(
    z.object({ name: z.string(), password: z.string(), role: z.enum(roles), station: z.string().nullable() }),
  ),
  devices: z.array(
    z.object({
      id: z.string(),
      secret: z.string(),
      type: z.enum(deviceTypes),
      resident: z.string().nullable(),
      /** The gateway that speaks for it: it has no secret of its own then. */
      gateway: z.string().optional(),
    }),
  ),
  gateways: z.array(z.object({ id: z.string(), secret: z.string() })).optional(),
});
export type Accounts = z.infer<typeof accountsSchema>;
export type DeviceAccount = Accounts['devices'][number];

export type AccountsRead =
  | { ok: true; accounts: Accounts }
  | { ok: false; reason: 'missing' | 'unreadable' | 'malformed'; detail: string };

export async function readAccounts(path: string): Promise<AccountsRead> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const reason =
      error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'missing' : 'unreadable';
    return { ok: false, reason, detail: String(error) };
  }
  try {
    return { ok: true, accounts: accountsSchema.parse(JSON.parse(text)) };
  } catch (error) {
    return {
      ok: false,
      reason: 'malformed',
      detail: error instanceof z.ZodError ? z.prettifyError(error) : String(error),
    };
  }
}

/** Replaces the file as a whole: a reader, or a start after a power cut, sees the old one or the new one. */
export async function writeAccounts(path: string, accounts: Accounts): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${randomBytes(4).toString('hex')}.new`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(accounts, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
}

export type Choice =
  | { ok: true; account: DeviceAccount }
  | { ok: false; reason: 'no-such-device' | 'no-such-resident' | 'no-fitting-device' };

/** The first device of one of the types, in the order of the types, that fits the wish. An id needs no fitting type. */
export function chooseDevice(
  { devices }: Accounts,
  wish: { id?: string | undefined; resident?: string | undefined; types: readonly DeviceType[] },
): Choice {
  if (wish.id !== undefined) {
    const account = devices.find(({ id }) => id === wish.id);
    return account === undefined ? { ok: false, reason: 'no-such-device' } : { ok: true, account };
  }
  const owned = devices.filter(({ resident }) => wish.resident === undefined || resident === wish.resident);
  if (owned.length === 0) return { ok: false, reason: 'no-such-resident' };
  const account = wish.types.flatMap((type) => owned.filter((device) => device.type === type))[0];
  return account === undefined ? { ok: false, reason: 'no-fitting-device' } : { ok: true, account };
}
