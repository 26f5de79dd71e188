import { parseArgs } from 'node:util';
import { mostConnections } from '../crowd/usage.ts';
import { brokenInLoad, loadText } from './load-text.ts';
import { runLoad } from './run-load.ts';

const helpText = `npm run load -- [--devices N] [--heartbeat SECONDS] [--seconds N]

Devices on connections of their own to one hub, which give signs of life: memory of a connection, and how long a PUBACK takes.

  --devices N      (20000); as many as this shell lets a process open files for
  --heartbeat S    seconds between two signs of life of each (60)
  --seconds N      how long they live (120)
  --help           this text
`;

const { values } = parseArgs({
  options: {
    devices: { type: 'string', default: '20000' },
    heartbeat: { type: 'string', default: '60' },
    seconds: { type: 'string', default: '120' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(helpText);
else {
  const asked = Number(values.devices);
  const devices = Math.min(asked, mostConnections());
  if (devices < asked)
    console.error(
      `This shell lets a process open ${mostConnections()} connections: ${devices} of ${asked} devices take part. For all of them say "ulimit -n 65536" before.`,
    );
  const setting = { devices, heartbeatSeconds: Number(values.heartbeat), seconds: Number(values.seconds) };
  const report = await runLoad(setting, (line) => console.error(line));
  console.log(loadText(report));
  process.exitCode = brokenInLoad(report).length > 0 ? 1 : 0;
}
