import type { Command } from 'commander';
import { everyOption, examplesOf } from './command.ts';
import type { EveryOption } from './command.ts';
import { exitCodes, UsageError } from './desk.ts';
import type { Desk, ExitCode } from './desk.ts';
import { logIn, logOut } from './hub.ts';

/** A hub lets nobody log in at every command of a script: a session is begun once, and named to the others. */
export function addSessionCommands(program: Command, desk: Desk, ended: (code: ExitCode) => void): void {
  const { env, texts } = desk;
  const define = (
    name: string,
    about: string,
    example: string,
    act: (given: EveryOption) => Promise<void>,
  ) => {
    const made = program.command(name).description(about);
    for (const option of everyOption(desk)) made.addOption(option);
    made.addHelpText('after', examplesOf(desk, [example])).action(async (given: EveryOption) => {
      await act(given);
      ended(exitCodes.done);
    });
  };
  define('log-in', texts.command.logIn, 'log-in --user sun.wei', async ({ hub, user, json }) => {
    const password = env['CAREBELL_PASSWORD'];
    if (user === undefined || password === undefined) throw new UsageError(texts.noLogIn);
    const { cookie, session } = await logIn(hub, { name: user, password, code: env['CAREBELL_CODE'] });
    desk.print(json === true ? JSON.stringify({ session: cookie, expiresAt: session.expiresAt }) : cookie);
    desk.printError(texts.sessionHint);
  });
  define('log-out', texts.command.logOut, 'log-out', async ({ hub }) => {
    const session = env['CAREBELL_SESSION'];
    if (session === undefined) throw new UsageError(texts.noLogIn);
    await logOut(hub, session);
    desk.print(texts.loggedOut);
  });
}
