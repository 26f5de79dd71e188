import { jobKinds } from '@carebell/contracts/maintenance.ts';
import { Option } from 'commander';
import type { Command } from 'commander';
import { count } from './command.ts';
import type { Define } from './command.ts';
import type { Desk } from './desk.ts';
import { doneWork, listWork, noteWork, releaseWork, takeWork } from './work.ts';
import type { JobOptions, WorkListOptions } from './work.ts';

/** The list of what somebody must go and do. */
export function addWorkCommands(program: Command, define: Define, { texts }: Desk): void {
  const { command, option } = texts;
  const kind = () => new Option('--kind <kind>', option.kind).choices(jobKinds);
  const job = () => [kind().makeOptionMandatory(), new Option('--gateway', option.ofGateway)];

  const work = program.command('work').description(command.work);
  define(
    work,
    {
      usage: 'list',
      about: command.workList,
      examples: ['work list --kind battery', 'work list --mine', 'work list --done --json'],
      options: [
        kind(),
        new Option('--station <id>', option.station),
        new Option('--device <id>', option.device),
        new Option('--mine', option.mine),
        new Option('--done', option.doneJobs),
        new Option('--limit <count>', option.limit).argParser(count).default(200),
      ],
    },
    (hub, _args, options: WorkListOptions, desk) => listWork(hub, options, desk),
  );
  define(
    work,
    {
      usage: 'take <id>',
      about: command.workTake,
      examples: ['work take btn-7 --kind battery'],
      options: [...job(), new Option('--take-over', option.takeOver)],
    },
    (hub, [id]: [string], options: JobOptions, desk) => takeWork(hub, id, options, desk),
  );
  define(
    work,
    {
      usage: 'release <id>',
      about: command.workRelease,
      examples: ['work release btn-7 --kind battery'],
      options: job(),
    },
    (hub, [id]: [string], options: JobOptions, desk) => releaseWork(hub, id, options, desk),
  );
  define(
    work,
    {
      usage: 'note <id> <text>',
      about: command.workNote,
      examples: ['work note btn-7 下午三点以后在家 --kind battery'],
      options: job(),
    },
    (hub, [id, text]: [string, string], options: JobOptions, desk) => noteWork(hub, id, text, options, desk),
  );
  define(
    work,
    {
      usage: 'done <id>',
      about: command.workDone,
      examples: ['work done door-7 --note 外壳已换'],
      options: [new Option('--note <text>', option.note).default('')],
    },
    (hub, [id]: [string], { note }: { note: string }, desk) => doneWork(hub, id, note, desk),
  );
}
