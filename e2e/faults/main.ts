import { parseArgs } from 'node:util';
import { faults } from './faults.ts';
import { foundTown } from './founded-town.ts';
import { runFault } from './run-fault.ts';
import { runStorm, stormText } from './storm.ts';
import { tableOf } from './table.ts';

const helpText = `npm run faults -- [--only FAULT ...] [--rounds N] [--crowd N]

Breaks things under a hub that takes presses and shows them, and compares what devices and screens were told with what
is stored. Ends with 1 if a promise was broken.

  --only FAULT  ${faults.map(({ name }) => name).join(', ')};
                storm (only if it is named); may be repeated
  --rounds N    times that each strikes (otherwise as the tests do it)
  --crowd N     devices that reconnect at once, and that are pressed in a storm (10000)
  --help        this text
`;

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    rounds: { type: 'string' },
    crowd: { type: 'string', default: '10000' },
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
  const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
  const town = await foundTown(20_000, Number(values.crowd));
  try {
    const reports = [];
    for (const fault of faults.filter(({ name }) => wanted.includes(name))) {
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
    if (!wanted.includes(storm)) return;
    const report = await runStorm(town);
    console.log(stormText(report));
    if (report.lost > 0 || report.acknowledged < report.buttons) process.exitCode = 1;
  } finally {
    town.remove();
  }
}
