import { parseArgs } from 'node:util';
import { faults } from './faults.ts';
import type { Fault } from './faults.ts';
import { foundTown } from './founded-town.ts';
import { runFault } from './run-fault.ts';
import { tableOf } from './table.ts';
import { runStorm } from '../storm/run-storm.ts';
import { stormText } from '../storm/storm-text.ts';
import { brokenInStorm } from '../storm/verdict.ts';

const helpText = `npm run faults -- [--only FAULT ...] [--rounds N] [--crowd N]

Breaks things under a hub that takes presses and shows them, and compares what devices and screens were told with what
is stored. Ends with 1 if a promise was broken.

  --only FAULT  ${faults.map(({ name }) => name).join(', ')};
                storm (only if it is named); may be repeated
  --rounds N    times that each strikes (otherwise as the tests do it)
  --crowd N     devices that reconnect at once, and that are pressed in a storm (10000)
  --background N, --within N  in a storm: other events a second (5000), seconds in which all are pressed (10)
  --picture F   in a storm: where a picture of the wall goes
  --help        this text
`;

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    rounds: { type: 'string' },
    crowd: { type: 'string', default: '10000' },
    background: { type: 'string', default: '5000' },
    within: { type: 'string', default: '10' },
    picture: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const wanted = values.only ?? faults.map(({ name }) => name);
const storm = 'storm';
const unknown = wanted.find((name) => name !== storm && faults.every((fault) => fault.name !== name));

if (values.help) console.log(helpText);
else if (unknown !== undefined) {
  console.error(`--only ${unknown}: there is no such fault\n\n${helpText}`);
  process.exitCode = 1;
} else await run();

async function run(): Promise<void> {
  await strikeAll(faults.filter(({ name }) => wanted.includes(name)));
  if (!wanted.includes(storm)) return;
  const report = await runStorm(
    {
      buttons: Number(values.crowd),
      withinSeconds: Number(values.within),
      backgroundPerSecond: Number(values.background),
      ...(values.picture !== undefined && { picture: values.picture }),
    },
    (line) => console.error(line),
  );
  console.log(stormText(report));
  if (brokenInStorm(report).length > 0) process.exitCode = 1;
}

async function strikeAll(chosen: readonly Fault[]): Promise<void> {
  if (chosen.length === 0) return;
  const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
  const town = await foundTown(20_000, Number(values.crowd));
  try {
    const reports = [];
    for (const fault of chosen) {
      const report = await runFault(fault, town, rounds ?? fault.rounds);
      if (typeof report === 'string') {
        console.error(`${fault.name}: left out: ${report}`);
        continue;
      }
      reports.push(report);
      const isHeld = Object.keys(report.broken).length === 0;
      console.error(`${fault.name}: ${isHeld ? 'every promise held' : JSON.stringify(report.broken)}`);
      if (!isHeld) process.exitCode = 1;
    }
    if (reports.length > 0) console.log(tableOf(reports));
  } finally {
    town.remove();
  }
}
