import { compose } from '../compose.ts';
import { attend, awaitReassurance, elapsed, isAccepted } from './attendance.ts';
import { exitCodes } from './desk.ts';
import type { Desk, ExitCode } from './desk.ts';
import { deviceFor } from './device-choice.ts';
import type { CommonOptions } from './device-choice.ts';

export type FallOptions = CommonOptions & {
  window: number;
  cancelAfter?: number;
  wait: number;
  timeout: number;
};

export async function fall(options: FallOptions, desk: Desk): Promise<ExitCode> {
  const account = await deviceFor(options, ['fall-detector'], desk);
  const device = compose({ hubUrl: options.hub }).fallDetector(account, {
    cancelWindowMs: options.window * 1000,
  });
  desk.print(desk.texts.connecting(options.hub, account.id, account.resident));
  return await attend(device, options.hub, desk, async () => {
    const { suspected, outcome } = device.fall();
    if (!(await isAccepted(suspected, options.timeout, desk))) return exitCodes.notAccepted;
    if (options.cancelAfter !== undefined) {
      await Promise.race([elapsed(options.cancelAfter * 1000, desk.interrupted), outcome]);
      desk.print(desk.texts.cancelled);
      if (!(await isAccepted(device.cancel(), options.timeout, desk))) return exitCodes.notAccepted;
    }
    const { sent } = await outcome;
    if (!(await isAccepted(sent, options.timeout, desk))) return exitCodes.notAccepted;
    await awaitReassurance(device, options.wait, desk);
    return exitCodes.accepted;
  });
}
