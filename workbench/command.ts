import { InvalidArgumentError, Option } from 'commander';
import type { Argument, Command } from 'commander';
import { exitCodes, UsageError } from './desk.ts';
import type { Desk, ExitCode, Outcome } from './desk.ts';
import { enterHub } from './hub.ts';
import type { Hub, Proof } from './hub.ts';

export const programName = 'npm run workbench --';

/** The options that every command has. */
export type EveryOption = { hub: string; token?: string; user?: string; json?: true };

export type Definition = {
  /** The name and what follows it, such as `end <id>`. */
  usage: string;
  about: string;
  examples: readonly string[];
  /** Those that `usage` cannot say, because only some words are allowed. */
  arguments?: readonly Argument[];
  options?: readonly Option[];
};

/** What a command does; what it was given is of the form that its arguments and options have. */
export type Act = (hub: Hub, args: never, options: never, desk: Desk) => Promise<Outcome>;
export type Define = (parent: Command, definition: Definition, act: Act) => void;

/** Makes commands that speak to the hub, say what came of it, and leave. */
export function commandMaker(desk: Desk, ended: (code: ExitCode) => void): Define {
  return (parent, { usage, about, examples, arguments: words = [], options = [] }, act) => {
    const made = parent.command(usage).description(about);
    for (const word of words) made.addArgument(word);
    for (const option of [...options, ...everyOption(desk)]) made.addOption(option);
    made.addHelpText('after', examplesOf(desk, examples)).action(async () => {
      const given = made.opts<EveryOption>();
      const hub = await enterHub(given.hub, proofOf(given, desk));
      try {
        const outcome = await act(hub, made.args as never, given as never, desk);
        tell(outcome, given.json === true, desk);
        ended(outcome.code);
      } finally {
        await hub.leave();
      }
    });
  };
}

function tell({ code, lines, json }: Outcome, isJson: boolean, { print, printError }: Desk): void {
  if (!isJson) for (const line of lines) print(line);
  else if (json !== undefined) print(JSON.stringify(json));
  else if (code !== exitCodes.done) for (const line of lines) printError(line);
}

function proofOf({ token, user }: EveryOption, { env, texts }: Desk): Proof {
  const password = env['CAREBELL_PASSWORD'];
  if (token !== undefined) return { token };
  if (user !== undefined && password !== undefined)
    return { name: user, password, code: env['CAREBELL_CODE'] };
  const { CAREBELL_TOKEN: kept, CAREBELL_SESSION: begun } = env;
  if (user === undefined && kept !== undefined) return { token: kept };
  if (user === undefined && begun !== undefined) return { session: begun };
  throw new UsageError(texts.noLogIn);
}

export function everyOption({ env, texts: { option } }: Desk): Option[] {
  const hub = env['CAREBELL_HUB'] ?? `http://127.0.0.1:${env['CAREBELL_HTTP_PORT'] ?? '8080'}`;
  return [
    new Option('--hub <url>', option.hub).argParser(httpUrl).default(hub),
    new Option('--user <name>', option.user),
    new Option('--token <token>', option.token),
    new Option('--json', option.json),
    new Option('--lang <language>', option.lang).choices(['zh-CN', 'en']),
  ];
}

export function examplesOf({ texts }: Desk, lines: readonly string[]): string {
  return ['', texts.examples, ...lines.map((line) => `  ${programName} ${line}`)].join('\n');
}

export function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('1, 2, 3 …');
  return value;
}

export function jsonObject(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new InvalidArgumentError('{"key.4":{"kind":"button.pressed","key":"help"}}');
}

function httpUrl(text: string): string {
  if (!/^https?:$/.test(URL.parse(text)?.protocol ?? '')) throw new InvalidArgumentError('http://, https://');
  return text.replace(/\/+$/, '');
}
