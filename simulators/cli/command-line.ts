import { Command, CommanderError, Option } from 'commander';
import { buttonKeys, presses } from '@carebell/contracts/event-kinds.ts';
import { exitCodes, UsageError } from './desk.ts';
import { enterFleet } from './enter-fleet.ts';
import type { Desk, ExitCode } from './desk.ts';
import { defaultAccountsPath, defaultHttpHub, defaultHub } from './device-choice.ts';
import { deviceTypes } from '@carebell/contracts/registry.ts';
import { claim } from './claim.ts';
import { door, doorActions } from './door.ts';
import { fall } from './fall.ts';
import { fleet } from './fleet.ts';
import { gateway, scenes } from './gateway.ts';
import { acts } from '../firmware/firmware.ts';
import { boards } from '../firmware/boards.ts';
import { home } from './home.ts';
import {
  amount,
  duration,
  everyDuration,
  httpUrl,
  mqttUrl,
  portNumber,
  positive,
  share,
} from './option-values.ts';
import { press } from './press.ts';
import { runScenarios } from './run.ts';
import type { RunCommandOptions } from './run.ts';

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
      examples(texts.examples, [
        'press',
        'fall --cancel-after 5',
        'door',
        'home',
        'fleet',
        'gateway --driver rflink',
        'run simulators/scenarios/*.yaml',
      ]),
    );

  const wait = () => new Option('--wait <seconds>', texts.wait).argParser(amount).default(15);
  const timeout = () => new Option('--timeout <seconds>', texts.timeout).argParser(amount).default(20);
  const cancelAfter = () => new Option('--cancel-after <seconds>', texts.cancelAfter).argParser(amount);
  const seed = () => new Option('--seed <text>', texts.seed).default('carebell');

  const run =
    <O>(action: (options: O, desk: Desk) => Promise<ExitCode>) =>
    async (given: O) =>
      ended(await action(given, desk));
  const language = () => new Option('--lang <language>', texts.lang).choices(['zh-CN', 'en']);
  const command = (
    name: string,
    about: string,
    lines: string[],
    options: Option[],
    others = commonOptions(desk),
  ) => {
    const made = program.command(name).description(about);
    for (const option of [...options, ...others, language()]) made.addOption(option);
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
      new Option('--live', texts.live),
      new Option('--pace <times>', texts.livePace).argParser(positive).default(1),
      new Option('--heartbeat <seconds>', texts.heartbeat).argParser(positive).default(900),
      new Option('--from <hour>', texts.from).argParser(amount).default(7),
      new Option('--local-addresses <list>', texts.localAddresses),
      seed(),
      timeout(),
    ],
  ).action(run(fleet));
  command(
    'enter-fleet',
    texts.enterAbout,
    [
      'enter-fleet --count 10000 --out /tmp/fleet.json',
      'enter-fleet --count 50000 --behind-gateways --out /tmp/fleet.json',
      'fleet --accounts /tmp/fleet.json --live --for 300',
    ],
    [
      new Option('--count <devices>', texts.count).argParser(positive).default(1_000),
      new Option('--behind-gateways', texts.behindGateways),
      new Option('--hub <url>', texts.run.hub).argParser(httpUrl).default(defaultHttpHub(desk.env)),
      new Option('--out <file>', texts.out).default('fleet-accounts.json'),
      new Option('--token <token>', texts.run.token),
      new Option('--user <name>', texts.run.user),
      new Option('--accounts <file>', texts.accounts).default(defaultAccountsPath(desk.env)),
    ],
    [],
  ).action(run(enterFleet));
  command(
    'gateway',
    texts.gateway.about,
    [
      'gateway --driver rflink --pty /tmp/ttyRF',
      'gateway --driver sonoff-rf --tcp 7001 --press every 10s --noise 0.01 --truncate 0.01',
      'gateway --driver mr60fda1 --press every 20s --act fall --unplug-every 30s',
      'gateway --driver mysensors --scene tour',
    ],
    [
      new Option('--driver <name>', texts.gateway.driver)
        .choices(boards.map(({ driver }) => driver))
        .makeOptionMandatory(),
      new Option('--pty [path]', texts.gateway.pty),
      new Option('--tcp <port>', texts.gateway.tcp).argParser(portNumber),
      new Option('--press <every...>', texts.gateway.press).argParser(everyDuration),
      new Option('--act <act>', texts.gateway.act).choices(acts).default('press'),
      new Option('--scene <name>', texts.gateway.scene).choices(scenes),
      new Option('--senders <count>', texts.gateway.senders).argParser(positive).default(1),
      new Option('--count <times>', texts.gateway.count).argParser(positive).default(Infinity, '∞'),
      new Option('--noise <share>', texts.gateway.noise).argParser(share).default(0),
      new Option('--truncate <share>', texts.gateway.truncate).argParser(share).default(0),
      new Option('--unplug-every <time>', texts.gateway.unplugEvery).argParser(duration),
      new Option('--unplug-for <time>', texts.gateway.unplugFor).argParser(duration).default(3000, '3s'),
      new Option('--module <name>', texts.gateway.module).choices(['rylr', 'rak']).default('rylr'),
      seed(),
    ],
    [],
  ).action(run(gateway));
  command(
    'claim',
    texts.claim.about,
    ['claim --id btn-9 --code 7K3M-Q9Z0', 'claim --id btn-9 --code 7K3MQ9Z0 --keep'],
    [
      new Option('--id <id>', texts.id).makeOptionMandatory(),
      new Option('--code <code>', texts.claim.code).makeOptionMandatory(),
      new Option('--hub <url>', texts.hub).argParser(mqttUrl).default(defaultHub(desk.env)),
      new Option('--gateway', texts.claim.gateway),
      new Option('--keep', texts.claim.keep),
      new Option('--type <type>', texts.claim.type).choices(deviceTypes).default('button'),
      new Option('--accounts <file>', texts.accounts).default(defaultAccountsPath(desk.env)),
      timeout(),
    ],
    [],
  ).action(run(claim));
  command(
    'run',
    texts.run.about,
    [
      'run simulators/scenarios/*.yaml',
      'run simulators/scenarios/night-wandering.yaml --speed 1 --junit out.xml',
      'run my.yaml --hub https://hub.example.org --token carebell_… --station qingshan-station',
    ],
    [
      new Option('--speed <times>', texts.run.speed).argParser(positive).default(60),
      seed(),
      new Option('--hub <url>', texts.run.hub).argParser(httpUrl).default(defaultHttpHub(desk.env)),
      new Option('--mqtt <url>', texts.run.mqtt).argParser(mqttUrl),
      new Option('--token <token>', texts.run.token),
      new Option('--user <name>', texts.run.user),
      new Option('--station <id>', texts.run.station),
      new Option('--junit <file>', texts.run.junit),
      new Option('--json', texts.run.json),
      new Option('--accounts <file>', texts.accounts).default(defaultAccountsPath(desk.env)),
    ],
    [],
  )
    .argument('<files...>', texts.run.files)
    .action(async (files: string[], given: RunCommandOptions) =>
      ended(await runScenarios(files, given, desk)),
    );
  return program;
}

function commonOptions({ env, texts }: Desk): Option[] {
  return [
    new Option('--hub <url>', texts.hub).argParser(mqttUrl).default(defaultHub(env)),
    new Option('--id <id>', texts.id),
    new Option('--secret <secret>', texts.secret),
    new Option('--accounts <file>', texts.accounts).default(defaultAccountsPath(env)),
    new Option('--resident <name>', texts.resident),
  ];
}

function examples(title: string, lines: string[]): string {
  return ['', title, ...lines.map((line) => `  npm run simulate -- ${line}`)].join('\n');
}
