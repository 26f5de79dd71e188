import { randomBytes } from 'node:crypto';
import { sessionSchema } from '@carebell/contracts/http-api.ts';
import { tableImportedSchema } from '@carebell/contracts/registry-tables.ts';
import type { TableKind } from '@carebell/contracts/registry-tables.ts';
import { testRecordPrefix, virtualDevicePrefix } from '@carebell/contracts/virtual-device-names.ts';
import { writeAccounts } from '../accounts.ts';
import type { Accounts } from '../accounts.ts';
import { ApiProblem } from '../demo/api-client.ts';
import type { ApiClient } from '../demo/api-client.ts';
import { openTestStation, openTestStationsBeside } from '../scenario/test-place.ts';
import { exitCodes, UsageError } from './desk.ts';
import type { Desk, ExitCode } from './desk.ts';
import { enter } from './enter.ts';
import type { WhoEnters } from './enter.ts';

export type EnterFleetOptions = WhoEnters & {
  count: number;
  hub: string;
  out: string;
  behindGateways?: true;
};

/** A list is stored as a whole while alarms wait. */
const rowsAtOnce = 250;
const triesAtMost = 5;
const types = ['button', 'door-sensor', 'motion-sensor', 'bed-sensor'] as const;
/** The gateways of a station are told of all devices behind any of them: a station is as large as one is. */
const homesOfStation = 250;

/** Enters virtual devices at test stations by lists, and writes their secrets to a file for `fleet`. */
export async function enterFleet(options: EnterFleetOptions, desk: Desk): Promise<ExitCode> {
  const { count, hub, out } = options;
  try {
    const api = await enter(hub, options, desk);
    const { user } = await api.get('/session', sessionSchema);
    const beganAt = performance.now();
    const accounts =
      options.behindGateways === true
        ? await enterHomes(api, user.organisationId, count, desk)
        : await enterAlone(api, user.organisationId, count, desk);
    const seconds = (performance.now() - beganAt) / 1_000;
    desk.print(desk.texts.fleetTook(seconds.toFixed(0), (count / seconds).toFixed(0)));
    await writeAccounts(out, accounts);
    desk.print(desk.texts.fleetWritten(out));
    return exitCodes.accepted;
  } catch (error) {
    if (error instanceof ApiProblem) throw new UsageError(desk.texts.run.refused(error.message));
    throw error;
  }
}

async function enterAlone(
  api: ApiClient,
  organisationId: string,
  count: number,
  { print, texts }: Desk,
): Promise<Accounts> {
  const stationId = await openTestStation(api, organisationId);
  const accounts: Accounts = { users: [], devices: [] };
  const place = { name: '【试验】', stationId };
  for (const turns of portions(count)) {
    const { rows, secretOf } = await enterRows(api, 'devices', (word) =>
      turns.map((turn) => ({ id: idOf(word, turn), type: typeOf(turn), ...place })),
    );
    for (const { id, type } of rows)
      accounts.devices.push({ id, type, secret: secretOf.get(id) ?? '', resident: null });
    print(texts.fleetEntered(accounts.devices.length, count));
  }
  return accounts;
}

/** Homes of four devices behind a gateway each. */
async function enterHomes(
  api: ApiClient,
  organisationId: string,
  count: number,
  { print, texts }: Desk,
): Promise<Accounts> {
  const homes = Math.ceil(count / types.length);
  const stations = await openTestStationsBeside(api, organisationId, Math.ceil(homes / homesOfStation));
  const stationOf = (home: number) =>
    stations[Math.floor(home / homesOfStation)] ?? `${testRecordPrefix}station`;
  const homeOf = (turn: number) => Math.floor(turn / types.length);
  const gateways: { id: string; secret: string }[] = [];
  for (const turns of portions(homes)) {
    const { rows, secretOf } = await enterRows(api, 'gateways', (word) =>
      turns.map((home) => ({ id: `${idOf(word, home)}-g`, name: '【试验】', stationId: stationOf(home) })),
    );
    for (const { id } of rows) gateways.push({ id, secret: secretOf.get(id) ?? '' });
  }
  const accounts: Accounts = { users: [], devices: [], gateways };
  for (const turns of portions(count)) {
    const { rows } = await enterRows(api, 'devices', (word) =>
      turns.map((turn) => ({
        id: idOf(word, turn),
        type: typeOf(turn),
        name: '【试验】',
        stationId: stationOf(homeOf(turn)),
        gatewayId: gateways[homeOf(turn)]?.id ?? '',
      })),
    );
    for (const { id, type, gatewayId: gateway } of rows)
      accounts.devices.push({ id, type, secret: '', resident: null, gateway });
    print(texts.fleetEntered(accounts.devices.length, count));
  }
  return accounts;
}

/** Identifiers are those that nobody has had before: what an earlier fleet left may be at the hub still. */
async function enterRows<R extends { id: string }>(
  api: ApiClient,
  kind: TableKind,
  rowsWith: (word: string) => R[],
): Promise<{ rows: R[]; secretOf: Map<string, string> }> {
  for (let tries = 1; ; tries += 1) {
    const rows = rowsWith(randomBytes(4).toString('hex'));
    try {
      const { secrets } = await api.post(`/import/${kind}`, { rows }, tableImportedSchema);
      return { rows, secretOf: new Map(secrets.map(({ id, secret }) => [id, secret])) };
    } catch (error) {
      // A busy hub may have stored a list without saying so in time; then its secrets are lost, and others are entered.
      const isStoredUnseen = error instanceof ApiProblem && error.code === 'import-refused';
      if (!isStoredUnseen || tries >= triesAtMost) throw error;
    }
  }
}

function portions(count: number): number[][] {
  return Array.from({ length: Math.ceil(count / rowsAtOnce) }, (_, portion) => {
    const first = portion * rowsAtOnce;
    return Array.from({ length: Math.min(rowsAtOnce, count - first) }, (__, index) => first + index);
  });
}

const idOf = (word: string, turn: number): string => `${virtualDevicePrefix}fleet-${word}-${turn}`;
const typeOf = (turn: number) => types[turn % types.length] ?? 'button';
