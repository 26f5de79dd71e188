import { checkKeys } from '@carebell/contracts/commissioning-checks.ts';
import type { CheckKey } from '@carebell/contracts/commissioning-checks.ts';
import { commissioningStates, witnessRoles } from '@carebell/contracts/commissioning.ts';
import { testMinutes, testScopes } from '@carebell/contracts/test-mode.ts';
import type { TestScope } from '@carebell/contracts/test-mode.ts';
import { Argument, Option } from 'commander';
import type { Command } from 'commander';
import { count } from './command.ts';
import type { Define } from './command.ts';
import {
  abandonCommissioning,
  decideCheck,
  followChecks,
  listCommissionings,
  prolongCommissioning,
  showCommissioning,
  signCommissioning,
  startCommissioning,
} from './commission.ts';
import type { CheckOptions, CommissionListOptions, SignOptions } from './commission.ts';
import type { Desk } from './desk.ts';
import { saveRecord } from './record.ts';
import type { RecordOptions } from './record.ts';
import { endTest, listTests, prolongTest, startTest } from './test-modes.ts';
import type { TestListOptions, TestStartOptions } from './test-modes.ts';

/** What is tried with the installer, and what is under test meanwhile. */
export function addCommissioningCommands(program: Command, define: Define, { texts }: Desk): void {
  const { command, option } = texts;
  const station = () => new Option('--station <id>', option.station);
  const dwelling = () => new Option('--dwelling <id>', option.dwelling);
  const minutes = (usual: number) =>
    new Option('--minutes <minutes>', option.minutes).argParser(count).default(usual);

  const commission = program.command('commission').description(command.commission);
  define(
    commission,
    { usage: 'start <dwelling>', about: command.commissionStart, examples: ['commission start home-7'] },
    (hub, [id]: [string], _options, desk) => startCommissioning(hub, id, desk),
  );
  define(
    commission,
    {
      usage: 'list',
      about: command.commissionList,
      examples: ['commission list --mine --state open'],
      options: [
        station(),
        dwelling(),
        new Option('--mine', option.mine),
        new Option('--state <state>', option.state).choices([...commissioningStates, 'all']).default('all'),
      ],
    },
    (hub, _args, options: CommissionListOptions, desk) => listCommissionings(hub, options, desk),
  );
  define(
    commission,
    { usage: 'show <id>', about: command.commissionShow, examples: ['commission show home-7'] },
    (hub, [id]: [string], _options, desk) => showCommissioning(hub, id, desk),
  );
  define(
    commission,
    {
      usage: 'check',
      about: command.commissionCheck,
      arguments: [new Argument('<id>'), new Argument('[device]'), new Argument('[check]').choices(checkKeys)],
      examples: [
        'commission check home-7',
        'commission check home-7 btn-7 presses --again',
        'commission check home-7 term-7 reassurance --confirm',
        'commission check home-7 door-7 tamper --skip 外壳打不开 --owner 孙伟 --due 2026-12-01T17:00:00+08:00',
      ],
      options: [
        new Option('--again', option.again),
        new Option('--confirm', option.confirm),
        new Option('--skip <reason>', option.skip),
        new Option('--owner <name>', option.owner),
        new Option('--due <instant>', option.due),
      ],
    },
    (
      hub,
      [id, device, key]: [string, string | undefined, CheckKey | undefined],
      options: CheckOptions,
      desk,
    ) =>
      device === undefined || key === undefined
        ? followChecks(hub, id, options, desk)
        : decideCheck(hub, id, device, key, options, desk),
  );
  define(
    commission,
    {
      usage: 'prolong <id>',
      about: command.commissionProlong,
      examples: ['commission prolong home-7'],
      options: [minutes(60)],
    },
    (hub, [id]: [string], options: { minutes: number }, desk) =>
      prolongCommissioning(hub, id, options.minutes, desk),
  );
  define(
    commission,
    {
      usage: 'abandon <id>',
      about: command.commissionAbandon,
      examples: ['commission abandon home-7 --reason 老人改期'],
      options: [new Option('--reason <text>', option.reason).makeOptionMandatory()],
    },
    (hub, [id]: [string], { reason }: { reason: string }, desk) =>
      abandonCommissioning(hub, id, reason, desk),
  );
  define(
    commission,
    {
      usage: 'sign <id>',
      about: command.commissionSign,
      examples: [
        'commission sign home-7',
        'commission sign home-7 --installer 孙伟 --witness 王秀英 --role resident --signatures drawn.json',
      ],
      options: [
        new Option('--installer <name>', option.installer),
        new Option('--witness <name>', option.witness),
        new Option('--role <role>', option.role).choices(witnessRoles).default('resident'),
        new Option('--signatures <file>', option.signatures),
      ],
    },
    (hub, [id]: [string], options: SignOptions, desk) => signCommissioning(hub, id, options, desk),
  );
  define(
    commission,
    {
      usage: 'record <id>',
      about: command.commissionRecord,
      examples: ['commission record home-7 --out home-7.pdf'],
      options: [new Option('--out <file>', option.out)],
    },
    (hub, [id]: [string], options: RecordOptions, desk) => saveRecord(hub, id, options, desk),
  );

  const test = program.command('test-mode').description(command.test);
  define(
    test,
    {
      usage: 'list',
      about: command.testList,
      examples: ['test-mode list'],
      options: [
        station(),
        dwelling(),
        new Option('--device <id>', option.device),
        new Option('--ended', option.ended),
      ],
    },
    (hub, _args, options: TestListOptions, desk) => listTests(hub, options, desk),
  );
  define(
    test,
    {
      usage: 'start',
      about: command.testStart,
      arguments: [new Argument('<of>').choices(testScopes), new Argument('<id>')],
      examples: [
        'test-mode start dwelling home-7',
        'test-mode start device btn-7 --minutes 10 --reason 换电池',
      ],
      options: [minutes(testMinutes.default), new Option('--reason <text>', option.reason)],
    },
    (hub, [of, id]: [TestScope, string], options: TestStartOptions, desk) =>
      startTest(hub, of, id, options, desk),
  );
  define(
    test,
    { usage: 'end <id>', about: command.testEnd, examples: ['test-mode end home-7'] },
    (hub, [id]: [string], _options, desk) => endTest(hub, id, desk),
  );
  define(
    test,
    {
      usage: 'prolong <id>',
      about: command.testProlong,
      examples: ['test-mode prolong home-7 --minutes 60'],
      options: [minutes(testMinutes.default)],
    },
    (hub, [id]: [string], options: { minutes: number }, desk) => prolongTest(hub, id, options.minutes, desk),
  );
}
