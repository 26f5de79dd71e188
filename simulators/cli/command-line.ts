import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { buttonKeys, presses } from '@carebell/contracts/event-kinds.ts';
import { exitCodes, UsageError } from './desk.ts';
import type { Desk, ExitCode } from './desk.ts';
import { defaultAccountsPath, defaultHub } from './device-choice.ts';
import { door, doorActions } from './door.ts';
import { fall } from './fall.ts';
import { fleet } from './fleet.ts';
import { home } from './home.ts';
import { press } from './press.ts';

/** Carries out one command line and answers with the exit code of the process. */
export async function runCommandLine(argv: readonly string[], desk: Desk): Promise<ExitCode> {
  let code: ExitCode = exitCodes.usage;
  const program = buildProgram(desk, (outcome) => {
    code = outcome;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof UsageError) {
      desk.printError(error.message);
      return exitCodes.usage;
    }
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.accepted : exitCodes.usage;
    throw error;
  }
}

function buildProgram(desk: Desk, ended: (code: ExitCode) => void): Command {
  const { texts } = desk;
  const program = new Command('npm run simulate --')
    .description(texts.about)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => desk.print(text.trimEnd()),
      writeErr: (text) => desk.printError(text.trimEnd()),
    })
    .showHelpAfterError()
    .addHelpText(
      'after',
      examples(texts.examples, ['press', 'fall --cancel-after 5', 'door', 'home', 'fleet']),
    );

  const wait = () => new Option('--wait <seconds>', texts.wait).argParser(amount).default(15);
  const timeout = () => new Option('--timeout <seconds>', texts.timeout).argParser(amount).default(20);
  const cancelAfter = () => new Option('--cancel-after <seconds>', texts.cancelAfter).argParser(amount);
  const seed = () => new Option('--seed <text>', texts.seed).default('carebell');

  const run =
    <O>(action: (options: O, desk: Desk) => Promise<ExitCode>) =>
    async (given: O) =>
      ended(await action(given, desk));
  const command = (name: string, about: string, lines: string[], options: Option[]) => {
    const made = program.command(name).description(about);
    for (const option of [...options, ...commonOptions(desk)]) made.addOption(option);
    return made.addHelpText('after', examples(texts.examples, lines));
  };

  command(
    'press',
    texts.pressAbout,
    [
      'press',
      'press --key meal',
      'press --resident 周秀兰 --cancel-after 3',
      'press --id btn-1 --secret … --wait 0',
    ],
    [
      new Option('--key <key>', texts.key).choices(buttonKeys).default('help'),
      new Option('--press <press>', texts.pressKind).choices(presses).default('short'),
      cancelAfter(),
      wait(),
      timeout(),
    ],
  ).action(run(press));
  command(
    'fall',
    texts.fallAbout,
    ['fall', 'fall --cancel-after 5', 'fall --window 3'],
    [
      new Option('--window <seconds>', texts.window).argParser(amount).default(20),
      cancelAfter(),
      wait(),
      timeout(),
    ],
  ).action(run(fall));
  command(
    'door',
    texts.doorAbout,
    ['door', 'door --action open'],
    [new Option('--action <action>', texts.action).choices(doorActions).default('pass'), timeout()],
  ).action(run(door));
  command(
    'home',
    texts.homeAbout,
    ['home', 'home --from 18 --hours 6 --pace 360', 'home --resident 周秀兰 --pace 1'],
    [
      new Option('--from <hour>', texts.from).argParser(amount).default(6),
      new Option('--hours <hours>', texts.hours).argParser(amount).default(16),
      new Option('--pace <times>', texts.pace).argParser(positive).default(240),
      seed(),
      timeout(),
    ],
  ).action(run(home));
  command(
    'fleet',
    texts.fleetAbout,
    ['fleet', 'fleet --count 50 --rate 20 --for 60 --help-share 0'],
    [
      new Option('--count <devices>', texts.count).argParser(positive),
      new Option('--rate <events>', texts.rate).argParser(positive).default(5),
      new Option('--for <seconds>', texts.duration).argParser(positive).default(30),
      new Option('--help-share <share>', texts.helpShare).argParser(amount).default(0.02),
      new Option('--connections-per-second <count>', texts.perSecond).argParser(positive).default(200),
      seed(),
      timeout(),
    ],
  ).action(run(fleet));
  return program;
}

function commonOptions({ env, texts }: Desk): Option[] {
  return [
    new Option('--hub <url>', texts.hub).argParser(mqttUrl).default(defaultHub(env)),
    new Option('--id <id>', texts.id),
    new Option('--secret <secret>', texts.secret),
    new Option('--accounts <file>', texts.accounts).default(defaultAccountsPath(env)),
    new Option('--resident <name>', texts.resident),
    new Option('--lang <language>', texts.lang).choices(['zh-CN', 'en']),
  ];
}

function examples(title: string, lines: string[]): string {
  return ['', title, ...lines.map((line) => `  npm run simulate -- ${line}`)].join('\n');
}

function amount(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0)
    throw new InvalidArgumentError('0, 1, 2.5 …');
  return value;
}

function positive(text: string): number {
  if (amount(text) === 0) throw new InvalidArgumentError('> 0');
  return amount(text);
}

function mqttUrl(text: string): string {
  const protocol = URL.parse(text)?.protocol ?? '';
  if (!['mqtt:', 'mqtts:', 'ws:', 'wss:'].includes(protocol)) {
    throw new InvalidArgumentError('mqtt://host:port, mqtts://, ws://, wss://');
  }
  return text;
}
