import { labelPaths } from '@carebell/contracts/labels.ts';
import type { LabelKind } from '@carebell/contracts/labels.ts';
import { deviceTypes, dwellingAreas } from '@carebell/contracts/registry.ts';
import { tableKinds } from '@carebell/contracts/registry-tables.ts';
import type { TableKind } from '@carebell/contracts/registry-tables.ts';
import { Argument, Option } from 'commander';
import type { Command } from 'commander';
import { count, jsonObject } from './command.ts';
import type { Define } from './command.ts';
import type { Desk } from './desk.ts';
import { label } from './label.ts';
import type { LabelOptions } from './label.ts';
import {
  claimCode,
  registerDevice,
  registerDwelling,
  registerGateway,
  replaceDevice,
  retireDevice,
} from './registering.ts';
import type {
  ClaimOptions,
  DeviceOptions,
  DwellingOptions,
  GatewayOptions,
  ReplaceOptions,
} from './registering.ts';
import { importList } from './table-import.ts';
import type { ImportOptions } from './table-import.ts';
import { adopt, listUnknown, putAside, watchUnknown } from './unknown.ts';
import type { AdoptOptions, UnknownOptions, WatchOptions } from './unknown.ts';

/** What is heard, entered, labelled, exchanged and taken out of service. */
export function addDeviceCommands(program: Command, define: Define, { texts }: Desk): void {
  const { command, option } = texts;
  const id = () => new Option('--id <id>', option.id);
  const station = () => new Option('--station <id>', option.station);
  const gateway = () => new Option('--gateway <id>', option.gateway);
  const type = () => new Option('--type <type>', option.type).choices(deviceTypes);
  const signals = () => new Option('--signals <json>', option.signals).argParser(jsonObject);
  const dwelling = () => new Option('--dwelling <id>', option.dwelling);
  const resident = () => new Option('--resident <id>', option.resident);
  const named = () => [new Option('--name <name>', option.name), new Option('--room <room>', option.room)];

  const unknown = program.command('unknown').description(command.unknown);
  define(
    unknown,
    {
      usage: 'list',
      about: command.unknownList,
      examples: ['unknown list --station qingshan-station'],
      options: [station(), gateway(), new Option('--dismissed', option.dismissed)],
    },
    (hub, _args, options: UnknownOptions, desk) => listUnknown(hub, options, desk),
  );
  define(
    unknown,
    {
      usage: 'watch',
      about: command.unknownWatch,
      examples: ['unknown watch', 'unknown watch --gateway gateway-1 --for 60'],
      options: [station(), gateway(), new Option('--for <seconds>', option.seconds).argParser(count)],
    },
    (hub, _args, options: WatchOptions, desk) => watchUnknown(hub, options, desk),
  );
  define(
    unknown,
    {
      usage: 'dismiss <gateway> <code>',
      about: command.unknownDismiss,
      examples: ['unknown dismiss gateway-1 rf433.x10.b7 --note 201室'],
      options: [new Option('--note <text>', option.note), new Option('--back', option.back)],
    },
    (hub, [of, code]: [string, string], options: { note?: string; back?: true }, desk) =>
      putAside(hub, of, code, options, desk),
  );
  define(
    program,
    {
      usage: 'adopt <gateway> <code>',
      about: command.adopt,
      examples: ['adopt gateway-1 rf433.ev1527.0000a --type button --dwelling home-7 --room 卧室'],
      options: [type().makeOptionMandatory(), ...named(), dwelling(), resident(), signals()],
    },
    (hub, [of, code]: [string, string], options: AdoptOptions, desk) => adopt(hub, of, code, options, desk),
  );

  const register = program.command('register').description(command.register);
  define(
    register,
    {
      usage: 'dwelling',
      about: texts.scopes.dwelling,
      examples: ['register dwelling --station qingshan-station --address 安宁路100弄3号楼502室'],
      options: [
        id(),
        station().makeOptionMandatory(),
        new Option('--address <address>', option.address).makeOptionMandatory(),
        new Option('--access <text>', option.access),
        new Option('--grid <grid>', option.grid),
        new Option('--area <area>', option.area).choices(dwellingAreas),
      ],
    },
    (hub, _args, options: DwellingOptions, desk) => registerDwelling(hub, options, desk),
  );
  define(
    register,
    {
      usage: 'gateway',
      about: command.register,
      examples: ['register gateway --station qingshan-station --dwelling home-7 --id gateway-7'],
      options: [id(), station().makeOptionMandatory(), new Option('--name <name>', option.name), dwelling()],
    },
    (hub, _args, options: GatewayOptions, desk) => registerGateway(hub, options, desk),
  );
  define(
    register,
    {
      usage: 'device',
      about: texts.scopes.device,
      examples: [
        'register device --type button --dwelling home-7 --id btn-7',
        'register device --type door-sensor --dwelling home-7 --gateway gateway-7 --heard-as rf433.a1',
      ],
      options: [
        id(),
        type().makeOptionMandatory(),
        ...named(),
        station(),
        dwelling(),
        resident(),
        gateway(),
        new Option('--heard-as <code>', option.heardAs),
        signals(),
      ],
    },
    (hub, _args, options: DeviceOptions, desk) => registerDevice(hub, options, desk),
  );

  define(
    program,
    {
      usage: 'label',
      about: command.label,
      arguments: [new Argument('<of>').choices(Object.keys(labelPaths)), new Argument('<id>')],
      examples: [
        'label device btn-7',
        'label dwelling home-7 --out home-7.svg --origin https://hub.example.org',
      ],
      options: [new Option('--out <file>', option.labelOut), new Option('--origin <url>', option.origin)],
    },
    (hub, [of, labelled]: [LabelKind, string], options: LabelOptions, desk) =>
      label(hub, of, labelled, options, desk),
  );
  define(
    program,
    {
      usage: 'claim-code <id>',
      about: command.claim,
      examples: ['claim-code btn-7 --wait', 'claim-code gateway-7 --gateway'],
      options: [
        new Option('--gateway', option.ofGateway),
        new Option('--show', option.show),
        new Option('--cancel', option.cancel),
        new Option('--wait', option.wait),
      ],
    },
    (hub, [of]: [string], options: ClaimOptions, desk) => claimCode(hub, of, options, desk),
  );
  define(
    program,
    {
      usage: 'replace <device>',
      about: command.replace,
      examples: ['replace btn-7 --id btn-8', 'replace door-7 --gateway gateway-7 --heard-as rf433.b2'],
      options: [id(), type(), gateway(), new Option('--heard-as <code>', option.heardAs), signals()],
    },
    (hub, [old]: [string], options: ReplaceOptions, desk) => replaceDevice(hub, old, options, desk),
  );
  define(
    program,
    { usage: 'retire <device>', about: command.retire, examples: ['retire btn-7'] },
    (hub, [old]: [string], _options, desk) => retireDevice(hub, old, desk),
  );
  define(
    program,
    {
      usage: 'import',
      about: command.import,
      arguments: [new Argument('<kind>').choices(tableKinds), new Argument('<file>')],
      examples: ['import devices devices.csv', 'import devices devices.xlsx --enter --secrets secrets.csv'],
      options: [new Option('--enter', option.enter), new Option('--secrets <file>', option.secrets)],
    },
    (hub, [kind, file]: [TableKind, string], options: ImportOptions, desk) =>
      importList(hub, kind, file, options, desk),
  );
}
