import type { DeviceType } from '@carebell/contracts/registry.ts';
import { readAccounts, writeAccounts } from '../accounts.ts';
import { fetchSecret, useSecret } from '../claim-secret.ts';
import { exitCodes, UsageError } from './desk.ts';
import type { Desk, ExitCode } from './desk.ts';

export type ClaimOptions = {
  hub: string;
  id: string;
  code: string;
  type: DeviceType;
  gateway?: true;
  keep?: true;
  accounts: string;
  timeout: number;
};

/** Does what a new device or gateway does: fetches its secret with the code that the installer made, and signs in with it once. */
export async function claim(options: ClaimOptions, desk: Desk): Promise<ExitCode> {
  const { hub, id, code } = options;
  const texts = desk.texts.claim;
  desk.print(texts.begins(hub, id));
  const fetched = await fetchSecret(
    hub,
    { of: options.gateway === true ? 'gateway' : 'device', id, code },
    options.timeout * 1_000,
  );
  if (!fetched.ok) {
    desk.printError(texts[fetched.reason](fetched.detail));
    return exitCodes.notAccepted;
  }
  const used = await useSecret(hub, { id, secret: fetched.secret });
  if (!used.ok) {
    desk.printError(texts[used.reason](used.detail));
    return exitCodes.notAccepted;
  }
  desk.print(texts.has(id, fetched.secret));
  if (options.keep) await keep(options, fetched.secret, desk);
  return exitCodes.accepted;
}

/** Among the accounts of the demo, so that the other commands find the device by its identifier. */
async function keep(
  { accounts: path, id, type, gateway: isGateway }: ClaimOptions,
  secret: string,
  desk: Desk,
): Promise<void> {
  const read = await readAccounts(path);
  if (!read.ok && read.reason !== 'missing') throw new UsageError(desk.texts.badAccounts(path, read.detail));
  const { users, devices, gateways = [] } = read.ok ? read.accounts : { users: [], devices: [] };
  if (isGateway === true) {
    const others = gateways.filter((gateway) => gateway.id !== id);
    await writeAccounts(path, { users, devices, gateways: [...others, { id, secret }] });
  } else {
    const others = devices.filter((device) => device.id !== id);
    const kept = { id, secret, type, resident: null };
    await writeAccounts(path, { users, devices: [...others, kept], gateways });
  }
  desk.print(desk.texts.claim.kept(path));
}
