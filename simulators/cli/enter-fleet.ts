import { sessionSchema } from '@carebell/contracts/http-api.ts';
import { tableImportedSchema } from '@carebell/contracts/registry-tables.ts';
import { virtualDevicePrefix } from '@carebell/contracts/virtual-device-names.ts';
import { randomBytes } from 'node:crypto';
import { writeAccounts } from '../accounts.ts';
import type { DeviceAccount } from '../accounts.ts';
import { ApiProblem } from '../demo/api-client.ts';
import { openTestStation } from '../scenario/test-place.ts';
import { exitCodes, UsageError } from './desk.ts';
import type { Desk, ExitCode } from './desk.ts';
import { enter } from './enter.ts';
import type { WhoEnters } from './enter.ts';

export type EnterFleetOptions = WhoEnters & { count: number; hub: string; out: string };

/** A list is stored as a whole while alarms wait. */
const rowsAtOnce = 250;
const triesAtMost = 5;
const types = ['button', 'door-sensor', 'motion-sensor', 'bed-sensor'] as const;

/** Enters virtual devices at the test station by lists, and writes their secrets to a file for `fleet`. */
export async function enterFleet(options: EnterFleetOptions, desk: Desk): Promise<ExitCode> {
  const { count, hub, out } = options;
  try {
    const api = await enter(hub, options, desk);
    const { user } = await api.get('/session', sessionSchema);
    const stationId = await openTestStation(api, user.organisationId);
    const devices: DeviceAccount[] = [];
    for (let tries = 0; devices.length < count;) {
      const rows = rowsFrom(devices.length, Math.min(rowsAtOnce, count - devices.length), stationId);
      try {
        const { secrets } = await api.post('/import/devices', { rows }, tableImportedSchema);
        const secretOf = new Map(secrets.map(({ id, secret }) => [id, secret]));
        for (const { id, type } of rows)
          devices.push({ id, type, secret: secretOf.get(id) ?? '', resident: null });
        tries = 0;
        desk.print(desk.texts.fleetEntered(devices.length, count));
      } catch (error) {
        tries += 1;
        // A busy hub may have stored a list without saying so in time; then their secrets are lost, and others are entered.
        const isStoredUnseen = error instanceof ApiProblem && error.code === 'import-refused';
        if (!isStoredUnseen || tries > triesAtMost) throw error;
      }
    }
    await writeAccounts(out, { users: [], devices });
    desk.print(desk.texts.fleetWritten(out));
    return exitCodes.accepted;
  } catch (error) {
    if (error instanceof ApiProblem) throw new UsageError(desk.texts.run.refused(error.message));
    throw error;
  }
}

/** Identifiers that nobody has had before: those of an earlier fleet may be at the hub still. */
function rowsFrom(first: number, count: number, stationId: string) {
  const word = randomBytes(4).toString('hex');
  return Array.from({ length: count }, (_, index) => {
    const type = types[(first + index) % types.length] ?? 'button';
    return { id: `${virtualDevicePrefix}fleet-${word}-${first + index}`, type, name: '【试验】', stationId };
  });
}
