import { parseArgs } from 'node:util';
import { fuzz, isMemoryFlat, targets } from './run-fuzz.ts';
import type { FuzzReport } from './run-fuzz.ts';

const helpText = `npm run fuzz -- [--inputs N] [--seed N] [--only TARGET ...]

Feeds a hub and the serial drivers with inputs that are nearly right. Ends with 1 at the first that is not survived.

  --inputs N     of all targets together (100000)
  --seed N       the same seed gives the same inputs (1)
  --only TARGET  ${targets.map(({ name }) => `"${name}"`).join(', ')}; may be repeated
  --help         this text
`;

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', multiple: true },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(helpText);
else {
  const wanted = targets.filter(({ name }) => values.only?.includes(name) ?? true);
  const startedAtMs = performance.now();
  const columns = [
    'inputs',
    'number',
    'a second',
    'took',
    'memory of the hub by tenths, MB',
    'of the sender',
  ];
  const row = (cells: readonly string[]): void => console.log(`| ${cells.join(' | ')} |`);
  row(columns);
  row(columns.map(() => '---'));
  const grown: string[] = [];
  const reports: FuzzReport[] = [];
  await fuzz(
    Number(values.inputs),
    Number(values.seed),
    wanted,
    (report) => {
      const { target, inputs, perSecond, tookMs, hubMb, ownMb } = report;
      reports.push(report);
      row([
        target,
        inputs.toLocaleString('en'),
        Math.round(perSecond).toLocaleString('en'),
        minutes(tookMs),
        hubMb.join(' '),
        `${ownMb[0]} to ${ownMb.at(-1)}`,
      ]);
      if (!isMemoryFlat(report)) grown.push(report.target);
    },
    (line) => console.error(`${minutes(performance.now() - startedAtMs)} ${line}`),
  );
  const total = reports.reduce((sum, { inputs }) => sum + inputs, 0);
  const memory = grown.length === 0 ? 'memory settles' : `MISSED: memory grows: ${grown.join(', ')}`;
  console.log(
    `\nfuzz: ${total.toLocaleString('en')} inputs of seed ${values.seed} in ${minutes(performance.now() - startedAtMs)}; a press after them is on the screen; ${memory}`,
  );
  if (grown.length > 0) process.exitCode = 1;
}

function minutes(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
