import { compose } from '../compose.ts';
import { attend, elapsed, isAccepted } from './attendance.ts';
import { exitCodes } from './desk.ts';
import type { Desk, ExitCode } from './desk.ts';
import { deviceFor } from './device-choice.ts';
import type { CommonOptions } from './device-choice.ts';

export const doorActions = ['open', 'close', 'pass'] as const;

export type DoorOptions = CommonOptions & { action: (typeof doorActions)[number]; timeout: number };

/** `pass` opens the door and closes it two seconds later. */
export async function door(options: DoorOptions, desk: Desk): Promise<ExitCode> {
  const account = await deviceFor(options, ['door-sensor'], desk);
  const device = compose({ hubUrl: options.hub }).doorSensor(account);
  desk.print(desk.texts.connecting(options.hub, account.id, account.resident));
  return await attend(device, options.hub, desk, async () => {
    if (options.action !== 'close' && !(await isAccepted(device.open(), options.timeout, desk))) {
      return exitCodes.notAccepted;
    }
    if (options.action === 'pass') await elapsed(2_000, desk.interrupted);
    if (options.action !== 'open' && !(await isAccepted(device.close(), options.timeout, desk))) {
      return exitCodes.notAccepted;
    }
    return exitCodes.accepted;
  });
}
