import { parseArgs } from 'node:util';
import { tooFewDescriptors } from '../crowd/usage.ts';
import { runSoak } from './run-soak.ts';
import { brokenInSoak, headText, soakText } from './soak-text.ts';

const helpText = `npm run soak -- [--minutes N] [--hours N] [--residents N]

The life of a station, faster: events of its homes, calls that are shown, taken and closed, devices and screens that come and go.
A row a minute with memory and latency of the hub, and their slopes. Clocks are not faster: what comes by the hour comes as ever.

  --minutes N    how long it takes (20)
  --hours N      what happens in it (24)
  --residents N  (500)
  --help         this text
`;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '20' },
    hours: { type: 'string', default: '24' },
    residents: { type: 'string', default: '500' },
    help: { type: 'boolean', default: false },
  },
});
const setting = {
  minutes: Number(values.minutes),
  hours: Number(values.hours),
  residents: Number(values.residents),
};
const problem = tooFewDescriptors(setting.residents);

if (values.help) console.log(helpText);
else if (problem !== undefined) {
  console.error(problem);
  process.exitCode = 1;
} else {
  console.error(headText);
  const report = await runSoak(setting, (line) => console.error(line));
  console.log(soakText(report));
  if (brokenInSoak(report).length > 0) process.exitCode = 1;
}
