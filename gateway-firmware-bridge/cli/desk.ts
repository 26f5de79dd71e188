import type { Clock } from '../clock.ts';
import type { Texts } from './texts.ts';

/** Where a command speaks, and what it may read. */
export type Desk = {
  env: NodeJS.ProcessEnv;
  texts: Texts;
  clock: Clock;
  print(line: string): void;
  printError(line: string): void;
  /** The person pressed Ctrl-C, or the service manager stops the process. */
  interrupted: AbortSignal;
  /** Tells when the service manager asks to read the device map again. */
  onReload(reload: () => void): void;
};

export const exitCodes = { ended: 0, failed: 1, usage: 2 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A command line that cannot be carried out. Its message is meant for the person. */
export class UsageError extends Error {
  override name = 'UsageError';
}

export function untilInterrupted({ interrupted }: Desk): Promise<void> {
  return new Promise((resolve) => {
    if (interrupted.aborted) resolve();
    else interrupted.addEventListener('abort', () => resolve(), { once: true });
  });
}
