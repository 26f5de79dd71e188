import type { Texts } from './texts.ts';

/** Where a command speaks, and what it may read. */
export type Desk = {
  env: NodeJS.ProcessEnv;
  texts: Texts;
  print(line: string): void;
  printError(line: string): void;
  /** The person pressed Ctrl-C. */
  interrupted: AbortSignal;
  /** Tells each key that the person presses, until the answer is called; absent where there is no keyboard. */
  keys?: (pressed: (key: string) => void) => () => void;
};

export const exitCodes = { accepted: 0, notAccepted: 1, usage: 2 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A command line that cannot be carried out. Its message is meant for the person. */
export class UsageError extends Error {
  override name = 'UsageError';
}
