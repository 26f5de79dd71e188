import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { BadSettings, readBridgeConfig, readListeningConfig } from '../config.ts';
import type { PortConfig } from '../config.ts';
import type { Flags } from '../config-settings.ts';
import { version } from '../compose.ts';
import { drivers } from '../drivers/drivers.ts';
import { listPorts } from '../list-ports.ts';
import { openWire } from '../open-wire.ts';
import { recordedWire } from '../recording-wire.ts';
import { BadRecording } from '../recording.ts';
import type { OpenWire } from '../wire.ts';
import { UsageError, exitCodes } from './desk.ts';
import type { Desk, ExitCode } from './desk.ts';
import { listen, listenToRecording } from './listen.ts';
import { recordPorts } from './record.ts';
import { runBridge } from './run.ts';
import type { Texts } from './texts.ts';

type Given = Flags & {
  list?: true;
  drivers?: true;
  dryRun?: true;
  record?: string;
  replay?: string;
  speed: number;
};

/** Carries out one command line and answers with the exit code of the process. */
export async function runCommandLine(argv: readonly string[], desk: Desk): Promise<ExitCode> {
  const { texts } = desk;
  let code: ExitCode = exitCodes.usage;
  const program = buildProgram(desk).action(async (given: Given) => {
    code = await carryOut(given, desk);
  });
  if (argv.length === 0) {
    program.outputHelp({ error: true });
    return exitCodes.usage;
  }
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ended : exitCodes.usage;
    if (error instanceof BadSettings) desk.printError(texts.badSettings(error.problems));
    else if (error instanceof UsageError) desk.printError(error.message);
    else if (error instanceof BadRecording) desk.printError(texts.badRecording(error.message));
    else if (error instanceof Error && 'code' in error) {
      desk.printError(texts.cannotStart(error.message));
      return exitCodes.failed;
    } else throw error;
    return exitCodes.usage;
  }
}

async function carryOut(given: Given, desk: Desk): Promise<ExitCode> {
  const { texts, env } = desk;
  if (given.drivers) {
    for (const { name, line, about } of drivers) desk.print(texts.driverLine(name, line.baudRate, about));
    return exitCodes.ended;
  }
  if (given.list) return showPorts(desk);
  const { replay: file, speed } = given;
  const recording = file === undefined ? undefined : { file, speed };
  // A recording stands in for the port whose protocol is named.
  const stand = file !== undefined && given.driver !== undefined ? { port: given.port ?? file } : {};
  const sources = { flags: { ...given, ...stand }, environment: env, drivers };
  if (given.dryRun && recording) return listenToRecording(readListeningConfig(sources), recording, desk);
  const config = given.dryRun ? readListeningConfig(sources) : readBridgeConfig(sources);
  const work = (wire: OpenWire) =>
    'hub' in config ? runBridge(config, wire, desk) : listen(config, wire, desk);
  if (recording) return work(playedOn(config.ports, recording, desk));
  if (given.record === undefined) return work(openWire);
  const recorded = await recordPorts(given.record, config.ports, desk);
  try {
    return await work(recorded.openWire);
  } finally {
    await recorded.close();
  }
}

function playedOn(
  ports: readonly PortConfig[],
  recording: { file: string; speed: number },
  { texts, clock, print, printError }: Desk,
): OpenWire {
  if (ports.length > 1) throw new UsageError(texts.oneRecordingPort);
  const ended = (error: unknown) => {
    if (error instanceof Error) printError(texts.badRecording(error.message));
    else print(texts.replayed);
  };
  return recordedWire({ ...recording, clock, ended });
}

async function showPorts({ texts, print }: Desk): Promise<ExitCode> {
  const ports = await listPorts();
  if (ports.length === 0) print(texts.noPorts);
  for (const { path, stablePath, maker, product, serialNumber } of ports) {
    print(stablePath ?? path);
    const about = [maker ?? texts.noMaker, product, serialNumber].filter((word) => word !== null).join('  ');
    print(`    ${stablePath === null ? '' : `${path}  `}${about}`);
  }
  if (ports.some(({ stablePath }) => stablePath !== null)) print(texts.useStable);
  return exitCodes.ended;
}

function buildProgram(desk: Desk): Command {
  const { texts } = desk;
  const program = new Command('npm run bridge --')
    .description(texts.about)
    .version(version, '--version', texts.version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => desk.print(text.trimEnd()),
      writeErr: (text) => desk.printError(text.trimEnd()),
    })
    .showHelpAfterError(texts.seeHelp)
    .addHelpText('after', examples(texts));
  for (const option of options(texts)) program.addOption(option);
  return program;
}

function options(texts: Texts): Option[] {
  return [
    new Option('--config <file>', texts.config),
    new Option('--port <path>', texts.port),
    new Option('--driver <name>', texts.driver),
    new Option('--name <name>', texts.name),
    new Option('--baud <rate>', texts.baud),
    new Option('--hub <url>', texts.hub),
    new Option('--gateway <id>', texts.gateway),
    new Option('--secret-file <file>', texts.secretFile),
    new Option('--tls-ca <file>', texts.tlsCa),
    new Option('--device-map <file>', texts.deviceMap),
    new Option('--data-dir <folder>', texts.dataDir),
    new Option('--log-level <level>', texts.logLevel),
    new Option('--list', texts.list),
    new Option('--drivers', texts.drivers),
    new Option('--dry-run', texts.dryRun),
    new Option('--record <file>', texts.record),
    new Option('--replay <file>', texts.replay).conflicts('record'),
    new Option('--speed <times>', texts.speed).argParser(amount).default(1),
    new Option('--lang <language>', texts.lang).choices(['zh-CN', 'en']),
  ];
}

function examples({ examples: title }: Texts): string {
  const lines = [
    '--list',
    '--port /dev/ttyUSB0 --driver rflink --dry-run',
    '--port /dev/ttyUSB0 --driver rflink --dry-run --record night.txt',
    '--replay night.txt --driver rflink --dry-run --speed 10',
    '--port tcp://192.168.1.20:2001 --driver rflink --hub mqtt://127.0.0.1:1883 --gateway gw-1 --secret-file gw-1.secret',
    '--config bridge.yaml',
  ];
  return ['', title, ...lines.map((line) => `  npm run bridge -- ${line}`)].join('\n');
}

function amount(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0)
    throw new InvalidArgumentError('0, 1, 2.5 …');
  return value;
}
