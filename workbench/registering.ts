import { claimSchema, issuedClaimSchema } from '@carebell/contracts/claims.ts';
import type { Claim } from '@carebell/contracts/claims.ts';
import {
  deviceSchema,
  dwellingSchema,
  issuedDeviceSchema,
  issuedGatewaySchema,
} from '@carebell/contracts/registry.ts';
import type { DeviceType } from '@carebell/contracts/registry.ts';
import { done, notDone } from './desk.ts';
import type { Desk, Outcome } from './desk.ts';
import type { Hub } from './hub.ts';
import { timeAt } from './shown.ts';
import { elapsed } from './unknown.ts';

export type DwellingOptions = {
  id?: string;
  station: string;
  address: string;
  access?: string;
  grid?: string;
  area?: 'centre' | 'remote';
};
export type GatewayOptions = { id?: string; station: string; name?: string; dwelling?: string };
export type DeviceOptions = {
  id?: string;
  type: DeviceType;
  name?: string;
  room?: string;
  station?: string;
  dwelling?: string;
  resident?: string;
  gateway?: string;
  heardAs?: string;
  signals?: object;
};
export type ReplaceOptions = Pick<DeviceOptions, 'id' | 'gateway' | 'heardAs' | 'signals'> & {
  type?: DeviceType;
};
export type ClaimOptions = { show?: true; cancel?: true; wait?: true; gateway?: true; json?: true };

const lookEveryMs = 1_000;

export async function registerDwelling(
  hub: Hub,
  { station, ...rest }: DwellingOptions,
  { texts }: Desk,
): Promise<Outcome> {
  const body = { ...picked(rest, ['id', 'address', 'access', 'grid', 'area']), stationId: station };
  const dwelling = await hub.post('/dwellings', body, dwellingSchema);
  return done(dwelling, [texts.dwellingEntered(dwelling.id, dwelling.address)]);
}

export async function registerGateway(
  hub: Hub,
  { station, dwelling, ...rest }: GatewayOptions,
  { texts }: Desk,
): Promise<Outcome> {
  const body = { ...picked(rest, ['id', 'name']), stationId: station, dwellingId: dwelling };
  const issued = await hub.post('/gateways', body, issuedGatewaySchema);
  return done(issued, [texts.gatewayEntered(issued.gateway.id), texts.secretOnce(issued.secret)]);
}

export async function registerDevice(hub: Hub, options: DeviceOptions, { texts }: Desk): Promise<Outcome> {
  const body = {
    ...picked(options, ['id', 'type', 'name', 'room', 'heardAs', 'signals']),
    stationId: options.station,
    dwellingId: options.dwelling,
    residentId: options.resident,
    gatewayId: options.gateway,
  };
  const issued = await hub.post('/devices', body, issuedDeviceSchema);
  return done(issued, [
    texts.deviceEntered(issued.device.id),
    issued.secret === null ? texts.needsNoSecret : texts.secretOnce(issued.secret),
  ]);
}

export async function replaceDevice(
  hub: Hub,
  old: string,
  options: ReplaceOptions,
  { texts }: Desk,
): Promise<Outcome> {
  const body = { ...picked(options, ['id', 'type', 'heardAs', 'signals']), gatewayId: options.gateway };
  const issued = await hub.post(`/devices/${encodeURIComponent(old)}/exchange`, body, issuedDeviceSchema);
  return done(issued, [
    texts.replaced(old, issued.device.id),
    issued.secret === null ? texts.needsNoSecret : texts.secretOnce(issued.secret),
  ]);
}

export async function retireDevice(hub: Hub, id: string, { texts }: Desk): Promise<Outcome> {
  const device = await hub.post(`/devices/${encodeURIComponent(id)}/retire`, {}, deviceSchema);
  return done(device, [texts.retired(id)]);
}

/** Makes a code, shows how far it has come, or takes it back; with `wait` follows it until the device has signed in. */
export async function claimCode(hub: Hub, id: string, options: ClaimOptions, desk: Desk): Promise<Outcome> {
  const { texts } = desk;
  const path = `/${options.gateway === true ? 'gateways' : 'devices'}/${encodeURIComponent(id)}/claim`;
  const { timeZone } = hub.session.hub;
  const line = (claim: Claim) => texts.claimState(texts.claimStates[claim.state], claim.wrongCodes);
  if (options.cancel === true) {
    const claim = await hub.delete(path, claimSchema);
    return done(claim, [line(claim)]);
  }
  if (options.show === true) {
    const claim = await hub.get(path, claimSchema);
    return done(claim, [line(claim)]);
  }
  const issued = await hub.post(path, {}, issuedClaimSchema);
  const shown = texts.code(issued.code, timeAt(issued.claim.expiresAt, timeZone));
  if (options.wait !== true) return done(issued, [shown]);
  const say = options.json === true ? desk.printError : desk.print;
  say(shown);
  let last = issued.claim;
  while (last.state === 'open' || last.state === 'delivered') {
    if (!(await elapsed(lookEveryMs, desk.interrupted))) break;
    const claim = await hub.get(path, claimSchema);
    if (claim.state !== last.state) say(line(claim));
    last = claim;
  }
  const json = { ...issued, claim: last };
  return last.state === 'used' ? done(json, []) : notDone(json, [line(last)]);
}

/** What was said, under the names that the hub has for it. */
function picked<T extends object, K extends keyof T>(options: T, names: readonly K[]): Partial<Pick<T, K>> {
  const body: Partial<Pick<T, K>> = {};
  for (const name of names) if (options[name] !== undefined) body[name] = options[name];
  return body;
}
