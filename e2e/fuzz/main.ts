import { parseArgs } from 'node:util';
import { fuzz, isMemoryFlat, targets } from './run-fuzz.ts';

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
  let total = 0;
  console.log('| inputs | number | a second | memory of the hub, MB, first to last tenth | of the sender |');
  console.log('| --- | --- | --- | --- | --- |');
  await fuzz(Number(values.inputs), Number(values.seed), wanted, (report) => {
    const { target, inputs, perSecond, hubMb, ownMb } = report;
    total += inputs;
    console.log(
      `| ${target} | ${inputs.toLocaleString('en')} | ${Math.round(perSecond).toLocaleString('en')} | ${span(hubMb)} | ${span(ownMb)} |`,
    );
    if (isMemoryFlat(report)) return;
    console.error(`${target}: memory grows: ${hubMb.join(' ')}; ${ownMb.join(' ')}`);
    process.exitCode = 1;
  });
  console.log(
    `${total.toLocaleString('en')} inputs, seed ${values.seed}; a press at the end is on the screen`,
  );
}

function span(course: readonly number[]): string {
  return `${course[0]} to ${course.at(-1)}`;
}
