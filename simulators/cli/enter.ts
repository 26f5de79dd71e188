import type { RunCommandOptions } from './run.ts';
import { readAccounts } from '../accounts.ts';
import { logIn, patient, withToken } from '../demo/api-client.ts';
import type { ApiClient } from '../demo/api-client.ts';
import { UsageError } from './desk.ts';
import type { Desk } from './desk.ts';

export type WhoEnters = Pick<RunCommandOptions, 'token' | 'user' | 'accounts'>;

/** By token, by user, or as the administrator of the demo on this machine. */
export async function enter(hubUrl: string, options: WhoEnters, { env, texts }: Desk): Promise<ApiClient> {
  const token = options.token ?? env['CAREBELL_TOKEN'];
  if (token !== undefined) return patient(withToken(hubUrl, token));
  const password = env['CAREBELL_PASSWORD'];
  if (options.user !== undefined && password !== undefined)
    return patient(await logIn(hubUrl, { name: options.user, password }));
  const read = await readAccounts(options.accounts);
  const account = read.ok
    ? read.accounts.users.find(({ name, role }) =>
        options.user === undefined ? role === 'administrator' : name === options.user,
      )
    : undefined;
  if (account === undefined) throw new UsageError(texts.run.noLogIn(options.accounts));
  return patient(await logIn(hubUrl, account));
}
