import type { ButtonKey } from '@carebell/contracts/event-kinds.ts';
import { compose } from '../compose.ts';
import type { Press } from '../devices/button.ts';
import { attend, awaitReassurance, elapsed, isAccepted } from './attendance.ts';
import { exitCodes } from './desk.ts';
import type { Desk, ExitCode } from './desk.ts';
import { deviceFor } from './device-choice.ts';
import type { CommonOptions } from './device-choice.ts';

export type PressOptions = CommonOptions & {
  key: ButtonKey;
  press: Press;
  cancelAfter?: number;
  wait: number;
  timeout: number;
};

export async function press(options: PressOptions, desk: Desk): Promise<ExitCode> {
  const types =
    options.key === 'help' ? (['button', 'terminal', 'fall-detector'] as const) : (['terminal'] as const);
  const account = await deviceFor(options, types, desk);
  // A terminal can press every key, so it stands for whatever device has this identifier.
  const device = compose({ hubUrl: options.hub }).terminal(account);
  desk.print(desk.texts.connecting(options.hub, account.id, account.resident));
  return await attend(device, options.hub, desk, async () => {
    if (!(await isAccepted(device.press(options.key, options.press), options.timeout, desk))) {
      return exitCodes.notAccepted;
    }
    if (options.cancelAfter !== undefined) {
      await elapsed(options.cancelAfter * 1000, desk.interrupted);
      desk.print(desk.texts.cancelled);
      if (!(await isAccepted(device.cancel(options.key), options.timeout, desk)))
        return exitCodes.notAccepted;
    }
    await awaitReassurance(device, options.wait, desk);
    return exitCodes.accepted;
  });
}
