import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { flowOf, onlineTopic, screenPath, settingsModule } from '../node-red/flow.ts';
import { inventedPlace } from '../place.ts';
import type { Wanted } from '../place.ts';
import { cpuMsOf } from './cpu-of.ts';
import { freePort, startMosquitto } from './mosquitto-process.ts';
import { scratchDirectory } from './scratch-directory.ts';
import { serve } from './serve.ts';

type Setting = { program: string; mosquitto: string; wanted: Wanted };

/** The same path as a Node-RED user builds it: Mosquitto, and a flow behind it. */
await serve(async ({ program, mosquitto, wanted }: Setting) => {
  const directory = scratchDirectory();
  const broker = await startMosquitto(mosquitto, directory);
  const watcher = await broker.connect('watcher');
  const isOnline = new Promise<void>((resolve) => {
    watcher.onPublish(() => resolve());
  });
  await watcher.subscribe(onlineTopic, 1);

  const [eventsFile, alarmsFile] = [join(directory, 'events.jsonl'), join(directory, 'alarms.jsonl')];
  for (const file of [eventsFile, alarmsFile]) writeFileSync(file, '');
  const flowFile = join(directory, 'flow.json');
  const settingsFile = join(directory, 'settings.js');
  writeFileSync(flowFile, JSON.stringify(flowOf({ mqttPort: broker.port, eventsFile, alarmsFile })));
  writeFileSync(settingsFile, settingsModule(flowFile));
  const port = await freePort();
  const words = ['--userDir', directory, '--settings', settingsFile, '--port', String(port)];
  const nodeRed = spawn(process.execPath, [program, ...words], {
    cwd: directory,
    env: { PATH: process.env['PATH'], HOME: directory, NODE_RED_DISABLE_TELEMETRY: 'true' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // Read, so that it never waits for whoever reads.
  let said = '';
  nodeRed.stdout.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2_000);
  });
  process.once('exit', () => nodeRed.kill('SIGKILL'));
  const exited = once(nodeRed, 'exit');
  const gone = exited.then(() => {
    throw new Error(`Node-RED ended:\n${said}`);
  });
  gone.catch(() => undefined);
  await Promise.race([isOnline, gone]);
  await watcher.close();

  return {
    place: {
      ...inventedPlace(wanted, broker.port, { url: `ws://127.0.0.1:${port}${screenPath}`, cookie: '' }),
      eventsFile,
    },
    cpuMs() {
      const [ofBroker, ofNodeRed] = [cpuMsOf(broker.pid), cpuMsOf(nodeRed.pid)];
      return ofBroker === null || ofNodeRed === null ? null : ofBroker + ofNodeRed;
    },
    async end() {
      nodeRed.kill();
      await exited;
      await broker.end();
      const stored = readFileSync(eventsFile, 'latin1').split('\n').length - 1;
      return { stored, refused: 0 };
    },
  };
});
