import { parseArgs } from 'node:util';
import { faults } from './faults.ts';
import { foundTown } from './founded-town.ts';
import { runFault } from './run-fault.ts';
import { tableOf } from './table.ts';

const helpText = `npm run faults -- [--only FAULT ...] [--rounds N] [--crowd N]

Breaks things under a hub that takes presses and shows them, and compares what devices and screens were told with what
is stored. Ends with 1 if a promise was broken.

  --only FAULT  ${faults.map(({ name }) => name).join(', ')}; may be repeated
  --rounds N    times that each strikes (otherwise as the tests do it)
  --crowd N     devices that reconnect at once (10000)
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
const unknown = wanted.find((name) => faults.every((fault) => fault.name !== name));

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
    console.log(tableOf(reports));
  } finally {
    town.remove();
  }
}
