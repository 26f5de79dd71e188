import { join } from 'node:path';
import { deviceIdSchema } from '@carebell/contracts/ids.ts';
import type { DeviceType } from '@carebell/contracts/registry.ts';
import { chooseDevice, readAccounts } from '../accounts.ts';
import type { Accounts, DeviceAccount } from '../accounts.ts';
import { UsageError } from './desk.ts';
import type { Desk } from './desk.ts';

/** The options that every command has. */
export type CommonOptions = {
  hub: string;
  id?: string;
  secret?: string;
  accounts: string;
  resident?: string;
};

export function defaultHub(env: NodeJS.ProcessEnv): string {
  return `mqtt://127.0.0.1:${env['CAREBELL_MQTT_PORT'] ?? '1883'}`;
}

/** Where people and tools reach it. */
export function defaultHttpHub(env: NodeJS.ProcessEnv): string {
  return `http://127.0.0.1:${env['CAREBELL_HTTP_PORT'] ?? '8080'}`;
}

export function defaultAccountsPath(env: NodeJS.ProcessEnv): string {
  return join(env['CAREBELL_DATA_DIR'] ?? './data', 'demo-accounts.json');
}

/** The device that a command speaks for: named with its secret, or found in the accounts file. */
export async function deviceFor(
  options: CommonOptions,
  types: readonly [DeviceType, ...DeviceType[]],
  desk: Desk,
): Promise<DeviceAccount> {
  const { id, secret, resident } = options;
  if (id !== undefined && !deviceIdSchema.safeParse(id).success)
    throw new UsageError(desk.texts.bad(`--id ${id}`));
  if (id !== undefined && secret !== undefined) return { id, secret, type: types[0], resident: null };
  if (secret !== undefined) throw new UsageError(desk.texts.secretAlone);
  const choice = chooseDevice(await accountsFor(options, desk), { id, resident, types });
  if (!choice.ok) throw new UsageError(desk.texts[choice.reason]);
  return choice.account;
}

export async function accountsFor({ accounts: path }: CommonOptions, { texts }: Desk): Promise<Accounts> {
  const read = await readAccounts(path);
  if (read.ok) return read.accounts;
  throw new UsageError(
    read.reason === 'missing' ? texts.noAccounts(path) : texts.badAccounts(path, read.detail),
  );
}
