import type { Texts } from './texts.ts';

/** Where a command speaks, and what it may read. */
export type Desk = {
  env: NodeJS.ProcessEnv;
  texts: Texts;
  print(line: string): void;
  printError(line: string): void;
  /** Somebody looks at a screen, on which what was just heard can stand out. */
  isTerminal: boolean;
  now(): number;
  /** The person pressed Ctrl-C. */
  interrupted: AbortSignal;
};

export const exitCodes = { done: 0, notDone: 1, usage: 2 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What a command has to say: lines for a person, or `json` for a program. */
export type Outcome = { code: ExitCode; lines: readonly string[]; json: unknown };

export function done(json: unknown, lines: readonly string[]): Outcome {
  return { code: exitCodes.done, lines, json };
}

export function notDone(json: unknown, lines: readonly string[]): Outcome {
  return { code: exitCodes.notDone, lines, json };
}

/** A command line that cannot be carried out. Its message is meant for the person. */
export class UsageError extends Error {
  override name = 'UsageError';
}
