import { Command, CommanderError } from 'commander';
import { commandMaker, examplesOf, programName } from './command.ts';
import { addCommissioningCommands } from './commissioning-commands.ts';
import { exitCodes, UsageError } from './desk.ts';
import type { Desk, ExitCode } from './desk.ts';
import { HubRefusal, HubSilent } from './hub.ts';
import { addDeviceCommands } from './device-commands.ts';
import { addSessionCommands } from './session-commands.ts';
import { addWorkCommands } from './work-commands.ts';

/** Carries out one command line and answers with the exit code of the process. */
export async function runCommandLine(argv: readonly string[], desk: Desk): Promise<ExitCode> {
  const { texts } = desk;
  let code: ExitCode = exitCodes.usage;
  const program = new Command(programName)
    .description(texts.about)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => desk.print(text.trimEnd()),
      writeErr: (text) => desk.printError(text.trimEnd()),
    })
    .showHelpAfterError()
    .addHelpText('after', () => `${examplesOf(desk, firstSteps)}\n\n${texts.exits}`);
  const define = commandMaker(desk, (outcome) => {
    code = outcome;
  });
  addSessionCommands(program, desk, (outcome) => {
    code = outcome;
  });
  addDeviceCommands(program, define, desk);
  addCommissioningCommands(program, define, desk);
  addWorkCommands(program, define, desk);
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    return codeOf(error, argv, desk);
  }
}

const firstSteps = [
  'unknown watch --hub https://hub.example.org --user sun.wei',
  'adopt gateway-1 rf433.ev1527.0000a --type button --dwelling home-7',
  'import devices devices.csv',
  'commission start home-7',
  'work list --mine',
];

function codeOf(error: unknown, argv: readonly string[], { texts, print, printError }: Desk): ExitCode {
  if (error instanceof UsageError) {
    printError(error.message);
    return exitCodes.usage;
  }
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  if (error instanceof HubRefusal) {
    printError(texts.refused(error.message));
    for (const { field, message } of error.problem.errors ?? []) printError(`  ${field}: ${message}`);
    if (argv.includes('--json')) print(JSON.stringify({ problem: error.problem }));
    return exitCodes.notDone;
  }
  if (error instanceof HubSilent) {
    printError(texts.unreachable(error.url, error.message));
    return exitCodes.notDone;
  }
  throw error;
}
